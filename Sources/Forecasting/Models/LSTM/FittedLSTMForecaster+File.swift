import NeuralNetwork

extension FittedLSTMForecaster {
  /// Reads a model that ``write(to:)`` has saved.
  ///
  /// - Throws: `SafetensorsError` or `WeightsError` if the file cannot be read, is of another kind,
  ///   or its weights do not fit its configuration.
  public init(contentsOf path: String) throws {
    let file = try ModelFile<SavedModel>(path: path, as: .lstmForecaster)
    let saved = file.configuration
    guard saved.configuration.isValid, saved.configuration.fits(file.weights) else {
      throw WeightsError(
        file: path,
        fault: .invalidConfiguration(reason: "its numbers are not those of the weights"))
    }
    // The weights drawn here are all replaced.
    var generator = Xoshiro256(seed: 0)
    var network = ForecastNetwork(saved.configuration, using: &generator)
    try network.loadWeights(from: file.weights)
    self.init(
      configuration: saved.configuration, network: network, isNonnegative: saved.isNonnegative,
      trainingEnd: saved.trainingEnd, frequency: try saved.trainedFrequency(path),
      target: saved.target)
  }

  /// Saves the model as a safetensors file: PyTorch's names and layouts for the weights, and what the
  /// model was made from as JSON in the metadata.
  ///
  /// - Throws: `SafetensorsError` if the file cannot be written.
  public func write(to path: String) throws {
    try network.save(
      to: path, as: .lstmForecaster,
      configuration: SavedModel(
        configuration: configuration, isNonnegative: isNonnegative, trainingEnd: trainingEnd,
        frequency: frequency?.inFiles.unit, weekStart: frequency?.inFiles.weekStart, target: target)
    )
  }
}

extension ModelKind {
  /// A ``FittedLSTMForecaster``; version 2 says which decoder it has.
  static let lstmForecaster = ModelKind("lstm-forecaster", version: 2)
}

extension LSTMForecasterConfiguration {
  /// Whether the numbers that decide how much memory a network takes, and its decoder, are those of
  /// the weights in a file, which is as large as they say.
  fileprivate func fits(_ file: SafetensorsFile) -> Bool {
    let lastRecurrence = "weight_hh_l\(layerCount - 1)"
    let gates: Shape = [4 * hiddenSize, hiddenSize]
    let (ofDecoder, shape): (String, Shape) =
      switch decoder {
      case .recurrent: ("decoder.\(lastRecurrence)", gates)
      case .direct: ("decoder.context.weight", [hiddenSize, hiddenSize])
      }
    let shapes = Dictionary(uniqueKeysWithValues: file.entries.map { ($0.name, $0.shape) })
    return shapes["encoder.\(lastRecurrence)"] == gates && shapes[ofDecoder] == shape
      && file.entries.count >= 4 * layerCount
  }
}

/// What a model file holds beside the weights.
private struct SavedModel: Codable, Sendable {
  let configuration: LSTMForecasterConfiguration
  let isNonnegative: Bool
  /// Nil in files that do not say.
  let trainingEnd: TrainingEnd?
  /// The steps of the panel that the model was trained on, as panel files name them. Files of earlier
  /// programs lack them, and what the target was; nothing is checked then.
  let frequency: String?
  let weekStart: Int?
  let target: String?

  func trainedFrequency(_ path: String) throws(WeightsError) -> Frequency? {
    guard let frequency else { return nil }
    guard let known = Frequency(inFiles: frequency, weekStart: weekStart) else {
      throw WeightsError(
        file: path,
        fault: .invalidConfiguration(
          reason: "there are no steps of a \(frequency.debugDescription) that start so"))
    }
    return known
  }
}
