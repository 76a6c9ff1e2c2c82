import GradientBoosting
import NeuralNetwork

/// A global model of boosted trees: one for all series, which sees each step to forecast as a row of numbers.
///
/// Use it where promotions, prices, or holidays are known ahead. Its errors differ from those of networks, so a
/// combination can have smaller ones than both. The numbers of a row are those that are known about the step, such as a
/// promotion, those of the series, and statistics of a window of past values: means of the last steps, means of
/// the same position in a season, and means of past steps with the same promotions. Values are in units of the
/// scale of the window, so that large and small series count alike. Each future step has a row of its own, so
/// a forecast isn't made from other forecasts.
///
/// ```swift
/// let forecaster = BoostedTreesForecaster(horizon: 28)
/// let model = try forecaster.fit(history)
/// let forecast = try model.forecast(from: history, horizon: 28)
/// ```
///
/// The trees minimize the deviance of a Tweedie distribution with a power of 1.5, and effects multiply. Negative
/// values count as 0. If they are more than a hundredth of the sum of the sizes of all values, the trees minimize
/// squared errors instead, and effects add up.
///
/// Source: Makridakis et al. 2022, M5 accuracy competition: results, findings, and conclusions, whose leading
/// methods were such models.
public struct BoostedTreesForecaster: Forecaster {
  /// The steps to forecast, and the window before them. ``WindowSpecification/interactionSize`` has no effect:
  /// trees find interactions of columns themselves.
  public let windows: WindowSpecification
  /// The configuration of the trees.
  public let boosting: BoostingOptions
  /// The maximum number of rows that the trees are fitted to, at least 1. They are drawn from the steps of all
  /// windows.
  public let maximumRowCount: Int

  /// Creates a forecaster. Stops the program if a number is out of range.
  public init(
    windows: WindowSpecification, boosting: BoostingOptions = Self.defaultBoosting,
    maximumRowCount: Int = 600_000
  ) {
    let fault =
      windows.fault ?? boosting.fault
      ?? (maximumRowCount >= 1 ? nil : "maximumRowCount is \(maximumRowCount)")
    if let fault {
      fatalError("BoostedTreesForecaster: a number is out of its range: \(fault)")
    }
    self.windows = windows
    self.boosting = boosting
    self.maximumRowCount = maximumRowCount
  }

  /// Creates a forecaster with a horizon in steps, and defaults for everything else.
  public init(horizon: Int) { self.init(windows: WindowSpecification(horizon: horizon)) }

  /// Many trees that learn slowly, each from half of the rows and half of the columns.
  public static var defaultBoosting: BoostingOptions {
    var options = BoostingOptions()
    options.treeCount = 400
    options.learningRate = 0.05
    options.maximumLeafCount = 63
    options.minimumLeafSize = 100
    options.regularization = 1
    options.rowShare = 0.5
    options.columnShare = 0.5
    return options
  }

  /// Fits trees to windows of the panel's series that are on sale.
  ///
  /// - Throws: `ForecastError` if no series is long enough for a window, or if no series has an observed value
  ///   to learn from; `CovariateError` and `HolidayError` if the panel lacks the input of a feature;
  ///   `CancellationError` if the surrounding task is canceled.
  public func fit(_ panel: Panel) throws -> FittedBoostedTreesForecaster {
    let panel = try panel.selectingObserved(among: panel.onSale).leavingOutClosedZeros()
    let examples = try StepExamples(
      of: panel, windows, maximumRowCount: maximumRowCount, seed: boosting.seed)
    let (rows, targets) = try examples.rows()
    let trees = try BoostedTrees(
      fittedTo: rows, targets, loss: examples.encoding.loss, options: boosting)
    return FittedBoostedTreesForecaster(
      encoding: examples.encoding, trees: trees,
      trainingPanel: TrainingPanel(
        frequency: panel.calendar.frequency, target: panel.target, layout: examples.encoding.layout)
    )
  }

  public func lookback(for panel: Panel) -> Int? { windows.inputLength(for: panel) }
}
