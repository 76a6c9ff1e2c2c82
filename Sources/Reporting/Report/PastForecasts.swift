import Forecasts

/// The forecasts of a past window, such as the held-out steps of a run or a window of a back-test,
/// by several models.
public struct PastForecasts: Sendable {
  /// The forecasts with their scores, in the same order in all windows of a page.
  public let models: [ModelForecast]

  /// Creates the forecasts of a window. Stops the program if there is no model, or if the series or
  /// steps of models differ.
  public init(_ models: [ModelForecast]) {
    guard let first = models.first?.forecast else {
      fatalError("PastForecasts: expected at least one model, got none")
    }
    for model in models
    where model.forecast.ids != first.ids || model.forecast.calendar != first.calendar {
      fatalError(
        "PastForecasts: expected the series and steps of \(models[0].name.debugDescription) in "
          + "\(model.name.debugDescription), too")
    }
    self.models = models
  }

  var forecast: Forecast { models[0].forecast }
}

extension PastForecasts {
  /// Returns the windows of a back-test from its progress.
  ///
  /// - Parameter progress: All that ``BacktestRun/progress`` reported, in its order.
  public static func windows(of progress: [BacktestProgress]) -> [PastForecasts] {
    let count = progress.map(\.window).max().map { $0 + 1 } ?? 0
    return (0..<count).map { window in
      PastForecasts(progress.filter { $0.window == window }.map(\.result))
    }
  }

  /// Returns the forecasts with a model moved to the front, which a page is then about.
  public func putting(first place: Int) -> PastForecasts {
    PastForecasts([models[place]] + models[..<place] + models[(place + 1)...])
  }
}
