extension Frequency {
  /// The default horizon: 48 hours, 28 days, 20 business days, 13 weeks, 12 months, 8 quarters, or
  /// 6 years.
  ///
  /// These are the horizons of the M4 and M5 competitions (Makridakis, Spiliotis & Assimakopoulos
  /// 2020 and 2022).
  public var usualHorizon: Int {
    switch self {
    case .hour: 48
    case .day: 28
    case .businessDay: 20
    case .week: 13
    case .month: 12
    case .quarter: 8
    case .year: 6
    }
  }
}

extension Panel {
  /// The number of steps that a run forecasts by default: the usual horizon of the frequency, but
  /// at most a third of the calendar, so that two thirds remain as history, and at least 1.
  public var usualHorizon: Int { usualHorizon(windowCount: 1) }

  /// Returns the number of steps that a back-test forecasts by default: the usual horizon of the
  /// frequency, but less if windows that don't overlap would leave a history of fewer than two
  /// horizons, and at least 1.
  public func usualHorizon(windowCount: Int) -> Int {
    max(1, min(calendar.frequency.usualHorizon, calendar.count / (windowCount + 2)))
  }
}
