import ArgumentParser
import Forecasting

/// Options for the network's architecture and training. An option that is not given leaves the
/// library's default.
struct TrainingOptionGroup: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      The networks to train, separated by commas: \(NetworkList.allNames). (default: \(NetworkList.standard.text))
      """, valueName: "networks"))
  var network: NetworkList?

  @Option(
    parsing: .unconditional,
    help: "The number of past steps in a window. (default: twice the horizon, at least 8 seasons)")
  var inputLength: Int?

  @Option(parsing: .unconditional, help: "The number of units of each hidden layer.")
  var hiddenSize: Int?

  @Option(
    parsing: .unconditional,
    help: "The number of hidden layers, or of blocks of them.")
  var layers: Int?

  @Option(
    help: """
      The decoder of a recurrent network, which forecasts from the state of the encoder: recurrent (a \
      second one) or direct (a perceptron, which trains faster).
      """)
  var decoder: RecurrentDecoder?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      """
      The number of further inputs of each step that are interactions of columns, such as a promotion in a \
      certain store; 0 for none. (default: 0)
      """, valueName: "count"))
  var interactions: Int?

  @Option(parsing: .unconditional, help: "The number of training epochs.")
  var epochs: Int?

  @Option(parsing: .unconditional, help: "The number of batches per epoch.")
  var stepsPerEpoch: Int?

  @Option(parsing: .unconditional, help: "The number of windows per batch.")
  var batchSize: Int?

  @Option(parsing: .unconditional, help: "The initial learning rate of Adam.")
  var learningRate: Double?

  @Option(
    help: ArgumentHelp(
      """
      The loss of days on which an item was sold out: masked (none) or censored (demand was at least the \
      units sold). (default: \(NetworkTraining().stockOuts.argument))
      """))
  var stockOutLoss: StockOutTreatment?

  @Option(
    parsing: .unconditional,
    help: "The number of networks that are trained from different seeds and averaged.")
  var ensemble: Int?

  @Option(parsing: .unconditional, help: "The seed for random weights and the order of windows.")
  var seed: UInt64?

  @Flag(
    inversion: .prefixedNo,
    help: """
      Fit boosted trees, too. (default: unless --network is given, if networks see a column that is known \
      ahead, such as a promotion)
      """)
  var trees: Bool?

  @Option(
    help: ArgumentHelp(
      """
      A directory for logs of the training that TensorBoard shows: losses, learning rate, and histograms of \
      weights and gradients. Each run and each network has its own, such as run-1/final/lstm.
      """, valueName: "directory"),
    completion: .directory)
  var tensorboard: String?

  func validate() throws {
    try check(inputLength, "--input-length", in: OptionRange.days)
    try check(hiddenSize, "--hidden-size", in: OptionRange.units)
    try check(layers, "--layers", in: OptionRange.layers)
    try check(interactions, "--interactions", in: OptionRange.interactions)
    try check(epochs, "--epochs", in: OptionRange.rounds)
    try check(stepsPerEpoch, "--steps-per-epoch", in: OptionRange.rounds)
    try check(batchSize, "--batch-size", in: OptionRange.rounds)
    try check(ensemble, "--ensemble", in: OptionRange.networks)
    if let learningRate, !(learningRate > 0 && learningRate.isFinite) {
      throw ValidationError("--learning-rate must be positive, but is \(learningRate).")
    }
    if decoder != nil, !networks.contains(where: { $0.type.init() is any DecoderChoice }) {
      let names = NetworkName.allCases.filter { $0.type.init() is any DecoderChoice }
      throw ValidationError(
        "--decoder is for \(names.map(\.argument).joined(separator: ", ")), but the network is "
          + "\((network ?? .standard).text).")
    }
  }

  /// The first option that was given, or `nil`.
  var firstOption: String? {
    firstGiven([
      ("--network", network), ("--input-length", inputLength), ("--hidden-size", hiddenSize),
      ("--layers", layers),
      ("--decoder", decoder), ("--interactions", interactions), ("--epochs", epochs),
      ("--steps-per-epoch", stepsPerEpoch),
      ("--batch-size", batchSize), ("--learning-rate", learningRate),
      ("--stock-out-loss", stockOutLoss),
      ("--ensemble", ensemble), ("--seed", seed), ("--trees", trees == true ? true : nil),
      ("--tensorboard", tensorboard),
    ])
  }

  /// Checks that a command without networks has a baseline, and no option for training one.
  ///
  /// - Parameters:
  ///   - baselines: The baselines of the command.
  ///   - purpose: The purpose of its models, such as `to score`.
  func checkNoNetwork(_ baselines: BaselineList, purpose: String) throws {
    if baselines.names.isEmpty {
      throw ValidationError("--no-network and --baselines none leave no model \(purpose).")
    }
    if let option = firstOption {
      throw ValidationError(
        "\(option) is for training a network or boosted trees, but --no-network trains none.")
    }
  }

  /// The first option given that, like a budget, sets the time of the training, or `nil`.
  var optionOfTrainingTime: String? {
    firstGiven([("--epochs", epochs), ("--steps-per-epoch", stepsPerEpoch)])
  }

  var networks: [NetworkName] { (network ?? .standard).names }

  /// Returns the architecture that the options describe.
  private func architecture(_ network: NetworkName) -> any ForecastArchitecture {
    var architecture = network.type.init()
    if let hiddenSize { architecture.hiddenSize = hiddenSize }
    if let layers { architecture.layerCount = layers }
    guard let decoder, var choice = architecture as? any DecoderChoice else { return architecture }
    choice.decoder = decoder
    return choice
  }

  /// The architectures of the networks.
  var architectures: [any ForecastArchitecture.Type] { networks.map(\.type) }

  /// Returns the forecasters that the options describe, in the order of the networks.
  ///
  /// - Parameters:
  ///   - horizon: The number of steps to forecast.
  ///   - seasonLength: The season length, or nil to derive it from the frequency.
  ///   - head: A function that returns the meaning of the outputs of an architecture, or nil to choose
  ///     it when the forecaster is fitted.
  ///   - quantileLevels: The levels of the quantiles of a head that is chosen.
  ///   - holidays: The countries whose holidays the network sees.
  ///   - leastNetworks: The number of networks of the ensemble, unless the options name more.
  ///   - isWatched: A Boolean value that indicates whether the training shows its progress, and
  ///     Ctrl-C ends it early.
  ///   - observation: A function that returns the log of a training, or nil for none.
  func forecasters(
    horizon: Int, seasonLength: Int?, quantileLevels: [Double] = [],
    holidays: [Country] = [], leastNetworks: Int = 1, isWatched: Bool = false,
    observation: NetworkObservation? = nil,
    head: (any ForecastArchitecture.Type) -> (any ForecastHead)? = { _ in nil }
  ) -> [any Forecaster] {
    let windows = windows(horizon: horizon, seasonLength: seasonLength, holidays)
    func forecaster<Architecture: ForecastArchitecture>(
      _ architecture: Architecture
    ) -> any Forecaster {
      var forecaster = NetworkForecaster(
        windows: windows, architecture: architecture, head: head(Architecture.self),
        training: training(leastNetworks))
      forecaster.quantileLevels = quantileLevels
      forecaster.progress = isWatched ? .automatic : .none
      forecaster.stopsOnInterrupt = isWatched
      forecaster.observation = observation
      return forecaster
    }
    return networks.map { forecaster(architecture($0)) }
  }

  /// Returns boosted trees for a panel, or no forecaster if they are not wanted.
  ///
  /// - Parameters:
  ///   - horizon: The number of steps to forecast.
  ///   - seasonLength: The season length, or nil to derive it from the frequency.
  ///   - holidays: The countries whose holidays the trees see.
  ///   - panel: The panel that they are fitted to.
  func trees(
    horizon: Int, seasonLength: Int?, holidays: [Country], for panel: Panel
  ) -> [any Forecaster] {
    guard fitsTrees(to: panel, seasonLength: seasonLength) else { return [] }
    var boosting = BoostedTreesForecaster.defaultBoosting
    if let seed { boosting.seed = seed }
    let windows = windows(horizon: horizon, seasonLength: seasonLength, holidays)
    return [BoostedTreesForecaster(windows: windows, boosting: boosting)]
  }

  /// Returns the number of networks, and of boosted trees for a panel.
  func trainedCount(for panel: Panel, seasonLength: Int?) -> Int {
    networks.count + (fitsTrees(to: panel, seasonLength: seasonLength) ? 1 : 0)
  }

  /// Returns a Boolean value that indicates whether trees are fitted: as the options say, or else if networks
  /// see more than the calendar ahead.
  private func fitsTrees(to panel: Panel, seasonLength: Int?) -> Bool {
    if let trees { return trees }
    guard network == nil else { return false }
    let seasonLength = seasonLength ?? panel.calendar.frequency.seasonLength
    return FeatureSet.automatic(for: panel, seasonLength: seasonLength).known.contains {
      !($0 is CalendarFeature)
    }
  }

  private func windows(
    horizon: Int, seasonLength: Int?, _ holidays: [Country]
  ) -> WindowSpecification {
    var windows = WindowSpecification(
      horizon: horizon, inputLength: inputLength, seasonLength: seasonLength)
    windows.holidays = holidays
    windows.interactionSize = interactions ?? 0
    return windows
  }

  /// Returns the logs of the run, or nil if it has none.
  ///
  /// - Throws: An `EventFileError` if they can't be written.
  func logs() throws -> TrainingLogs? { try tensorboard.map { try TrainingLogs(in: $0) } }

  private func training(_ leastNetworks: Int) -> NetworkTraining {
    var training = NetworkTraining()
    if let epochs { training.epochs = epochs }
    if let stepsPerEpoch { training.stepsPerEpoch = stepsPerEpoch }
    if let batchSize { training.batchSize = batchSize }
    if let learningRate { training.learningRate = learningRate }
    if let stockOutLoss { training.stockOuts = stockOutLoss }
    training.ensembleSize = max(ensemble ?? 1, leastNetworks)
    if let seed { training.seed = seed }
    return training
  }
}
