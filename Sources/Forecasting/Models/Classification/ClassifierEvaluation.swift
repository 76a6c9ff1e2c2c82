/// The probabilities of an event at past origins, next to what happened.
public struct ClassifierEvaluation: Sendable, Equatable {
  /// The H steps of a series from an origin on.
  public struct Window: Sendable, Hashable {
    /// The id of the series.
    public let id: String
    /// The first of the H steps, in the calendar of the panel.
    public let origin: Int
    /// The probability that the event happens, from the steps before the origin.
    public let probability: Double
    /// A Boolean value that indicates whether the event happened.
    public let happened: Bool
  }

  /// The windows whose outcome is known, in the order of series and of time.
  public let windows: [Window]
  /// The number of windows that are left out, because their outcome isn't known or no past step is
  /// observed.
  public let unknownCount: Int

  /// The scores of the probabilities: AUC, average precision, log loss, and Brier score.
  public var scores: ClassificationScores {
    ClassificationScores(of: probabilities, against: classes)
  }

  /// Returns the decisions at a threshold: accuracy, precision, recall, and F1.
  ///
  /// - Parameter threshold: The lowest probability at which the event is expected.
  public func counts(threshold: Double = 0.5) -> ClassificationCounts {
    ClassificationCounts(of: probabilities, against: classes, threshold: threshold)
  }

  /// Returns the probabilities next to the shares of windows in which the event happened, and their
  /// expected calibration error. Stops the program if there is no bin.
  public func calibration(binCount: Int = 10) -> CalibrationTable {
    CalibrationTable(of: probabilities, against: classes, binCount: binCount)
  }

  private var probabilities: Tensor<Double> { Tensor(windows.map(\.probability)) }
  private var classes: Tensor<Double> { Tensor(windows.map { $0.happened ? 1 : 0 }) }
}
