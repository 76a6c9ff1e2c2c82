extension HolidayCalendar: Codable {
  /// Reads the code of the country.
  public init(from decoder: any Decoder) throws {
    self.init(try decoder.singleValueContainer().decode(Country.self))
  }

  /// Writes the code of the country.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(country)
  }
}
