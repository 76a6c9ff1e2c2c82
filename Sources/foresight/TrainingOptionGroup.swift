import ArgumentParser
import Forecasting

/// How the network is made and trained. An option that is not given leaves the library's default.
struct TrainingOptionGroup: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: "How many past days a window shows. (default: twice the horizon, at least 8 seasons)")
  var inputLength: Int?

  @Option(parsing: .unconditional, help: "The units of each LSTM layer.")
  var hiddenSize: Int?

  @Option(parsing: .unconditional, help: "The layers of the encoder, and of a recurrent decoder.")
  var layers: Int?

  @Option(
    help: """
      What forecasts from the state of the encoder: recurrent (a second LSTM) or direct (a \
      perceptron, which trains faster).
      """)
  var decoder: LSTMArchitecture.Decoder?

  @Option(parsing: .unconditional, help: "Rounds of training.")
  var epochs: Int?

  @Option(parsing: .unconditional, help: "Batches a round.")
  var stepsPerEpoch: Int?

  @Option(parsing: .unconditional, help: "Windows a batch.")
  var batchSize: Int?

  @Option(parsing: .unconditional, help: "Where Adam's learning rate begins.")
  var learningRate: Double?

  @Option(parsing: .unconditional, help: "Where random weights and the order of windows come from.")
  var seed: UInt64?

  func validate() throws {
    try check(inputLength, "--input-length", in: OptionRange.days)
    try check(hiddenSize, "--hidden-size", in: OptionRange.units)
    try check(layers, "--layers", in: OptionRange.layers)
    try check(epochs, "--epochs", in: OptionRange.rounds)
    try check(stepsPerEpoch, "--steps-per-epoch", in: OptionRange.rounds)
    try check(batchSize, "--batch-size", in: OptionRange.rounds)
    if let learningRate, !(learningRate > 0 && learningRate.isFinite) {
      throw ValidationError("--learning-rate must be positive, but is \(learningRate).")
    }
  }

  /// The first option that was given, or nil.
  var firstOption: String? {
    firstGiven([
      ("--input-length", inputLength), ("--hidden-size", hiddenSize), ("--layers", layers),
      ("--decoder", decoder), ("--epochs", epochs), ("--steps-per-epoch", stepsPerEpoch),
      ("--batch-size", batchSize), ("--learning-rate", learningRate), ("--seed", seed),
    ])
  }

  /// Returns the forecaster that the options describe.
  func forecaster(horizon: Int, seasonLength: Int?) -> LSTMForecaster {
    var architecture = LSTMArchitecture()
    if let hiddenSize { architecture.hiddenSize = hiddenSize }
    if let layers { architecture.layerCount = layers }
    if let decoder { architecture.decoder = decoder }
    var training = NetworkTraining()
    if let epochs { training.epochs = epochs }
    if let stepsPerEpoch { training.stepsPerEpoch = stepsPerEpoch }
    if let batchSize { training.batchSize = batchSize }
    if let learningRate { training.learningRate = learningRate }
    if let seed { training.seed = seed }
    return LSTMForecaster(
      windows: .init(horizon: horizon, inputLength: inputLength, seasonLength: seasonLength),
      architecture: architecture, training: training)
  }
}
