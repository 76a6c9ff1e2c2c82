import Safetensors

/// Predicted probabilities next to the shares of elements that are positive, in bins of equal
/// width: the table of a reliability diagram.
///
/// Bins are (0, 1/n], (1/n, 2/n], …, as in scikit-learn's `calibration_curve`, and a probability
/// of 0 is in the first one.
public struct CalibrationTable: Sendable, Hashable {
  /// The elements whose probabilities are in a range.
  public struct Bin: Sendable, Hashable {
    /// The bounds of the probabilities.
    public let range: ClosedRange<Double>
    /// The number of elements.
    public let count: Int
    /// The mean of the probabilities, or `nil` if there is no element.
    public let meanProbability: Double?
    /// The share of elements that are positive, or `nil` if there is no element.
    public let positiveShare: Double?
  }

  /// The bins, in ascending order.
  public let bins: [Bin]

  /// Compares probabilities with classes.
  ///
  /// Stops the program if the shapes differ, if a class is neither 0 nor 1, if a probability is not
  /// in 0...1, or if there is no bin.
  ///
  /// - Parameters:
  ///   - probabilities: The probabilities of class 1, of any shape.
  ///   - classes: The actual classes, 0 or 1, of the same shape.
  ///   - binCount: The number of bins, n.
  public init<Scalar: TensorScalar>(
    of probabilities: Tensor<Scalar>, against classes: Tensor<Scalar>, binCount: Int = 10
  ) {
    guard binCount >= 1 else {
      fatalError("CalibrationTable: expected a binCount of at least 1, got \(binCount)")
    }
    let outcomes = BinaryOutcomes(probabilities, classes, of: "CalibrationTable")
    var counts = [Int](repeating: 0, count: binCount)
    var positives = counts
    var sums = [Double](repeating: 0, count: binCount)
    let bounds = (0...binCount).map { Double($0) / Double(binCount) }
    for (probability, isPositive) in zip(outcomes.probabilities, outcomes.isPositive) {
      // The product may be rounded to the other side of a bound.
      var bin = min(Int(probability * Double(binCount)), binCount - 1)
      if bin > 0, probability <= bounds[bin] { bin -= 1 }
      if probability > bounds[bin + 1] { bin += 1 }
      counts[bin] += 1
      positives[bin] += isPositive ? 1 : 0
      sums[bin] += probability
    }
    bins = counts.indices.map { bin in
      let (count, sum, positive) = (counts[bin], sums[bin], positives[bin])
      return Bin(
        range: bounds[bin]...bounds[bin + 1], count: count,
        meanProbability: count == 0 ? nil : sum / Double(count),
        positiveShare: count == 0 ? nil : Double(positive) / Double(count))
    }
  }

  /// The expected calibration error (Naeini et al. 2015): the mean difference between the mean
  /// probability and the share of positive elements of a bin, weighted by its elements, or `nil` if
  /// there is no element.
  public var expectedError: Double? {
    let count = bins.reduce(0) { $0 + $1.count }
    guard count > 0 else { return nil }
    return bins.reduce(0) { sum, bin in
      guard let mean = bin.meanProbability, let share = bin.positiveShare else { return sum }
      return sum + abs(mean - share) * Double(bin.count)
    } / Double(count)
  }
}
