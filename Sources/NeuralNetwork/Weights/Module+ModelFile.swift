extension Module {
  /// Writes a model file: the weights, and what the model was made from.
  ///
  /// - Parameters:
  ///   - path: The file, which is written whole or not at all.
  ///   - kind: What the file holds.
  ///   - configuration: What the model can be made from again.
  ///   - metadata: Texts that the file carries beside; those of ``ModelFileKey`` take precedence.
  /// - Throws: A ``SafetensorsError`` if the file cannot be written, or what the configuration's
  ///   `encode(to:)` throws.
  public func save(
    to path: String, as kind: ModelKind, configuration: some Codable & Sendable,
    metadata: [String: String] = [:]
  ) throws {
    let own = try ModelFile.metadata(configuration, kind)
    try saveWeights(to: path, metadata: metadata.merging(own) { $1 })
  }
}
