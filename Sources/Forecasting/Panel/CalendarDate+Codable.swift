extension CalendarDate: Codable {
  /// Reads a date as ISO 8601 writes it, such as `2011-12-09`.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    var text = try container.decode(String.self)
    let spelled = text
    let date = text.withUTF8 { try? DateFormat.iso.parseDate($0).get() }
    guard let date else {
      throw DecodingError.dataCorruptedError(
        in: container,
        debugDescription: "expected a date such as 2011-12-09, got \(spelled.debugDescription)")
    }
    self = date
  }

  /// Writes the date's description.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
