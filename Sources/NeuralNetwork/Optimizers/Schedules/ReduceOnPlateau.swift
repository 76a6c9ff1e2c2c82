/// A learning rate that decreases when a metric, such as the validation loss, stops decreasing,
/// like PyTorch's `ReduceLROnPlateau` with its relative threshold.
///
/// The value includes its state. Encode it to save training, and decode it to continue.
///
/// ```swift
/// var plateau = ReduceOnPlateau(patience: 5)
/// optimizer.learningRate = plateau.learningRate(after: validationLoss, current: optimizer.learningRate)
/// ```
public struct ReduceOnPlateau: Sendable, Hashable, Codable {
  /// The factor by which the rate decreases.
  public let factor: Double
  /// The number of consecutive metrics without improvement that are allowed before the rate
  /// decreases.
  public let patience: Int
  /// The share by which a metric must be below the best metric to count as an improvement.
  public let threshold: Double
  /// The number of metrics that do not count after the rate decreased.
  public let cooldown: Int
  /// The minimum rate.
  public let minimum: Double

  private var best: Double?
  private var worseCount = 0
  private var coolingCount = 0

  /// Creates a schedule that has not yet received a metric.
  ///
  /// Stops the program if the factor is not in 0..<1, or if a count is negative.
  public init(
    factor: Double = 0.1, patience: Int = 10, threshold: Double = 1e-4, cooldown: Int = 0,
    minimum: Double = 0
  ) {
    guard factor >= 0, factor < 1, patience >= 0, cooldown >= 0 else {
      fatalError(
        "ReduceOnPlateau: expected a factor in 0..<1 and counts of at least 0, but got \(factor), "
          + "patience \(patience) and cooldown \(cooldown)")
    }
    self.factor = factor
    self.patience = patience
    self.threshold = threshold
    self.cooldown = cooldown
    self.minimum = minimum
  }

  /// Returns the next learning rate.
  ///
  /// - Parameters:
  ///   - metric: The newest value of the metric. NaN is never an improvement.
  ///   - current: The current rate.
  public mutating func learningRate(after metric: Double, current: Double) -> Double {
    if isBetter(metric) {
      best = metric
      worseCount = 0
    } else {
      worseCount += 1
    }
    if coolingCount > 0 {
      coolingCount -= 1
      worseCount = 0
    }
    guard worseCount > patience else { return current }
    coolingCount = cooldown
    worseCount = 0
    let reduced = max(current * factor, minimum)
    // PyTorch's `eps`: smaller changes are ignored.
    return current - reduced > 1e-8 ? reduced : current
  }

  private func isBetter(_ metric: Double) -> Bool {
    guard let best else { return !metric.isNaN }
    return metric < best * (1 - threshold)
  }
}
