import NeuralNetwork

/// The windows of a panel with the features of a set. Each example is a series and the step at
/// which its history ends.
///
/// ```swift
/// let windows = try FeatureWindows(of: panel, features, inputLength: 28, horizon: 7)
/// let batch = windows.batch([0, 1, 2])   // history [3, 28, F], future [3, 7, F′], targets [3, 7]
/// ```
///
/// Windows are cut from the table's columns on demand, without storage for each. A ``Trainer``
/// draws them uniformly; ``drawing(_:seriesWeights:using:)`` draws them by weight.
public struct FeatureWindows: Dataset {
  /// The columns that windows are cut from.
  public let table: FeatureTable
  /// The number of past steps of a window, T.
  public let inputLength: Int
  /// The number of future steps of a window, K.
  public let horizon: Int

  private let targetGroup: ColumnGroup
  private let historyGroup: ColumnGroup
  private let futureGroup: ColumnGroup
  private let staticGroup: ColumnGroup
  private let index: WindowIndex

  /// Creates all windows whose past and future steps lie within their series, for training.
  ///
  /// Stops the program if `inputLength` or `horizon` is less than 1, or if `minimumHistory` is
  /// outside 1 to `inputLength`.
  ///
  /// - Parameters:
  ///   - panel: The history. Its columns needn't be known beyond its end.
  ///   - features: The features of the windows.
  ///   - inputLength: The number of past steps, T.
  ///   - horizon: The number of future steps, K.
  ///   - minimumHistory: The minimum number of past steps that lie within the series of a window.
  ///     Earlier steps are masked. By default, all of them.
  /// - Throws: `CovariateError` if the panel lacks a column, or if a feature isn't known ahead for
  ///   the whole horizon; `HolidayError` if the dates of an event aren't known;
  ///   `ForecastError.noWindow` if no series is as long as a window.
  public init(
    of panel: Panel, _ features: FeatureSet, inputLength: Int, horizon: Int,
    minimumHistory: Int? = nil
  ) throws {
    Self.check(inputLength, horizon)
    let minimum = minimumHistory ?? inputLength
    guard (1...inputLength).contains(minimum) else {
      fatalError(
        "FeatureWindows: expected a minimumHistory of 1 to \(inputLength), got \(minimum)")
    }
    let longest = panel.longestSeriesLength
    guard longest >= minimum + horizon else {
      throw ForecastError.noWindow(longest: longest, needed: minimum + horizon)
    }
    try self.init(
      FeatureTable(features, of: panel), inputLength, horizon,
      ends: panel.ids.indices.map { index in
        let steps = panel.steps(at: index)
        let first = steps.lowerBound + minimum
        return first..<max(first, steps.upperBound - horizon + 1)
      })
  }

  /// Returns one window for each series, whose history ends with the panel, to forecast the steps
  /// that follow. Its targets are masked.
  ///
  /// - Throws: The errors of the initializer, also if a known-future column doesn't cover the
  ///   horizon.
  public static func latest(
    of panel: Panel, _ features: FeatureSet, inputLength: Int, horizon: Int
  ) throws -> FeatureWindows {
    check(inputLength, horizon)
    let end = panel.calendar.count
    return try FeatureWindows(
      FeatureTable(features, of: panel, futureSteps: horizon), inputLength, horizon,
      ends: Array(repeating: end..<end + 1, count: panel.seriesCount))
  }

  private init(
    _ table: FeatureTable, _ inputLength: Int, _ horizon: Int, ends: [Range<Int>]
  ) throws(CovariateError) {
    try table.checkHorizon(horizon)
    self.table = table
    self.inputLength = inputLength
    self.horizon = horizon
    targetGroup = ColumnGroup([try FeatureSource.target.column(of: table.panel)])
    historyGroup = ColumnGroup(table.historyColumns)
    futureGroup = ColumnGroup(table.futureColumns)
    staticGroup = ColumnGroup(table.staticColumns)
    index = WindowIndex(ends: ends)
  }

  private static func check(_ inputLength: Int, _ horizon: Int) {
    guard inputLength >= 1, horizon >= 1 else {
      fatalError(
        "FeatureWindows: expected an inputLength and a horizon of at least 1, got \(inputLength) "
          + "and \(horizon)")
    }
  }

  public var count: Int { index.count }

  /// Returns the indices of the windows of a series, in the order of time.
  public func numbers(ofSeries series: Int) -> Range<Int> {
    guard table.panel.ids.indices.contains(series) else {
      fatalError(
        "FeatureWindows: expected a series in 0..<\(table.panel.seriesCount), got \(series)")
    }
    return index.numbers(ofSeries: series)
  }

  /// Returns the series of a window, and its first future step.
  func origin(of number: Int) -> (series: Int, step: Int) {
    let (series, end) = index[number]
    return (series, end)
  }

  public func batch(_ numbers: ArraySlice<Int>) -> FeatureBatch {
    let windows = numbers.map { index[$0] }
    let series = windows.map(\.series)
    let ends = windows.map(\.end)
    let before = windows.map { SeriesWindow(series: $0.series, start: $0.end - inputLength) }
    let after = windows.map { SeriesWindow(series: $0.series, start: $0.end) }
    let past = historyGroup.block(before, length: inputLength)
    let future = futureGroup.block(after, length: horizon)
    let known = staticGroup.block(after, length: 1)
    let earlier = targetGroup.block(before, length: inputLength)
    let targets = targetGroup.block(after, length: horizon)
    let count = series.count
    return FeatureBatch(
      history: past.numbers, historyMask: past.mask, historyCodes: past.codes,
      future: future.numbers, futureMask: future.mask, futureCodes: future.codes,
      statics: known.numbers.reshaped(to: [count, staticGroup.numberCount]),
      staticMask: known.mask.reshaped(to: [count, staticGroup.numberCount]),
      staticCodes: known.codes,
      targetHistory: earlier.numbers.reshaped(to: [count, inputLength]),
      targetHistoryMask: earlier.mask.reshaped(to: [count, inputLength]),
      targets: targets.numbers.reshaped(to: [count, horizon]),
      targetMask: targets.mask.reshaped(to: [count, horizon]), series: series, ends: ends)
  }
}
