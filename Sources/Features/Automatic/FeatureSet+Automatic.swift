extension FeatureSet {
  /// Returns the features that every network uses for a panel of some frequency: those of the
  /// window, and those of the calendar.
  ///
  /// - Parameters:
  ///   - frequency: The frequency of the panel's calendar.
  ///   - seasonLength: The season length of the window's features, in steps.
  ///   - showsYear: A Boolean value that indicates whether features tell the time of the year.
  public static func automatic(
    for frequency: Frequency, seasonLength: Int, showsYear: Bool = true
  ) -> FeatureSet {
    let seasons = [seasonLength] + frequency.seasonLengths.dropFirst()
    return FeatureSet(
      known: calendar(of: frequency).filter { showsYear || !$0.part.isOfYear },
      window: seasons.map { .seasonBefore(seasonLength: $0) }
        + seasons.map { .seasonalProfile(seasonLength: $0) } + [.horizonPlace, .zeroShare])
  }

  private static func calendar(of frequency: Frequency) -> [CalendarFeature] {
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

extension CalendarFeature.Part {
  /// A Boolean value that indicates whether the part takes a year to go through its values.
  fileprivate var isOfYear: Bool {
    switch self {
    case .dayOfYear, .week, .month, .quarter: true
    case .hourOfDay, .dayOfWeek, .dayOfMonth, .year: false
    }
  }
}

extension Panel {
  /// Returns a Boolean value that indicates whether a network can learn the time of the year: the
  /// longest series has a year and one and a half seasons.
  ///
  /// A season is needed before the first target of training, so that the targets cover all times of
  /// the year. In less, a network's output is arbitrary at the times that it was not trained on.
  func showsYear(seasonLength: Int) -> Bool {
    longestSeriesLength >= calendar.frequency.stepsPerYear + 3 * seasonLength / 2
  }
}

extension Frequency {
  /// The number of steps of a year, rounded down.
  package var stepsPerYear: Int {
    switch self {
    case .hour: 8_760
    case .day: 365
    case .businessDay: 260
    case .week: 52
    case .month: 12
    case .quarter: 4
    case .year: 1
    }
  }
}
