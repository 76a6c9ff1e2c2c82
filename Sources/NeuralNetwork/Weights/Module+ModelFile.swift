extension Module {
  /// Writes a model file: the weights, and the configuration from which the model can be created.
  ///
  /// - Parameters:
  ///   - path: The path of the file, which appears complete or not at all.
  ///   - kind: The kind of model.
  ///   - configuration: The configuration from which the model can be created again.
  ///   - metadata: Additional text entries of the file. Entries of ``ModelFileKey`` take
  ///     precedence.
  /// - Throws: A ``SafetensorsError`` if the file cannot be written, or an error from the
  ///   configuration's `encode(to:)`.
  public func save(
    to path: String, as kind: ModelKind, configuration: some Codable & Sendable,
    metadata: [String: String] = [:]
  ) throws {
    let own = try ModelFile.metadata(configuration, kind)
    try saveWeights(to: path, metadata: metadata.merging(own) { $1 })
  }
}
