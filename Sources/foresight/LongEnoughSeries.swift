import Forecasting

/// The series of a panel that a model can be trained on, or can forecast.
struct LongEnoughSeries {
  let panel: Panel
  /// How many series are not among them.
  let leftOut: Int

  /// - Parameter isTrained: Whether the model needs its window only, and no examples.
  init(
    _ panel: Panel, for configuration: LSTMForecasterConfiguration, isTrained: Bool, _ horizon: Int
  ) {
    let end = panel.calendar.count - horizon
    let needed = configuration.inputLength + (isTrained ? 0 : configuration.horizon)
    let kept = panel.ids.indices.filter { index in
      let series = panel.series(at: index)
      let history = series.steps.clamped(to: 0..<max(end, 0))
      let window = series.window((end - configuration.inputLength)..<end)
      return history.count >= needed && window.observed.contains(true)
    }
    self.panel = panel.selecting(kept)
    leftOut = panel.seriesCount - kept.count
  }
}
