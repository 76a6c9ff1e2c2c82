import ArgumentParser
import Forecasting

/// What becomes of a series that the model cannot be trained on or cannot forecast.
enum ShortSeries: String, ExpressibleByArgument, CaseIterable {
  case reject
  case leaveOut = "leave-out"
}

/// Finds the series of a panel that a run can use, before anything is trained.
struct SeriesSelection {
  /// The window that the model looks at.
  let inputLength: Int
  /// K, the days held out, and the days after the end of the table.
  let horizon: Int
  /// The days of history that a series must have, the held-out days not counted.
  let historyNeeded: Int

  /// - Parameter model: A trained model, for which an observed value in the window is enough; nil
  ///   where one is to be trained, which takes a whole example of each series.
  init(
    for configuration: LSTMForecasterConfiguration, model: FittedLSTMForecaster?, horizon: Int
  ) {
    inputLength = configuration.inputLength
    self.horizon = horizon
    historyNeeded = model == nil ? configuration.historyNeeded : 0
  }

  /// All series of the panel, or those that serve.
  ///
  /// - Throws: `ForecastError` for the first series that does not serve if such a series is
  ///   rejected, and if none serves.
  func applied(
    to panel: Panel, _ policy: ShortSeries
  ) throws(ForecastError) -> (panel: Panel, leftOut: [ForecastError]) {
    guard panel.calendar.count > horizon else {
      throw .historyTooShort(steps: panel.calendar.count, horizon: horizon)
    }
    var kept: [Int] = []
    var faults: [ForecastError] = []
    for index in panel.ids.indices {
      if let fault = fault(of: panel.series(at: index), end: panel.calendar.count) {
        faults.append(fault)
      } else {
        kept.append(index)
      }
    }
    if let first = faults.first, policy == .reject || kept.isEmpty { throw first }
    return (panel.selecting(kept), faults)
  }

  /// Why a series of a table that ends at a step does not serve; nil if it does.
  private func fault(of series: Series, end: Int) -> ForecastError? {
    let history = series.steps.clamped(to: 0..<(end - horizon))
    if history.count < historyNeeded {
      return .seriesTooShort(id: series.id, steps: history.count, needed: historyNeeded)
    }
    for windowEnd in [end - horizon, end] {
      let window = series.window((windowEnd - inputLength)..<windowEnd)
      if !window.states.contains(.observed) { return .nothingObserved(id: series.id) }
    }
    return nil
  }
}

extension ForecastError {
  /// Why a series is left out, without advice.
  var reason: String {
    switch self {
    case .seriesTooShort(let id, let steps, let needed):
      "\(id.debugDescription): \(steps) of \(needed) steps of history"
    case .nothingObserved(let id): "\(id.debugDescription): no observed value in the window"
    default: description
    }
  }
}
