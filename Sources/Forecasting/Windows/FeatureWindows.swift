import NeuralNetwork

/// The windows of a panel with the features of a set: each example is a series and the step at which
/// its history ends.
///
/// ```swift
/// let windows = try FeatureWindows(of: panel, features, inputLength: 28, horizon: 7)
/// let batch = windows.batch([0, 1, 2])   // history [3, 28, F], future [3, 7, F′], targets [3, 7]
/// ```
///
/// Windows are cut from the table's columns when they are asked for; nothing is stored for each. A
/// ``Trainer`` draws them uniformly; ``drawing(_:seriesWeights:using:)`` draws by weight.
public struct FeatureWindows: Dataset {
  /// The columns that windows are cut from.
  public let table: FeatureTable
  /// T, the steps of history of a window.
  public let inputLength: Int
  /// K, the steps to come.
  public let horizon: Int

  private let targetGroup: ColumnGroup
  private let historyGroup: ColumnGroup
  private let futureGroup: ColumnGroup
  private let staticGroup: ColumnGroup
  private let index: WindowIndex

  /// All windows whose history and steps to come lie within their series, for training.
  ///
  /// An `inputLength` or a `horizon` below 1, and a `minimumHistory` outside of 1 to `inputLength`,
  /// stop the program.
  ///
  /// - Parameters:
  ///   - panel: The history. Columns that are known beyond its end are not needed to be.
  ///   - features: What the windows show.
  ///   - inputLength: T.
  ///   - horizon: K.
  ///   - minimumHistory: The least steps of a window's history that lie within its series; what lies
  ///     before is masked. All, if not given.
  /// - Throws: `CovariateError` where the panel lacks a column, or a feature is not known ahead for
  ///   the whole horizon; `HolidayError` where an event's days are not known;
  ///   `ForecastError.noWindow` where no series is as long as a window's history and horizon.
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
    let longest = panel.ids.indices.map { panel.steps(at: $0).count }.max() ?? 0
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

  /// One window a series, whose history ends where the panel does, to forecast what follows. Its
  /// targets are masked.
  ///
  /// - Throws: As the initializer, also where a known column does not reach over the horizon.
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

  /// The numbers of the windows of the series at a place, 0 to N − 1; in the order of time.
  public func numbers(ofSeries series: Int) -> Range<Int> {
    guard table.panel.ids.indices.contains(series) else {
      fatalError(
        "FeatureWindows: expected a series in 0..<\(table.panel.seriesCount), got \(series)")
    }
    return index.numbers(ofSeries: series)
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
