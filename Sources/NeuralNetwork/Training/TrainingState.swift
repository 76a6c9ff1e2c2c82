/// The state of a run that a checkpoint saves, apart from the weights and the optimizer's state.
struct TrainingState: Sendable, Codable {
  /// The number of complete epochs.
  private(set) var epoch = 0
  /// The number of complete steps in the current epoch.
  private(set) var step = 0
  /// The number of complete steps since the start.
  private(set) var totalSteps = 0
  /// The source of dropout's random numbers.
  var generator: Xoshiro256
  /// The learning rate on which a schedule is based; nil before the first step.
  var baseLearningRate: Double?
  private(set) var records: [EpochRecord] = []
  private(set) var bestEpoch: Int?
  private(set) var epochsSinceBest = 0
  private var bestLoss: Double?
  private var lossSum = 0.0
  private var exampleCount = 0

  init(generator: Xoshiro256) { self.generator = generator }

  /// The mean training loss of the current epoch so far.
  var meanLoss: Double { lossSum / Double(max(exampleCount, 1)) }

  /// Records a completed step.
  mutating func add(loss: Double, examples: Int) {
    lossSum += loss * Double(examples)
    exampleCount += examples
    step += 1
    totalSteps += 1
  }

  /// Records a completed epoch and returns its record.
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
