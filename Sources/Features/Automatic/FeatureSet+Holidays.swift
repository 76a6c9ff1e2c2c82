extension FeatureSet {
  /// Returns the set with the public holidays of countries.
  ///
  /// For hours and days, these are the holiday itself and the two days before and the day after one; for weeks,
  /// the number of holidays and the days until the next one. Both come with the name of the holiday, as a
  /// category. For longer steps, it is the number of holidays on days of the step.
  ///
  /// - Parameters:
  ///   - countries: The countries.
  ///   - frequency: The step of the panel's calendar.
  public func addingHolidays(of countries: [Country], for frequency: Frequency) -> FeatureSet {
    let views: [EventFeature.View] =
      switch frequency {
      case .hour, .day, .businessDay: [.around(before: 2, after: 1), .name]
      case .week: [.days, .daysUntil(limit: 14), .name]
      case .month, .quarter, .year: [.days]
      }
    let holidays = countries.flatMap { country in
      views.map { EventFeature(HolidayCalendar(country), $0) }
    }
    return FeatureSet(
      static: self.static, past: past, known: known + holidays, ahead: ahead, window: window)
  }
}
