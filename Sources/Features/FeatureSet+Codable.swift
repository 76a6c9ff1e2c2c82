extension FeatureSet: Codable {
  private enum Key: CodingKey { case `static`, past, known, ahead, window }

  /// Decodes features of the known types.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    func features(_ key: Key) throws -> [any Feature] {
      var list = try container.nestedUnkeyedContainer(forKey: key)
      var features: [any Feature] = []
      while !list.isAtEnd {
        features.append(
          try TypedValue<any Feature>(
            from: list.superDecoder(), among: decoder.knownFeatures.features, kind: "feature"
          ).value)
      }
      return features
    }
    let (fixed, past, known) = try (features(.static), features(.past), features(.known))
    // Files of earlier versions have no such features.
    let ahead = try container.contains(.ahead) ? features(.ahead) : []
    if let fault = Self.fault(static: fixed, moving: past + known + ahead) {
      throw DecodingError.dataCorruptedError(
        forKey: .known, in: container, debugDescription: fault)
    }
    self.init(
      static: fixed, past: past, known: known, ahead: ahead,
      window: try container.decode([WindowFeature].self, forKey: .window))
  }

  /// Encodes each feature with the name of its type.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    func encode(_ features: [any Feature], _ key: Key) throws {
      var list = container.nestedUnkeyedContainer(forKey: key)
      for feature in features {
        try TypedValue<any Feature>.encode(feature, to: list.superEncoder())
      }
    }
    try encode(`static`, .static)
    try encode(past, .past)
    try encode(known, .known)
    try encode(ahead, .ahead)
    try container.encode(window, forKey: .window)
  }
}
