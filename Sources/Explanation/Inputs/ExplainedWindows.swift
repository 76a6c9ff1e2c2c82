import Forecasting

/// Past windows of a panel, drawn at random, with the forecasts of a network.
///
/// The windows are those that the network wasn't trained on, if the panel has any: all of their
/// future steps follow the training. Otherwise, they are windows of the last year (or of all time, if
/// no series has any in it), and ``areHeldOut`` is false: errors on them are smaller than those of
/// forecasts.
public struct ExplainedWindows: Sendable {
  /// A Boolean value that indicates whether the network wasn't trained on the windows' future steps.
  public let areHeldOut: Bool
  /// The first and the last step at which the history of a window ends.
  public let ends: ClosedRange<Int>
  /// The number of different steps at which the history of a window ends.
  public let endCount: Int
  /// The calendar of the panel.
  public let calendar: RegularCalendar

  let network: ExplainedNetwork
  let windows: NetworkWindows
  /// The columns of the windows as they are in the panel.
  let columns: FeatureBatch
  /// The windows as the network sees them.
  let batch: NetworkBatch
  /// The mean forecasts, [B, K], in units of the target.
  let forecasts: Tensor<Float>
  /// The actual values, [B, K], in units of the target, and their mask.
  let actual, mask: Tensor<Float>

  /// Draws windows.
  ///
  /// - Parameters:
  ///   - model: The network.
  ///   - panel: The sales, with all columns that the network sees.
  ///   - limit: The maximum number of windows. Stops the program if it is less than 2.
  ///   - seed: The seed of the draw.
  /// - Throws: `ForecastError` if no series is long enough for a window, `CovariateError` and
  ///   `HolidayError` if the panel lacks the input of a feature.
  public init(
    of model: any FittedNetwork, on panel: Panel, limit: Int = 1_024, seed: UInt64 = 0
  ) throws {
    guard limit >= 2 else {
      fatalError("ExplainedWindows: expected a limit of at least 2, got \(limit)")
    }
    try model.check(panel.calendar.frequency, seasonLength: nil)
    windows = try ExplainedNetwork.differentiable(model).pastWindows(of: panel)
    network = ExplainedNetwork(model, windows.windows.table)
    calendar = panel.calendar
    let horizon = model.layout.horizon
    let heldOut = WindowRanges(windows.windows, from: panel.firstStep(after: model))
    let lastYear = WindowRanges(
      windows.windows,
      from: panel.calendar.count - horizon - panel.calendar.frequency.stepsPerYear + 1)
    areHeldOut = heldOut.count > 1
    let ranges =
      areHeldOut
      ? heldOut : lastYear.count > 1 ? lastYear : WindowRanges(windows.windows, from: 0)
    var generator = Xoshiro256(seed: seed)
    let numbers = ranges.drawing(limit, using: &generator)
    columns = windows.windows.batch(numbers[...])
    batch = windows.batch(numbers[...])
    ends = columns.ends.min()!...columns.ends.max()!
    endCount = Set(columns.ends).count
    mask = batch.targets.mask
    actual = columns.targets
    forecasts = network.network.means(inPiecesOf: batch)
  }

  /// The number of windows, B.
  public var count: Int { columns.series.count }

  /// The number of series that the windows are from.
  public var seriesCount: Int { Set(columns.series).count }
}

/// The windows of each series whose history ends at a step or later.
private struct WindowRanges {
  private let ranges: [Range<Int>]
  let count: Int

  init(_ windows: FeatureWindows, from first: Int) {
    let panel = windows.table.panel
    ranges = panel.ids.indices.map { index in
      let numbers = windows.numbers(ofSeries: index)
      // The last window of a series ends a horizon before the series.
      let last = panel.steps(at: index).upperBound - windows.horizon
      let wanted = max(0, last - first + 1)
      return max(numbers.lowerBound, numbers.upperBound - wanted)..<numbers.upperBound
    }
    count = ranges.reduce(0) { $0 + $1.count }
  }

  /// Draws at most `limit` windows, one from each part of an equal partition of all of them.
  func drawing(_ limit: Int, using generator: inout Xoshiro256) -> [Int] {
    let drawn = min(limit, count)
    var places = (0..<drawn).map { part in
      let (first, end) = (part * count / drawn, (part + 1) * count / drawn)
      return Int.random(in: first..<end, using: &generator)
    }[...]
    var numbers: [Int] = []
    var before = 0
    for range in ranges {
      while let place = places.first, place < before + range.count {
        numbers.append(range.lowerBound + place - before)
        places.removeFirst()
      }
      before += range.count
    }
    return numbers
  }
}

extension Panel {
  /// Returns the first step that a model wasn't trained on, or the end of the panel if that isn't
  /// known.
  fileprivate func firstStep(after model: any FittedNetwork) -> Int {
    guard let end = model.trainedUntil else { return calendar.count }
    return max(0, calendar.firstStep(from: end))
  }
}
