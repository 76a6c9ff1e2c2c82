/// How a network forecaster is trained.
public struct NetworkTraining: Hashable, Sendable, Codable {
  /// The rounds of training, after each of which progress is shown.
  public var epochs: Int
  /// The most batches of a round.
  public var stepsPerEpoch: Int
  /// The windows of a batch.
  public var batchSize: Int
  /// The learning rate that Adam starts with; it falls to 0 along a cosine.
  public var learningRate: Double
  /// The seed of the random weights and of the order of windows.
  public var seed: UInt64

  /// Creates a description of a training.
  public init(
    epochs: Int = 20, stepsPerEpoch: Int = 50, batchSize: Int = 64, learningRate: Double = 0.002,
    seed: UInt64 = 0
  ) {
    self.epochs = epochs
    self.stepsPerEpoch = stepsPerEpoch
    self.batchSize = batchSize
    self.learningRate = learningRate
    self.seed = seed
  }

  /// A description of the number that is out of its range, or nil.
  var fault: String? {
    let counts = [
      ("epochs", epochs), ("stepsPerEpoch", stepsPerEpoch), ("batchSize", batchSize),
    ]
    if let (name, count) = counts.first(where: { !(1...1 << 20).contains($0.1) }) {
      return "\(name) is \(count)"
    }
    return learningRate > 0 && learningRate.isFinite ? nil : "learningRate is \(learningRate)"
  }
}
