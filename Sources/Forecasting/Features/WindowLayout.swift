/// The extents of a training window, and what stands in its columns.
package struct WindowLayout: Sendable, Equatable {
  /// T, the steps of history that the network looks at.
  package let inputLength: Int
  /// K, the steps that it forecasts.
  package let horizon: Int
  /// The steps after which the season repeats.
  package let seasonLength: Int

  package init(inputLength: Int, horizon: Int, seasonLength: Int) {
    self.inputLength = inputLength
    self.horizon = horizon
    self.seasonLength = seasonLength
  }

  /// Features of a step of history: the scaled value, whether it was observed, the value a season
  /// before, then the calendar's.
  package static let historyFeatureCount = 3 + CalendarFeatures.count

  /// Features of a step to come: the seasonal profile, its place in the horizon, the size of the
  /// series, then the calendar's.
  package static let futureFeatureCount = 3 + CalendarFeatures.count
}
