/// Where a run stands, beside the weights and the optimizer's state: what a checkpoint saves of it.
struct TrainingState: Sendable, Codable {
  /// Complete epochs.
  private(set) var epoch = 0
  /// Complete steps of the present epoch.
  private(set) var step = 0
  /// Complete steps since the beginning.
  private(set) var totalSteps = 0
  /// Where dropout comes from.
  var generator: Xoshiro256
  /// The learning rate that a schedule starts from; nil before the first step.
  var baseLearningRate: Double?
  private(set) var records: [EpochRecord] = []
  private(set) var bestEpoch: Int?
  private(set) var epochsSinceBest = 0
  private var bestLoss: Double?
  private var lossSum = 0.0
  private var exampleCount = 0

  init(generator: Xoshiro256) { self.generator = generator }

  /// The mean training loss of the present epoch so far.
  var meanLoss: Double { lossSum / Double(max(exampleCount, 1)) }

  /// A step is done.
  mutating func add(loss: Double, examples: Int) {
    lossSum += loss * Double(examples)
    exampleCount += examples
    step += 1
    totalSteps += 1
  }

  /// An epoch is done.
  mutating func closeEpoch(
    validationLoss: Double?, learningRate: Double, minimumImprovement: Double
  ) -> EpochRecord {
    epoch += 1
    let record = EpochRecord(
      epoch: epoch, loss: meanLoss, validationLoss: validationLoss, learningRate: learningRate)
    records.append(record)
    step = 0
    lossSum = 0
    exampleCount = 0
    if let validationLoss { judge(validationLoss, minimumImprovement) }
    return record
  }

  private mutating func judge(_ loss: Double, _ minimumImprovement: Double) {
    if let bestLoss, !(loss < bestLoss - minimumImprovement) {
      epochsSinceBest += 1
    } else {
      bestLoss = loss
      bestEpoch = epoch
      epochsSinceBest = 0
    }
  }
}
