import ArgumentParser
import Forecasting

/// Options for the network's architecture and training. An option that is not given leaves the
/// library's default.
struct TrainingOptionGroup: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: "The number of past steps in a window. (default: twice the horizon, at least 8 seasons)")
  var inputLength: Int?

  @Option(parsing: .unconditional, help: "The number of units of each LSTM layer.")
  var hiddenSize: Int?

  @Option(
    parsing: .unconditional,
    help: "The number of layers of the encoder and of a recurrent decoder.")
  var layers: Int?

  @Option(
    help: """
      The decoder, which forecasts from the state of the encoder: recurrent (a second LSTM) or direct \
      (a perceptron, which trains faster).
      """)
  var decoder: LSTMArchitecture.Decoder?

  @Option(parsing: .unconditional, help: "The number of training epochs.")
  var epochs: Int?

  @Option(parsing: .unconditional, help: "The number of batches per epoch.")
  var stepsPerEpoch: Int?

  @Option(parsing: .unconditional, help: "The number of windows per batch.")
  var batchSize: Int?

  @Option(parsing: .unconditional, help: "The initial learning rate of Adam.")
  var learningRate: Double?

  @Option(
    parsing: .unconditional,
    help: "The number of networks that are trained from different seeds and averaged.")
  var ensemble: Int?

  @Option(parsing: .unconditional, help: "The seed for random weights and the order of windows.")
  var seed: UInt64?

  func validate() throws {
    try check(inputLength, "--input-length", in: OptionRange.days)
    try check(hiddenSize, "--hidden-size", in: OptionRange.units)
    try check(layers, "--layers", in: OptionRange.layers)
    try check(epochs, "--epochs", in: OptionRange.rounds)
    try check(stepsPerEpoch, "--steps-per-epoch", in: OptionRange.rounds)
    try check(batchSize, "--batch-size", in: OptionRange.rounds)
    try check(ensemble, "--ensemble", in: OptionRange.networks)
    if let learningRate, !(learningRate > 0 && learningRate.isFinite) {
      throw ValidationError("--learning-rate must be positive, but is \(learningRate).")
    }
  }

  /// The first option that was given, or `nil`.
  var firstOption: String? {
    firstGiven([
      ("--input-length", inputLength), ("--hidden-size", hiddenSize), ("--layers", layers),
      ("--decoder", decoder), ("--epochs", epochs), ("--steps-per-epoch", stepsPerEpoch),
      ("--batch-size", batchSize), ("--learning-rate", learningRate),
      ("--ensemble", ensemble), ("--seed", seed),
    ])
  }

  /// The first option given that, like a budget, sets the time of the training, or `nil`.
  var optionOfTrainingTime: String? {
    firstGiven([("--epochs", epochs), ("--steps-per-epoch", stepsPerEpoch)])
  }

  /// Returns the forecaster that the options describe.
  ///
  /// - Parameters:
  ///   - horizon: The number of steps to forecast.
  ///   - seasonLength: The season length, or nil to derive it from the frequency.
  ///   - head: The meaning of the outputs, or nil to choose it when the forecaster is fitted.
  ///   - holidays: The countries whose holidays the network sees.
  ///   - leastNetworks: The number of networks of the ensemble, unless the options name more.
  func forecaster(
    horizon: Int, seasonLength: Int?, head: (any ForecastHead)?, holidays: [Country] = [],
    leastNetworks: Int = 1
  ) -> LSTMForecaster {
    var architecture = LSTMArchitecture()
    if let hiddenSize { architecture.hiddenSize = hiddenSize }
    if let layers { architecture.layerCount = layers }
    if let decoder { architecture.decoder = decoder }
    var training = NetworkTraining()
    if let epochs { training.epochs = epochs }
    if let stepsPerEpoch { training.stepsPerEpoch = stepsPerEpoch }
    if let batchSize { training.batchSize = batchSize }
    if let learningRate { training.learningRate = learningRate }
    training.ensembleSize = max(ensemble ?? 1, leastNetworks)
    if let seed { training.seed = seed }
    var windows = WindowSpecification(
      horizon: horizon, inputLength: inputLength, seasonLength: seasonLength)
    windows.holidays = holidays
    return LSTMForecaster(
      windows: windows, architecture: architecture, head: head, training: training)
  }
}
