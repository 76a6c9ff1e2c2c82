import NeuralNetwork

extension FittedNetworkForecaster {
  /// Reads a model from a file that ``write(to:)`` wrote.
  ///
  /// - Parameters:
  ///   - path: The path of the file.
  ///   - types: The types of features, calendars, and heads that the file may use.
  /// - Throws: `SafetensorsError` or `WeightsError` if the file can't be read, contains another
  ///   kind of model, or has weights that don't match its configuration.
  public init(contentsOf path: String, types: KnownTypes = .builtIn) throws {
    try self.init(contentsOf: path, types: types, kind: .networkForecaster)
  }

  /// Reads a model from a file of a kind whose configuration is a ``NetworkSpecification``.
  init(contentsOf path: String, types: KnownTypes, kind: ModelKind) throws {
    let file = try SafetensorsFile(path: path)
    let saved = try NetworkSpecification<Architecture>(file, types: types, as: kind)
    let extents = NetworkExtents(saved.layout, saved.encoding, saved.head)
    let weightCount = file.entries.reduce(0) { $0 + $1.shape.elementCount }
    let memberWeights =
      saved.architecture.weightCount(extents) + CategoryVectors.weightCount(saved.encoding)
      + ColumnInteractions.weightCount(saved.encoding)
    // An ensemble whose training was interrupted has fewer networks.
    let memberCount = weightCount / max(memberWeights, 1)
    guard saved.fault == nil, memberWeights * memberCount == weightCount,
      (1...saved.training.ensembleSize).contains(memberCount)
    else {
      throw WeightsError(
        file: path,
        fault: .invalidConfiguration(
          reason: saved.fault ?? "its numbers are not those of the weights"))
    }
    // The random weights are all replaced.
    var generator = Xoshiro256(seed: 0)
    var network = NetworkEnsemble(
      (0..<memberCount).map { _ in
        saved.architecture.embeddedNetwork(extents, saved.encoding, using: &generator)
      })
    try network.loadWeights(from: file)
    self.init(saved, network: network)
  }

  /// Writes the model to a safetensors file: the weights under PyTorch's names and in its layouts,
  /// and the configuration as JSON in the metadata.
  ///
  /// - Throws: `SafetensorsError` if the file can't be written.
  public func write(to path: String) throws {
    try network.save(to: path, as: .networkForecaster, configuration: specification)
  }
}

extension ModelKind {
  /// A ``FittedNetworkForecaster`` of any architecture.
  static let networkForecaster = ModelKind("network-forecaster", version: 1)
}
