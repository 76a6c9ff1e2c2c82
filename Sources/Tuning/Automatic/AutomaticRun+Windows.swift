import Forecasting

extension AutomaticRun {
  /// The name of the number of windows among the settings of a journal.
  static let windowSetting = "windows"

  /// The share of the time limit that forecasts of the baselines may take on all windows together.
  private static let baselineShare = 0.2

  /// Returns the number of windows, and the reason why the history has room for more, or nil.
  ///
  /// A run that resumes has as many windows as its journal, since their number depends on the speed of the
  /// machine otherwise.
  package func affordableWindows(
    in panel: Panel, _ journal: StudyJournal?
  ) throws -> (count: Int, note: String?) {
    let most = SearchWindows.count(upTo: windowCount, horizon: horizon, in: panel)
    guard most > 1, let timeLimit else { return (most, nil) }
    if let journal, journal.resumes, let header = try OpenJournal.header(at: journal.path),
      let recorded = header.settings[Self.windowSetting].flatMap(Int.init), recorded <= most
    {
      let note = "\(recorded.counted("window")) instead of \(most), as in the journal."
      return (recorded, recorded < most ? note : nil)
    }
    guard let time = try baselineTime(on: panel) else { return (most, nil) }
    let affordable = timeLimit * Self.baselineShare / max(time, .nanoseconds(1))
    guard affordable < Double(most) else { return (most, nil) }
    let count = max(1, Int(affordable))
    return (
      count,
      "\(count.counted("window")) instead of \(most), since forecasts of the baselines take about "
        + "\((time / .seconds(1)).fixed(1)) s on each."
    )
  }

  /// Returns the estimated time of the forecasts of all baselines on a window, from a sample of the series,
  /// or nil if there are no baselines.
  private func baselineTime(on panel: Panel) throws -> Duration? {
    guard !baselines.isEmpty else { return nil }
    let sample = stride(from: 0, to: panel.seriesCount, by: max(1, panel.seriesCount / 100))
    let kept = panel.selecting(Array(sample))
    let window = SearchWindows(
      kept, horizon: horizon, count: 1, seasonLength: seasonLength, closings: closings)
    let time = try ContinuousClock().measure { _ = try window.results(of: baselines) }
    return time * (Double(panel.seriesCount) / Double(kept.seriesCount))
  }
}
