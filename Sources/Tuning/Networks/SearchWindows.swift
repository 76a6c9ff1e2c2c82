import Synchronization

public import Forecasting

/// The back-test windows on which a search scores forecasters: the last steps of a panel, before which each
/// forecaster is fitted once.
public struct SearchWindows: Sendable {
  /// The result of a forecaster on the windows.
  public struct Result: Sendable {
    /// The name of the fitted forecaster.
    public let name: String
    /// The forecast of each window, with its scores, in chronological order.
    public let windows: [ModelForecast]
    /// The scores over all windows.
    public let scores: Scores
  }

  /// The panel, which ends with the last window.
  public let panel: Panel
  /// The number of windows.
  public let count: Int
  /// The number of steps in a window.
  public let horizon: Int
  private let seasonLength: Int?
  private let closings: ClosingSource

  /// Creates the windows.
  ///
  /// - Parameters:
  ///   - panel: The panel without the steps that the search must not see.
  ///   - horizon: The number of steps in a window.
  ///   - count: The number of windows, at least 1.
  ///   - seasonLength: The season length of scaled errors, or nil to derive it from the frequency.
  ///   - closings: The source of the closed days.
  public init(
    _ panel: Panel, horizon: Int, count: Int, seasonLength: Int? = nil,
    closings: ClosingSource = .panel
  ) {
    self.panel = panel
    self.horizon = horizon
    self.count = count
    self.seasonLength = seasonLength
    self.closings = closings
  }

  /// Returns the number of windows that a panel has room for: as many as asked for whose steps are at most
  /// half of the panel, and which leave a history of three horizons. It may be 0.
  public static func count(upTo limit: Int, horizon: Int, in panel: Panel) -> Int {
    let steps = panel.calendar.count
    return (0...max(0, limit)).last { count in
      count == 0 || (2 * count * horizon <= steps && (count + 3) * horizon <= steps)
    }!
  }

  /// The part of the panel before the first window.
  public var training: Panel { panel.dropping(last: count * horizon) }

  /// Returns the results of forecasters, each fitted to the steps before the first window.
  ///
  /// - Throws: What a `BacktestRun` throws.
  public func results(of forecasters: [any Forecaster]) throws -> [Result] {
    guard !forecasters.isEmpty else { return [] }
    var run = BacktestRun(horizon: horizon, windowCount: count, seasonLength: seasonLength)
    run.refitInterval = count
    run.closings = closings
    let log = ForecastLog()
    run.progress = log.add
    let results = try run(forecasters.map { .untrained($0) }, on: panel)
    let entries = log.entries
    return results.models.enumerated().map { place, model in
      Result(
        name: model.name, windows: entries.filter { $0.model == place }.map(\.result),
        scores: model.overall)
    }
  }

  /// Returns the windows of several forecasters for the choice of weights.
  func combinationWindows(_ results: [Result]) throws -> [CombinationWindow] {
    try (0..<count).map { place in
      let known = panel.dropping(last: (count - 1 - place) * horizon)
      return CombinationWindow(
        forecasts: results.map { $0.windows[place].forecast },
        holdOut: try HoldOut(known, horizon: horizon, seasonLength: seasonLength))
    }
  }
}

/// The forecasts of a back-test, collected while it runs.
private final class ForecastLog: Sendable {
  private let log = Mutex<[BacktestProgress]>([])

  var entries: [BacktestProgress] { log.withLock { $0 } }

  @Sendable func add(_ progress: BacktestProgress) { log.withLock { $0.append(progress) } }
}
