import NeuralNetwork

/// The configuration of a network forecaster's training.
///
/// Properties that are nil are chosen when a model is fitted. See ``chosen(for:_:)``.
public struct NetworkTraining: Hashable, Sendable {
  /// The number of epochs, after each of which progress is shown.
  public var epochs: Int
  /// The maximum number of batches in an epoch, or nil to choose it from the data.
  public var stepsPerEpoch: Int?
  /// The number of windows in a batch, or nil to choose it from the data.
  public var batchSize: Int?
  /// The initial learning rate of Adam, which decays to 0 along a cosine.
  public var learningRate: Double
  /// The weight of a window in the loss, or nil for the head's ``ForecastHead/weighting``.
  public var weighting: WindowWeighting?
  /// The use of stock-outs in the loss.
  public var stockOuts: StockOutTreatment
  /// The number of networks that are trained from different seeds, and whose forecasts are
  /// averaged.
  public var ensembleSize: Int
  /// The time that the training of all networks takes, or nil for as long as their steps take.
  ///
  /// It is spent on more networks than ``ensembleSize``, up to ``largestEnsemble``, if there is time for
  /// them, and otherwise on fewer steps. The forecasts then depend on the speed of the machine.
  public var timeLimit: Duration?
  /// The seed of the random weights and of the order of windows.
  public var seed: UInt64

  /// Creates a training configuration.
  public init(
    epochs: Int = 20, stepsPerEpoch: Int? = nil, batchSize: Int? = nil,
    learningRate: Double = 0.002, weighting: WindowWeighting? = nil,
    stockOuts: StockOutTreatment = .masked, ensembleSize: Int = 1, timeLimit: Duration? = nil,
    seed: UInt64 = 0
  ) {
    self.epochs = epochs
    self.stepsPerEpoch = stepsPerEpoch
    self.batchSize = batchSize
    self.learningRate = learningRate
    self.weighting = weighting
    self.stockOuts = stockOuts
    self.ensembleSize = ensembleSize
    self.timeLimit = timeLimit
    self.seed = seed
  }

  /// Returns the configuration with all nil properties chosen for a panel and a head.
  ///
  /// A network sees 40 windows of each series, but at least 64,000 in total. Batches have 64
  /// windows or more, so that there are at most about 2,500 steps.
  public func chosen(for panel: Panel, _ head: any ForecastHead) -> NetworkTraining {
    var training = self
    training.weighting = weighting ?? head.weighting
    let windows = max(64_000, 40 * panel.seriesCount)
    let batch =
      batchSize ?? Self.batchSizes.first { windows / $0 <= 2_500 } ?? Self.batchSizes.last!
    training.batchSize = batch
    training.stepsPerEpoch = stepsPerEpoch ?? max(1, windows / (batch * epochs))
    return training
  }

  /// Returns the seed of a network of an ensemble. The first one has the seed of the configuration.
  func seed(ofMember place: Int) -> UInt64 {
    // Ensembles of seeds 0, 1, 2, … have no member in common.
    seed &+ UInt64(place) &* 0x9E37_79B9_7F4A_7C15
  }

  /// The maximum number of networks that a time limit adds up to. More hardly change their mean.
  public static let largestEnsemble = 20

  /// The batch sizes to choose from. Larger batches take fewer steps in the same time.
  private static let batchSizes = [64, 128, 256, 512]

  /// A description of a number that is out of range, or nil.
  var fault: String? {
    let counts = [
      ("epochs", epochs), ("stepsPerEpoch", stepsPerEpoch ?? 1), ("batchSize", batchSize ?? 1),
      ("ensembleSize", ensembleSize),
    ]
    if let (name, count) = counts.first(where: { !(1...1 << 20).contains($0.1) }) {
      return "\(name) is \(count)"
    }
    if let timeLimit, timeLimit <= .zero { return "timeLimit is \(timeLimit)" }
    return learningRate > 0 && learningRate.isFinite ? nil : "learningRate is \(learningRate)"
  }
}

extension NetworkTraining {
  /// Returns a trainer of a network, whose learning rate decays to 0. All numbers that may be nil
  /// have been chosen.
  func trainer<Network: ForecastNetwork>(
    of network: EmbeddedNetwork<Network>, windowCount: Int, progress: TrainingProgress,
    stopsOnInterrupt: Bool
  ) -> Trainer<EmbeddedNetwork<Network>, Adam<Float>> {
    // The rate also decays to 0 if there are fewer windows.
    let batchCount = (windowCount + batchSize! - 1) / batchSize!
    let stepsPerEpoch = min(stepsPerEpoch!, batchCount)
    return Trainer(
      model: network, optimizer: Adam(learningRate: learningRate),
      options: TrainingOptions(
        epochs: epochs, batchSize: batchSize!, stepsPerEpoch: stepsPerEpoch, timeLimit: timeLimit,
        gradientClipping: .norm(1), schedule: CosineAnnealing(stepCount: epochs * stepsPerEpoch),
        seed: seed, progress: progress, stopsOnInterrupt: stopsOnInterrupt))
  }
}

extension NetworkTraining: Codable {
  private enum Key: CodingKey {
    case epochs, stepsPerEpoch, batchSize, learningRate, weighting, stockOuts, ensembleSize
    case timeLimit, seed
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    epochs = try container.decode(Int.self, forKey: .epochs)
    stepsPerEpoch = try container.decodeIfPresent(Int.self, forKey: .stepsPerEpoch)
    batchSize = try container.decodeIfPresent(Int.self, forKey: .batchSize)
    learningRate = try container.decode(Double.self, forKey: .learningRate)
    // Networks were trained with equal weights before there was a choice.
    weighting =
      try container.decodeIfPresent(WindowWeighting.self, forKey: .weighting) ?? .equal
    // Stock-outs were masked before there was a choice.
    stockOuts =
      try container.decodeIfPresent(StockOutTreatment.self, forKey: .stockOuts) ?? .masked
    ensembleSize = try container.decodeIfPresent(Int.self, forKey: .ensembleSize) ?? 1
    timeLimit = try container.decodeIfPresent(Duration.self, forKey: .timeLimit)
    seed = try container.decode(UInt64.self, forKey: .seed)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(epochs, forKey: .epochs)
    try container.encodeIfPresent(stepsPerEpoch, forKey: .stepsPerEpoch)
    try container.encodeIfPresent(batchSize, forKey: .batchSize)
    try container.encode(learningRate, forKey: .learningRate)
    try container.encodeIfPresent(weighting, forKey: .weighting)
    if stockOuts != .masked { try container.encode(stockOuts, forKey: .stockOuts) }
    if ensembleSize != 1 { try container.encode(ensembleSize, forKey: .ensembleSize) }
    try container.encodeIfPresent(timeLimit, forKey: .timeLimit)
    try container.encode(seed, forKey: .seed)
  }
}
