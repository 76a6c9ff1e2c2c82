/// What an ``LSTMForecaster`` is made of and how it is trained.
public struct LSTMForecasterConfiguration: Sendable, Codable, Equatable {
  /// K, the most steps that can be forecast.
  public var horizon: Int
  /// T, the steps of history that a window shows.
  public var inputLength: Int
  /// The steps after which the season repeats: 7 for daily data with a weekly season.
  public var seasonLength: Int
  /// H, the units of each LSTM layer.
  public var hiddenSize: Int
  /// The layers of the encoder, and of a recurrent decoder.
  public var layerCount: Int
  /// What makes the forecasts of the steps to come from the encoder's state.
  public var decoder: Decoder
  /// What share of the elements is dropped between layers.
  public var dropout: Double
  /// Rounds of training, after each of which progress is shown.
  public var epochs: Int
  /// Batches a round.
  public var stepsPerEpoch: Int
  /// Windows a batch.
  public var batchSize: Int
  /// Where Adam's learning rate begins; it falls to 0 along a cosine.
  public var learningRate: Double
  /// Where the Huber loss turns from squares to absolute values, in units of a window's scale.
  ///
  /// Towards 0 forecasts are medians, best in MAE and MASE; but sales are skewed, and the sum of many
  /// medians is far below the median of the sum. Upwards they are means, whose sums are right, and
  /// which single large orders can throw off. On the example data 1 costs 1 to 6 % of MASE against
  /// 0, and halves the bias.
  public var huberDelta: Double
  /// Where random weights and the order of windows come from.
  public var seed: UInt64

  /// - Parameters: as the properties of the same names; `inputLength` is twice the horizon if not
  ///   given, and at least eight seasons.
  public init(
    horizon: Int, inputLength: Int? = nil, seasonLength: Int = 7, hiddenSize: Int = 64,
    layerCount: Int = 1, decoder: Decoder = .direct, dropout: Double = 0, epochs: Int = 20,
    stepsPerEpoch: Int = 50, batchSize: Int = 64, learningRate: Double = 0.002,
    huberDelta: Double = 1, seed: UInt64 = 0
  ) {
    self.horizon = horizon
    self.inputLength = inputLength ?? max(2 * horizon, 8 * seasonLength)
    self.seasonLength = seasonLength
    self.hiddenSize = hiddenSize
    self.layerCount = layerCount
    self.decoder = decoder
    self.dropout = dropout
    self.epochs = epochs
    self.stepsPerEpoch = stepsPerEpoch
    self.batchSize = batchSize
    self.learningRate = learningRate
    self.huberDelta = huberDelta
    self.seed = seed
  }

  /// The steps of history that a series must have to be trained on: one window and its targets.
  public var historyNeeded: Int { inputLength + horizon }

  /// Whether all sizes are in their ranges: what comes from a file may not be.
  var isValid: Bool {
    let sizes = [
      horizon, inputLength, seasonLength, hiddenSize, layerCount, epochs, stepsPerEpoch, batchSize,
    ]
    return sizes.allSatisfy { (1...Self.largestSize).contains($0) } && (0..<1).contains(dropout)
      && learningRate > 0 && huberDelta > 0
  }

  private static let largestSize = 1 << 20

  package var layout: WindowLayout {
    WindowLayout(inputLength: inputLength, horizon: horizon, seasonLength: seasonLength)
  }
}

extension LSTMForecasterConfiguration {
  /// Decodes what was encoded; before there was a choice of decoders, they were recurrent.
  public init(from decoder: any Swift.Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    func value<Value: Decodable>(_ key: CodingKeys) throws -> Value {
      try values.decode(Value.self, forKey: key)
    }
    try self.init(
      horizon: value(.horizon), inputLength: value(.inputLength) as Int,
      seasonLength: value(.seasonLength), hiddenSize: value(.hiddenSize),
      layerCount: value(.layerCount),
      decoder: values.decodeIfPresent(Decoder.self, forKey: .decoder) ?? .recurrent,
      dropout: value(.dropout), epochs: value(.epochs), stepsPerEpoch: value(.stepsPerEpoch),
      batchSize: value(.batchSize), learningRate: value(.learningRate),
      huberDelta: value(.huberDelta), seed: value(.seed))
  }
}
