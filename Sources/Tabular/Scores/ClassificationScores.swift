import Foundation
import Safetensors

/// The scores of predicted probabilities of two classes, as defined by scikit-learn's metrics.
///
/// The sums run over all n elements in double precision. Undefined scores are `nil`, never NaN.
///
/// ```swift
/// let probabilities = Tensor<Float>([0.1, 0.4, 0.35, 0.8])
/// let classes = Tensor<Float>([0, 0, 1, 1])
/// print(ClassificationScores(of: probabilities, against: classes))
/// // AUC 0.7500, average precision 0.8333, log loss 0.4723, Brier score 0.1581
/// ```
public struct ClassificationScores: Sendable, Equatable {
  /// The number of scored elements, n.
  public let count: Int
  /// The number of elements of the positive class.
  public let positiveCount: Int
  /// The area under the receiver operating characteristic, as in `roc_auc_score`: the probability
  /// that a positive element has a higher prediction than a negative one, where a tie counts as
  /// half. It is 0.5 if predictions have no relation to the classes, and `nil` if there is only one
  /// class.
  public let auc: Double?
  /// The mean precision at each positive element, as in `average_precision_score`. It is the share
  /// of positive elements if predictions have no relation to the classes, and `nil` if there are
  /// none.
  public let averagePrecision: Double?
  /// The mean negative log-likelihood, as in `log_loss`, with probabilities clipped to at least
  /// 2.2·10⁻¹⁶ and at most 1 minus that.
  public let logLoss: Double?
  /// The mean squared error of the probabilities, as in `brier_score_loss`.
  public let brierScore: Double?

  /// Computes the scores of probabilities.
  ///
  /// Stops the program if the shapes differ, if a class is neither 0 nor 1, or if a probability is
  /// not in 0...1.
  ///
  /// - Parameters:
  ///   - probabilities: The probabilities of class 1, of any shape.
  ///   - classes: The actual classes, 0 or 1, of the same shape.
  public init<Scalar: TensorScalar>(
    of probabilities: Tensor<Scalar>, against classes: Tensor<Scalar>
  ) {
    let outcomes = BinaryOutcomes(probabilities, classes, of: "ClassificationScores")
    let (predictions, actual) = (outcomes.probabilities, outcomes.isPositive)
    count = actual.count
    positiveCount = actual.count { $0 }
    let curve = RankedClasses(predictions, actual)
    auc = curve.auc
    averagePrecision = curve.averagePrecision
    guard count > 0 else {
      (logLoss, brierScore) = (nil, nil)
      return
    }
    var (likelihood, squares) = (0.0, 0.0)
    for (prediction, isPositive) in zip(predictions, actual) {
      let clipped = min(max(prediction, Double.ulpOfOne), 1 - Double.ulpOfOne)
      likelihood -= log(isPositive ? clipped : 1 - clipped)
      let error = prediction - (isPositive ? 1 : 0)
      squares += error * error
    }
    logLoss = likelihood / Double(count)
    brierScore = squares / Double(count)
  }
}

extension ClassificationScores: CustomStringConvertible {
  /// One line, such as `AUC 0.7500, average precision 0.8333, log loss 0.4723, Brier score 0.1581`,
  /// with a dash for undefined scores.
  public var description: String {
    func text(_ value: Double?) -> String { value?.fixed(4) ?? "–" }
    return "AUC \(text(auc)), average precision \(text(averagePrecision)), log loss "
      + "\(text(logLoss)), Brier score \(text(brierScore))"
  }
}

/// Classes in the order of their predictions, from the highest to the lowest.
private struct RankedClasses {
  private(set) var auc: Double?
  private(set) var averagePrecision: Double?

  init(_ predictions: [Double], _ actual: [Bool]) {
    let order = predictions.indices.sorted { predictions[$0] > predictions[$1] }
    // The numbers of elements above the current group of equal predictions.
    var (positives, negatives) = (0, 0)
    var (area, precision) = (0.0, 0.0)
    var start = 0
    while start < order.count {
      var end = start
      var positivesHere = 0
      while end < order.count, predictions[order[end]] == predictions[order[start]] {
        if actual[order[end]] { positivesHere += 1 }
        end += 1
      }
      let negativesHere = end - start - positivesHere
      area += Double(negativesHere) * (Double(positives) + Double(positivesHere) / 2)
      positives += positivesHere
      negatives += negativesHere
      precision += Double(positivesHere) * Double(positives) / Double(positives + negatives)
      start = end
    }
    if positives > 0, negatives > 0 { auc = area / Double(positives) / Double(negatives) }
    if positives > 0 { averagePrecision = precision / Double(positives) }
  }
}
