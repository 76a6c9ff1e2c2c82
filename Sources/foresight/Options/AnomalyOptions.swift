import ArgumentParser
import Forecasting

/// Options for the search for surprising values.
struct AnomalyOptions: ParsableArguments {
  @Flag(
    help: """
      List the values that differ most from forecasts of earlier values. They may be errors of the \
      records, or events that a model should know.
      """)
  var anomalies = false

  @Option(
    help: ArgumentHelp(
      """
      List values with a probability below this limit, from both sides of the median. It is also the \
      share of false alarms to expect. (default: \(AnomalyDetector.usualLimit))
      """, valueName: "probability"))
  var anomalyLimit: Double?

  private var limit: Double { anomalyLimit ?? AnomalyDetector.usualLimit }

  func validate() throws {
    guard limit > 0, limit < 1 else {
      throw ValidationError("--anomaly-limit must be between 0 and 1, but is \(limit).")
    }
    if !anomalies, anomalyLimit != nil {
      throw ValidationError("--anomaly-limit needs --anomalies.")
    }
  }

  /// Returns the anomalies of a panel, or nil if none are wanted.
  func report(on panel: Panel, closings: ClosingSource) throws -> AnomalySearch? {
    guard anomalies else { return nil }
    let panel = closings.closed(panel)
    let season = panel.calendar.frequency.seasonLength
    let detector = AnomalyDetector(
      MSTLForecaster(quantileLevels: AnomalyDetector.quantileLevels(limit: limit)),
      horizon: min(season, panel.usualHorizon(windowCount: Self.fewestWindows)), limit: limit)
    do {
      return .found(try detector.anomalies(in: panel))
    } catch let error as ForecastError {
      return .impossible("\(error)")
    }
  }

  /// The number of windows for which a short panel must suffice.
  private static let fewestWindows = 6
}
