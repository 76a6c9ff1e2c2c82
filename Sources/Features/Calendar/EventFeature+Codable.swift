extension EventFeature: Codable {
  private enum Key: CodingKey { case calendar, view, only, name }

  /// Decodes a feature whose calendar is of one of the known types.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    let calendar = try TypedValue<any EventCalendar>(
      from: container.superDecoder(forKey: .calendar), among: decoder.knownFeatures.calendars,
      kind: "calendar of events")
    self.calendar = calendar.value
    view = try container.decode(View.self, forKey: .view)
    only = try container.decodeIfPresent(Set<String>.self, forKey: .only)
    name = try container.decode(String.self, forKey: .name)
  }

  /// Encodes the feature, and its calendar with the name of the calendar's type.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try TypedValue<any EventCalendar>.encode(
      calendar, to: container.superEncoder(forKey: .calendar))
    try container.encode(view, forKey: .view)
    try container.encodeIfPresent(only?.sorted(), forKey: .only)
    try container.encode(name, forKey: .name)
  }
}
