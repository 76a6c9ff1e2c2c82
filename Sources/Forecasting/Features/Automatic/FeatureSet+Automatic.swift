extension FeatureSet {
  /// The features that every network has for a panel of some frequency: the window's own, and the calendar's.
  ///
  /// - Parameters:
  ///   - frequency: The step of the panel's calendar.
  ///   - seasonLength: The season of the window's features, in steps.
  public static func automatic(for frequency: Frequency, seasonLength: Int) -> FeatureSet {
    FeatureSet(
      known: calendar(of: frequency),
      window: [
        .seasonBefore(seasonLength: seasonLength), .seasonalProfile(seasonLength: seasonLength),
        .horizonPlace, .zeroShare,
      ])
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
