extension CalendarDate: Codable {
  /// Decodes a date from ISO 8601 text, such as `2011-12-09`.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let date = CalendarDate(iso: text) else {
      throw DecodingError.dataCorruptedError(
        in: container,
        debugDescription: "expected a date such as 2011-12-09, got \(text.debugDescription)")
    }
    self = date
  }

  /// Encodes the date's description.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
