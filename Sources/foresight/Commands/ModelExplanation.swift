import Explanation
import Forecasting
import Reporting

/// All that `foresight explain` computes.
struct ModelExplanation {
  let model: any FittedNetwork
  let panel: Panel
  let windows: ExplainedWindows
  let importance: PermutationImportance
  /// The surrogates, or nil if there are too few forecasts for them.
  let surrogates: ForecastSurrogates?
  let contributions: ForecastContributions
  /// The forecast steps on which the shop is open.
  let openSteps: [Int]
  /// The curves of each column of the panel that is known ahead and that the model sees.
  let dependences: [PartialDependence]

  init(
    of model: any FittedNetwork, on panel: Panel, series id: String, windows limit: Int,
    seed: UInt64
  ) throws {
    self.model = model
    // A network sees closed steps as gaps.
    let panel = panel.leavingOutClosedZeros()
    self.panel = panel
    windows = try ExplainedWindows(of: model, on: panel, limit: limit, seed: seed)
    importance = try PermutationImportance(of: WindowExamples(windows), seed: seed)
    surrogates = try ForecastSurrogates.ifEnough(windows, seed: seed)
    contributions = try ForecastContributions(of: model, from: panel, id: id)
    let calendar = contributions.calendar
    openSteps = (0..<calendar.count).filter { !panel.closing.isClosed($0, of: calendar) }
    dependences = try model.knownColumns(of: panel).map { column in
      try PartialDependence(of: model, on: column, from: panel, horizon: model.layout.horizon)
    }
  }

  /// The explanation as a page shows it.
  var drivers: ForecastDrivers {
    ForecastDrivers(name: model.name, windows, importance, surrogates, dependences)
  }
}
