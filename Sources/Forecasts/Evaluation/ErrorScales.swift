/// The scales of all series of a history.
struct ErrorScales: Equatable, Sendable {
  /// The season length that was asked for, in steps.
  let seasonLength: Int
  /// The number of steps m between the pairs of the seasonal scales: the season length, or 1 if no
  /// series is longer than a season, as in GluonTS.
  let lag: Int
  /// The scale of each series.
  let series: [ErrorScale]

  /// Creates the scales of a history.
  init(of history: Panel, seasonLength: Int) {
    let longest = history.eachSeries.lazy.map(\.values.count).max() ?? 0
    let lag = longest > seasonLength ? seasonLength : 1
    self.seasonLength = seasonLength
    self.lag = lag
    series = history.eachSeries.map { ErrorScale(of: $0, lag: lag) }
  }

  /// A Boolean value that indicates whether the seasonal scales are changes from step to step for
  /// want of a season.
  var isStepwise: Bool { lag < seasonLength }

  /// Returns the end of a sentence about histories whose scales are stepwise.
  ///
  /// - Parameter unit: The name of a step, such as `month`.
  static func stepwiseNote(seasonLength: Int, unit: String) -> String {
    "no series is longer than a season of \(seasonLength.counted(unit)): MASE and RMSSE are relative to the "
      + "change from \(unit) to \(unit)."
  }
}
