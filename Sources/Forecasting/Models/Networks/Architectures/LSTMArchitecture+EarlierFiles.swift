import NeuralNetwork

extension RecurrentArchitecture: EarlierFileReading where Encoder == LSTM<Float> {
  static var earlierKind: ModelKind { .lstmForecaster }

  /// Reads the configuration of a model from an `lstm-forecaster` file, the kind that was used
  /// before all networks shared one.
  static func earlierModel(
    in file: SafetensorsFile
  ) throws -> NetworkSpecification<LSTMArchitecture> {
    let saved = try ModelFile<EarlierModel>(file, as: .lstmForecaster).configuration
    let configuration = saved.configuration
    guard configuration.isValid else {
      throw WeightsError(
        file: file.path,
        fault: .invalidConfiguration(reason: "a number is out of its range"))
    }
    let features = FeatureSet.automatic(for: .day, seasonLength: configuration.seasonLength)
    return NetworkSpecification(
      layout: WindowLayout(
        inputLength: configuration.inputLength, horizon: configuration.horizon,
        seasonLength: configuration.seasonLength, features: features),
      architecture: LSTMArchitecture(
        hiddenSize: configuration.hiddenSize, layerCount: configuration.layerCount,
        decoder: configuration.decoder ?? .recurrent, dropout: configuration.dropout),
      head: PointHead(.huber(delta: configuration.huberDelta)),
      training: NetworkTraining(
        epochs: configuration.epochs, stepsPerEpoch: configuration.stepsPerEpoch,
        batchSize: configuration.batchSize, learningRate: configuration.learningRate,
        weighting: .equal, seed: configuration.seed),
      encoding: try encoding(features), isNonnegative: saved.isNonnegative,
      trainingEnd: nil, frequency: nil, target: nil, trainedUntil: nil)
  }

  /// Returns the encoding of the calendar's features, which depends on no data.
  private static func encoding(_ features: FeatureSet) throws -> InputEncoding {
    let day = RegularCalendar(start: CalendarDate(dayNumber: 0), count: 1)
    let panel = Panel(calendar: day, series: [Series(id: "", values: [0])])
    return InputEncoding(
      fitting: try FeatureTable(features, of: panel), window: features.window)
  }
}

extension ModelKind {
  /// The kind of the files. Version 2 states which decoder the model has.
  fileprivate static let lstmForecaster = ModelKind("lstm-forecaster", version: 2)
}

/// The contents of such a file besides the weights.
private struct EarlierModel: Codable, Sendable {
  let configuration: EarlierConfiguration
  let isNonnegative: Bool
}

private struct EarlierConfiguration: Codable, Sendable {
  let horizon, inputLength, seasonLength, hiddenSize, layerCount: Int
  /// The decoder, or nil in files of version 1, whose decoder is an LSTM.
  let decoder: LSTMArchitecture.Decoder?
  let dropout: Double
  let epochs, stepsPerEpoch, batchSize: Int
  let learningRate, huberDelta: Double
  let seed: UInt64

  /// A Boolean value that indicates whether the numbers can be used to create values.
  var isValid: Bool {
    [horizon, inputLength, seasonLength].allSatisfy { (1...1 << 20).contains($0) }
      && huberDelta > 0
  }
}
