extension InputEncoding: Codable {
  private enum Key: CodingKey {
    case history, future, statics, window, interactionSize
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    history = try container.decode(Columns.self, forKey: .history)
    future = try container.decode(Columns.self, forKey: .future)
    statics = try container.decode(Columns.self, forKey: .statics)
    window = try container.decode([WindowFeature].self, forKey: .window)
    // Networks saw no interactions before there was a choice.
    interactionSize = try container.decodeIfPresent(Int.self, forKey: .interactionSize) ?? 0
    guard Self.interactionSizes.contains(interactionSize) else {
      throw DecodingError.dataCorruptedError(
        forKey: .interactionSize, in: container,
        debugDescription: "interactionSize is \(interactionSize)")
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(history, forKey: .history)
    try container.encode(future, forKey: .future)
    try container.encode(statics, forKey: .statics)
    try container.encode(window, forKey: .window)
    if interactionSize != 0 { try container.encode(interactionSize, forKey: .interactionSize) }
  }

  /// The valid values of ``interactionSize``.
  static let interactionSizes = 0...1 << 12
}
