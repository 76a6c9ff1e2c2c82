import Safetensors

/// The numbers of right and wrong decisions between two classes, and the scores that follow from
/// them, as defined by scikit-learn's metrics.
///
/// An element is predicted to be positive if its probability is at least the threshold. Undefined
/// scores are `nil`, never NaN.
///
/// ```swift
/// let counts = ClassificationCounts(
///   of: Tensor<Float>([0.1, 0.4, 0.35, 0.8]), against: Tensor([0, 0, 1, 1]), threshold: 0.3)
/// print(counts)   // accuracy 0.7500, precision 0.6667, recall 1.0000, F1 0.8000
/// ```
public struct ClassificationCounts: Sendable, Hashable {
  /// The number of positive elements that are predicted to be positive.
  public let truePositives: Int
  /// The number of negative elements that are predicted to be positive.
  public let falsePositives: Int
  /// The number of negative elements that are predicted to be negative.
  public let trueNegatives: Int
  /// The number of positive elements that are predicted to be negative.
  public let falseNegatives: Int

  /// Counts the decisions of probabilities.
  ///
  /// Stops the program if the shapes differ, if a class is neither 0 nor 1, or if a probability is
  /// not in 0...1.
  ///
  /// - Parameters:
  ///   - probabilities: The probabilities of class 1, of any shape.
  ///   - classes: The actual classes, 0 or 1, of the same shape.
  ///   - threshold: The lowest probability that is predicted to be positive.
  public init<Scalar: TensorScalar>(
    of probabilities: Tensor<Scalar>, against classes: Tensor<Scalar>, threshold: Double = 0.5
  ) {
    let outcomes = BinaryOutcomes(probabilities, classes, of: "ClassificationCounts")
    var counts = [0, 0, 0, 0]
    for (probability, isPositive) in zip(outcomes.probabilities, outcomes.isPositive) {
      counts[(probability >= threshold ? 2 : 0) + (isPositive ? 1 : 0)] += 1
    }
    (trueNegatives, falseNegatives) = (counts[0], counts[1])
    (falsePositives, truePositives) = (counts[2], counts[3])
  }

  /// The number of elements.
  public var count: Int { truePositives + falsePositives + trueNegatives + falseNegatives }

  /// The share of right decisions, or `nil` if there is no element.
  public var accuracy: Double? { share(truePositives + trueNegatives, of: count) }

  /// The share of positive elements among those predicted to be positive, or `nil` if there are
  /// none. (scikit-learn's `precision_score` returns 0 then, with a warning.)
  public var precision: Double? { share(truePositives, of: truePositives + falsePositives) }

  /// The share of the positive elements that are predicted to be positive, or `nil` if there are
  /// none.
  public var recall: Double? { share(truePositives, of: truePositives + falseNegatives) }

  /// The harmonic mean of precision and recall, or `nil` if no element is positive or predicted to
  /// be.
  public var f1: Double? {
    share(2 * truePositives, of: 2 * truePositives + falsePositives + falseNegatives)
  }

  private func share(_ part: Int, of whole: Int) -> Double? {
    whole == 0 ? nil : Double(part) / Double(whole)
  }
}

extension ClassificationCounts: CustomStringConvertible {
  /// One line, such as `accuracy 0.7500, precision 0.6667, recall 1.0000, F1 0.8000`, with a dash
  /// for undefined scores.
  public var description: String {
    func text(_ value: Double?) -> String { value?.fixed(4) ?? "–" }
    return "accuracy \(text(accuracy)), precision \(text(precision)), recall \(text(recall)), "
      + "F1 \(text(f1))"
  }
}
