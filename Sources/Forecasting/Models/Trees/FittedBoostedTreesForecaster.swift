import GradientBoosting
import NeuralNetwork

/// A fitted ``BoostedTreesForecaster``.
///
/// It contains all that it learned from the training part. A panel to forecast needs only the columns that its
/// features are computed from. It can't be written to a file.
public struct FittedBoostedTreesForecaster: FittedForecaster {
  let encoding: StepEncoding
  /// The trees, which predict the values of steps in units of their windows.
  public let trees: BoostedTrees
  let trainingPanel: TrainingPanel

  /// The lengths and the features of the windows.
  public var layout: WindowLayout { encoding.layout }
  public var name: String { "Boosted trees" }
  public var lookback: Int? { layout.inputLength }

  /// The numbers of a row that the trees see, in descending order of how much questions about them reduce the
  /// loss, as shares of the whole reduction.
  ///
  /// The numbers are columns of the panel by their names, and statistics of a window of past values such as
  /// `mean of the last 7`, or `same promotion and position`: the mean on past steps with the same promotion at
  /// the same position in the season.
  public var importances: [(name: String, share: Double)] {
    let gains = trees.gains
    let whole = gains.reduce(0, +)
    return zip(encoding.columnNames, gains).map { ($0, whole > 0 ? $1 / whole : 0) }
      .sorted { $0.1 > $1.1 }
  }

  /// Forecasts from the last ``WindowLayout/inputLength`` steps of each series.
  ///
  /// - Throws: `ForecastError` if the panel has another frequency or target than the training panel, if the
  ///   horizon is longer than the one trained for, or if a series has no observed value in its window;
  ///   `CovariateError` and `HolidayError` if the panel lacks the input of a feature; `CancellationError` if
  ///   the surrounding task is canceled.
  public func demand(from history: Panel, horizon: Int) throws -> Forecast {
    try trainingPanel.check(history, horizon: horizon)
    var values: [Double] = []
    try forEachBatch(from: history, horizon: horizon) { batch, steps in
      values += zip(trees(batch.rows(of: steps)).scalars, steps).map { prediction, step in
        batch.value(of: prediction, at: step).shortestDecimal
      }
    }
    return try Forecast(
      ids: history.ids, calendar: history.calendar(ofNext: horizon), values: values)
  }

  /// Returns the rows of the steps that follow a panel, [N · H, F], in the order of ``columnNames``.
  package func rows(from history: Panel, horizon: Int) throws -> Tensor<Float> {
    var rows: [Tensor<Float>] = []
    try forEachBatch(from: history, horizon: horizon) { rows.append($0.rows(of: $1)) }
    return .concatenated(rows)
  }

  /// The names of the numbers of a row.
  package var columnNames: [String] { encoding.columnNames }

  /// Calls `body` with the last windows of a few series at a time, and with all their steps.
  private func forEachBatch(
    from history: Panel, horizon: Int, _ body: (StepBatch, [StepBatch.Place]) throws -> Void
  ) throws {
    let windows = try FeatureWindows.latest(
      of: history, layout.features, inputLength: layout.inputLength, horizon: layout.horizon)
    let columns = try StepColumns(encoding, of: windows.table)
    for first in stride(from: 0, to: windows.count, by: Self.batchSize) {
      try Task.checkCancellation()
      let numbers = Array(first..<min(first + Self.batchSize, windows.count))
      let steps = numbers.indices.flatMap { window in
        (0..<horizon).map { StepBatch.Place(window: window, step: $0) }
      }
      try body(StepBatch(windows, numbers, columns), steps)
    }
  }

  /// The number of windows in a batch, large enough to keep the processor busy and small enough to limit
  /// memory.
  private static var batchSize: Int { 512 }
}
