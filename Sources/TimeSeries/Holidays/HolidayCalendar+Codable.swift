extension HolidayCalendar: Codable {
  /// Creates a calendar by decoding the country's code.
  public init(from decoder: any Decoder) throws {
    self.init(try decoder.singleValueContainer().decode(Country.self))
  }

  /// Encodes the country's code.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(country)
  }
}
