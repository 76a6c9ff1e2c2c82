extension FeatureSet {
  /// Returns the features that boosted trees use for a panel: the panel's columns as networks see them, the
  /// parts of the date as numbers, and values of a year before.
  ///
  /// Trees ask whether a number is larger than another one, so that the parts of a date need no waves. Values
  /// of a year before are those of the same day of the week.
  ///
  /// - Parameters:
  ///   - panel: The training part.
  ///   - seasonLength: The season length of the window's features, in steps.
  ///   - horizon: The number of steps to forecast.
  ///   - inputLength: The number of past steps of a window.
  static func trees(
    for panel: Panel, seasonLength: Int, horizon: Int, inputLength: Int
  ) -> FeatureSet {
    let ofNetworks = automatic(for: panel, seasonLength: seasonLength)
    let frequency = panel.calendar.frequency
    let length = panel.longestSeriesLength
    var parts = frequency.usualParts
    if length >= 2 * frequency.stepsPerYear + horizon { parts += frequency.partsOfYear }
    var yearBefore: [any Feature] = []
    if let year = frequency.wholeWeeksOfYear, length >= year + inputLength + horizon {
      yearBefore = values(before: year, seasonLength: seasonLength, horizon: horizon)
    }
    return FeatureSet(
      static: ofNetworks.static, past: [],
      known: ofNetworks.known.filter { !($0 is CalendarFeature) }
        + parts.map { CalendarFeature($0) } + yearBefore,
      ahead: ofNetworks.ahead, window: ofNetworks.window)
  }

  /// Returns the value of a year before, the mean of the season around it, and that of the eight seasons before
  /// that, as far as they are known at the end of a window.
  private static func values(
    before year: Int, seasonLength: Int, horizon: Int
  ) -> [any Feature] {
    let features: [any Feature] = [
      Lag(of: .target, by: year),
      Rolling(.mean, of: .target, window: seasonLength, lag: year - seasonLength / 2),
      Rolling(.mean, of: .target, window: 8 * seasonLength, lag: year + seasonLength),
    ]
    return features.filter { feature in
      if case .past(let ahead) = feature.role { ahead >= horizon } else { true }
    }
  }
}

extension Frequency {
  /// The parts of a date whose effects a year shows.
  fileprivate var usualParts: [CalendarFeature.Part] {
    switch self {
    case .hour: [.hourOfDay, .dayOfWeek]
    case .day, .businessDay: [.dayOfWeek, .dayOfMonth]
    case .week: [.dayOfMonth]
    case .month: [.month]
    case .quarter: [.quarter]
    case .year: []
    }
  }

  /// The further parts of a date whose effects two years show.
  fileprivate var partsOfYear: [CalendarFeature.Part] {
    switch self {
    case .hour, .day, .businessDay: [.dayOfYear, .month]
    case .week: [.week]
    case .month, .quarter, .year: []
    }
  }

  /// The number of steps of the whole weeks of a year, or nil if steps have no day of the week or a year is
  /// too long.
  fileprivate var wholeWeeksOfYear: Int? {
    switch self {
    case .day: 364
    case .businessDay: 260
    case .hour, .week, .month, .quarter, .year: nil
    }
  }
}
