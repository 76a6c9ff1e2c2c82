/// A rolling-origin back-test: splits of a history into known steps and steps to forecast.
///
/// ```swift
/// let backtest = Backtest(horizon: 28, count: 3, window: .sliding(length: 365))
/// for split in try backtest.splits(of: panel) {
///   let (history, actual) = (split.history(of: panel), split.actual(of: panel))
///   print(history.calendar.end, actual.calendar.start, actual.calendar.count)
/// }
/// ```
///
/// The last split ends with the panel, and each earlier split ends `step` steps before the next. A
/// split's history contains nothing after its end. If `step` equals `horizon`, the splits are those
/// of scikit-learn's `TimeSeriesSplit`.
public struct Backtest: Hashable, Sendable {
  /// The part of the known steps that belongs to a split's history.
  public enum Window: Hashable, Sendable {
    /// All known steps, so that later splits have a longer history.
    case expanding
    /// The most recent known steps, at most `length`.
    case sliding(length: Int)
  }

  /// The number of steps to forecast in each split.
  public let horizon: Int
  /// The number of splits, or `nil` for as many as the data allow.
  public let count: Int?
  /// The number of steps between successive splits.
  public let step: Int
  /// The number of steps between the history and the steps to forecast, which belong to neither:
  /// data that arrive too late to be used.
  public let gap: Int
  /// The part of the known steps that belongs to a split's history.
  public let window: Window
  /// The minimum length of a split's history, in steps.
  public let minimumHistory: Int

  /// Creates a back-test. The default `step` is the horizon. Stops the program if a number is below
  /// 1, `gap` is below 0, or the window is shorter than `minimumHistory`.
  public init(
    horizon: Int, count: Int? = nil, step: Int? = nil, gap: Int = 0, window: Window = .expanding,
    minimumHistory: Int = 1
  ) {
    self.horizon = horizon
    self.count = count
    self.step = step ?? horizon
    self.gap = gap
    self.window = window
    self.minimumHistory = minimumHistory
    guard min(horizon, count ?? 1, self.step, minimumHistory) >= 1, gap >= 0,
      minimumHistory <= window.length
    else {
      fatalError("Backtest: a number is out of its range in \(self)")
    }
  }

  /// Returns the splits of a panel, in chronological order.
  ///
  /// - Throws: `SplitError.tooFewSteps` if the panel is too short for the requested splits, or for
  ///   any.
  public func splits(of panel: Panel) throws(SplitError) -> [BacktestSplit] {
    let steps = panel.calendar.count
    let needed = minimumHistory + gap + horizon + ((count ?? 1) - 1) * step
    guard steps >= needed else { throw .tooFewSteps(steps: steps, needed: needed) }
    let available = (steps - minimumHistory - gap - horizon) / step + 1
    return (0..<(count ?? available)).reversed().map { back in
      let start = steps - horizon - back * step
      let end = start - gap
      return BacktestSplit(
        training: end - min(end, window.length)..<end, test: start..<start + horizon)
    }
  }
}

/// One split of a panel's calendar.
public struct BacktestSplit: Hashable, Sendable {
  /// The known steps.
  public let training: Range<Int>
  /// The steps to forecast.
  public let test: Range<Int>

  /// Returns the part of a panel that is known when forecasting.
  public func history(of panel: Panel) -> Panel { panel.slice(training) }

  /// Returns the part of a panel that the forecast is compared with.
  public func actual(of panel: Panel) -> Panel { panel.slice(test) }
}

extension Backtest.Window {
  /// The maximum number of steps of history.
  fileprivate var length: Int {
    if case .sliding(let length) = self { length } else { Int.max }
  }
}
