extension FeatureSet {
  /// Returns the features that every network uses for a panel of some frequency: those of the
  /// window, and those of the calendar.
  ///
  /// - Parameters:
  ///   - frequency: The frequency of the panel's calendar.
  ///   - seasonLength: The season length of the window's features, in steps.
  public static func automatic(for frequency: Frequency, seasonLength: Int) -> FeatureSet {
    let seasons = [seasonLength] + frequency.seasonLengths.dropFirst()
    return FeatureSet(
      known: calendar(of: frequency),
      window: seasons.map { .seasonBefore(seasonLength: $0) }
        + seasons.map { .seasonalProfile(seasonLength: $0) } + [.horizonPlace, .zeroShare])
  }

  private static func calendar(of frequency: Frequency) -> [any Feature] {
    switch frequency {
    case .hour:
      [
        CalendarFeature(.hourOfDay, as: .oneHot), CalendarFeature(.dayOfWeek, as: .oneHot),
        CalendarFeature(.dayOfYear, as: .harmonics(2)),
      ]
    case .day, .businessDay:
      [
        CalendarFeature(.dayOfWeek, as: .oneHot), CalendarFeature(.dayOfMonth, as: .cyclic),
        CalendarFeature(.dayOfYear, as: .harmonics(2)),
      ]
    case .week:
      [CalendarFeature(.dayOfMonth, as: .cyclic), CalendarFeature(.dayOfYear, as: .harmonics(2))]
    case .month: [CalendarFeature(.month, as: .oneHot)]
    case .quarter: [CalendarFeature(.quarter, as: .oneHot)]
    case .year: []
    }
  }
}
