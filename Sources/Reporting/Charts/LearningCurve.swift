import Forecasts

/// A chart of the training loss and, if there is one, the validation loss of each epoch. The best
/// epoch is marked.
public struct LearningCurve: Chart {
  public let title: String
  /// The chart of the losses.
  private let chart: LineChart
  private let bestEpoch: Int?

  /// Creates a learning curve.
  public init(title: String, _ history: TrainingHistory) {
    self.init(title: title, history.epochs, bestEpoch: history.bestEpoch)
  }

  /// Creates a learning curve of epochs in ascending order.
  ///
  /// - Parameters:
  ///   - title: The title.
  ///   - epochs: The records of the epochs.
  ///   - bestEpoch: The epoch to mark, counted from 1, or nil for none.
  public init(title: String, _ epochs: [EpochRecord], bestEpoch: Int? = nil) {
    self.title = title
    self.bestEpoch = bestEpoch
    let validation = epochs.map { $0.validationLoss ?? .nan }
    let isValidated = validation.contains { $0.isFinite }
    let training = epochs.map(\.loss)
    var chart = LineChart(
      title: title,
      isValidated
        ? ["Training loss": training, "Validation loss": validation]
        : ["Training loss": training], from: epochs.first?.epoch ?? 1)
    chart.axisNames = (x: "epoch", y: "loss")
    self.chart = chart
  }

  public var legend: [LegendEntry] {
    chart.legend
      + (bestEpoch.map { [LegendEntry(name: "Best epoch: \($0)", style: "baseline-2")] } ?? [])
  }

  public var height: Double { chart.height }

  public func svg() -> HTML { chart.svg(marking: bestEpoch) }
}
