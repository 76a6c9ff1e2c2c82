import Explanation
import Forecasting

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
    self.panel = panel
    windows = try ExplainedWindows(of: model, on: panel, limit: limit, seed: seed)
    importance = try PermutationImportance(of: WindowExamples(windows), seed: seed)
    do {
      surrogates = try ForecastSurrogates(of: windows, seed: seed)
    } catch is ExplanationError {
      surrogates = nil
    }
    contributions = try ForecastContributions(of: model, from: panel, id: id)
    let calendar = contributions.calendar
    openSteps = (0..<calendar.count).filter { !panel.closing.isClosed($0, of: calendar) }
    let columns = model.layout.features.panelColumns.filter { $0.role == .known }.map(\.column)
    dependences = try columns.filter { panel.role(of: $0) == .known }.map { column in
      try PartialDependence(of: model, on: column, from: panel, horizon: model.layout.horizon)
    }
  }
}
