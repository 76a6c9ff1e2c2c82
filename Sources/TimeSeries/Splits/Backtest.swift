/// How a history is cut, several times, into what is known and what is to be forecast.
///
/// ```swift
/// let backtest = Backtest(horizon: 28, count: 3, window: .sliding(length: 365))
/// for split in try backtest.splits(of: panel) {
///   let (history, actual) = (split.history(of: panel), split.actual(of: panel))
///   print(history.calendar.end, actual.calendar.start, actual.calendar.count)
/// }
/// ```
///
/// The last split ends with the panel, and each one before it `step` steps earlier. Nothing after a
/// split's history is in it. With `step` equal to `horizon` the splits are those of scikit-learn's
/// `TimeSeriesSplit`.
public struct Backtest: Hashable, Sendable {
  /// How much of what is known a split gives.
  public enum Window: Hashable, Sendable {
    /// All of it, so that later splits have more.
    case expanding
    /// The last steps of it, as many as there are up to `length`.
    case sliding(length: Int)
  }

  /// The steps to forecast in each split.
  public let horizon: Int
  /// The number of splits; nil for as many as there are.
  public let count: Int?
  /// The steps from one split to the next.
  public let step: Int
  /// The steps between the history and the steps to forecast, which belong to neither: what comes in
  /// too late to be used.
  public let gap: Int
  /// How much of what is known a split gives.
  public let window: Window
  /// The least steps of history of a split.
  public let minimumHistory: Int

  /// A way to cut; the step is the horizon if not given. A number below 1, a gap below 0, and a
  /// window shorter than `minimumHistory` stop the program.
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

  /// The splits of a panel, in the order of time.
  ///
  /// - Throws: `SplitError.tooFewSteps` where there are not as many as asked for, or none.
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

/// One cut of a panel's calendar.
public struct BacktestSplit: Hashable, Sendable {
  /// The steps that are known.
  public let training: Range<Int>
  /// The steps to forecast.
  public let test: Range<Int>

  /// What is known when forecasting.
  public func history(of panel: Panel) -> Panel { panel.slice(training) }

  /// What came.
  public func actual(of panel: Panel) -> Panel { panel.slice(test) }
}

extension Backtest.Window {
  /// The most steps of history of a split.
  fileprivate var length: Int {
    if case .sliding(let length) = self { length } else { Int.max }
  }
}
