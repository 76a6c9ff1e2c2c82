import Tensor

/// A trainer of factorization machines by mini-batches.
///
/// ```swift
/// var trainer = FactorizationTrainer(.logistic, rank: 8)
/// trainer.optimizer = .adaGrad(learningRate: 0.1)
/// trainer.patience = 3
/// var generator = Xoshiro256(seed: 1)
/// let fit = try trainer.fit(training, validation: validation, using: &generator)
/// let probabilities = fit.model.predictions(for: test.rows)      // [N]
/// ```
///
/// A step minimizes the mean over the batch of weight · (loss + λ_w/2 Σ wⱼ² + λ_v/2 Σ ‖vⱼ‖²), where
/// the sums run over the columns of each row, as in libFM and LIBFFM. Results are the same at every
/// number of threads.
public struct FactorizationTrainer: Sendable {
  /// The loss, and so the task: regression or classification.
  public var loss: FactorizationLoss
  /// The rank K, the number of factors of a feature. With a rank of 0, the model is a linear or
  /// logistic regression.
  public var rank: Int
  /// A Boolean value that indicates whether a feature has factors for each field of the other one
  /// (Juan et al. 2016).
  public var isFieldAware = false
  /// The optimizer.
  public var optimizer = FactorizationOptimizer.adaGrad(learningRate: 0.1)
  /// The L2 regularization of the linear weights, λ_w.
  public var linearRegularization = 0.0
  /// The L2 regularization of the factors, λ_v.
  public var factorRegularization = 1e-4
  /// The number of rows of a step. With 1, training is the stochastic gradient descent of libFM.
  public var batchSize = 256
  /// The maximum number of epochs.
  public var epochs = 20
  /// The number of epochs without a lower validation loss after which training stops. It has no
  /// effect without a validation set.
  public var patience = 3
  /// The standard deviation of the initial factors.
  public var initialDeviation = 0.1
  /// A closure that is called after each epoch.
  public var progress: (@Sendable (FactorizationFit.Epoch) -> Void)?

  /// Creates a trainer with default settings. Stops the program if the rank is below 0.
  public init(_ loss: FactorizationLoss, rank: Int = 8) {
    guard rank >= 0 else {
      fatalError("FactorizationTrainer: expected a rank of at least 0, got \(rank)")
    }
    self.loss = loss
    self.rank = rank
  }

  /// Trains a model.
  ///
  /// The factors begin with normal random numbers, the linear weights with 0, and the bias with the
  /// best constant prediction. Columns that no training row has keep parameters of 0, so that an
  /// unknown feature does not change a prediction. With a validation set, the result is the model of
  /// the epoch with the lowest validation loss.
  ///
  /// - Parameters:
  ///   - training: The training rows.
  ///   - validation: The validation rows, with the same columns and fields.
  ///   - start: A model to continue from, in place of random factors. Stops the program if its shape
  ///     is another one.
  ///   - generator: The generator of the initial factors and of the order of the rows.
  /// - Throws: A ``FactorizationError`` if the rows cannot be trained on, or if the loss is no longer
  ///   finite.
  public func fit(
    _ training: LabeledRows, validation: LabeledRows? = nil,
    from start: FactorizationMachine? = nil,
    using generator: inout some RandomNumberGenerator
  ) throws(FactorizationError) -> FactorizationFit {
    checkSettings()
    try check(training, needsBothClasses: true)
    if let validation {
      try check(validation, needsBothClasses: false)
      let sizes = [training, validation].map {
        $0.rows.columnCount == training.rows.columnCount ? $0.rows.fieldCount : $0.rows.columnCount
      }
      guard validation.rows.columnCount == training.rows.columnCount, sizes[0] == sizes[1] else {
        throw .otherColumns(
          training: validation.rows.columnCount == training.rows.columnCount
            ? sizes[0] : training.rows.columnCount, validation: sizes[1])
      }
    }
    let initial = start ?? initialModel(training, using: &generator)
    checkShape(initial, training.rows)
    return try run(initial, training, validation, using: &generator)
  }

  private func run(
    _ initial: FactorizationMachine, _ training: LabeledRows, _ validation: LabeledRows?,
    using generator: inout some RandomNumberGenerator
  ) throws(FactorizationError) -> FactorizationFit {
    let parameters = PackedParameters(
      initial, stateCount: optimizer.stateCount, initialState: optimizer.initialState)
    var step = BatchStep(self, training, parameters)
    var order = Array(0..<training.count)
    let totalWeight = training.weights.map { $0.reduce(0.0) { $0 + Double($1) } }
    var fit = FactorizationFit(model: initial, epochs: [], bestEpoch: 0)
    var lowest = Double.infinity
    for number in 1...epochs {
      order.shuffle(using: &generator)
      let sum = training.rows.withView { rows in
        stride(from: 0, to: order.count, by: batchSize).reduce(0.0) { sum, first in
          sum + step(order[first..<min(order.count, first + batchSize)], rows)
        }
      }
      let mean = sum / (totalWeight ?? Double(training.count))
      guard mean.isFinite else {
        throw .diverged(epoch: number, learningRate: optimizer.learningRate)
      }
      let model = parameters.model(like: initial)
      let epoch = FactorizationFit.Epoch(
        number: number, trainingLoss: mean, validationLoss: validation.map(model.meanLoss))
      guard epoch.validationLoss?.isFinite ?? true else {
        throw .diverged(epoch: number, learningRate: optimizer.learningRate)
      }
      fit.epochs.append(epoch)
      progress?(epoch)
      if let loss = epoch.validationLoss, loss >= lowest {
        if number - fit.bestEpoch >= patience { break }
      } else {
        lowest = epoch.validationLoss ?? lowest
        (fit.model, fit.bestEpoch) = (model, number)
      }
    }
    return fit
  }

  /// Returns the model that training begins with.
  private func initialModel(
    _ training: LabeledRows, using generator: inout some RandomNumberGenerator
  ) -> FactorizationMachine {
    let (columns, fields) = (training.rows.columnCount, training.rows.fieldCount)
    let shape: Shape = isFieldAware ? [columns, fields, rank] : [columns, rank]
    var factors = Tensor<Float>.normal(
      shape, standardDeviation: Float(initialDeviation), using: &generator)
    let known = Set(training.rows.columns)
    let width = shape.elementCount / max(1, columns)
    if known.count < columns, width > 0 {
      factors.withUnsafeMutableBufferPointer { elements in
        for column in 0..<columns where !known.contains(Int32(column)) {
          for index in column * width..<(column + 1) * width { elements[index] = 0 }
        }
      }
    }
    return FactorizationMachine(
      loss: loss, bias: Float(loss.bestConstant(training)), linear: .zeros([columns]),
      factors: factors)
  }

  private func checkSettings() {
    let numbers = [linearRegularization, factorRegularization, initialDeviation]
    guard batchSize >= 1, epochs >= 1, patience >= 1, optimizer.learningRate > 0,
      numbers.allSatisfy({ $0 >= 0 && $0.isFinite })
    else {
      fatalError(
        "FactorizationTrainer: expected positive sizes, epochs, patience, and learning rate, and "
          + "regularization of at least 0, got \(self)")
    }
  }

  private func checkShape(_ model: FactorizationMachine, _ rows: SparseRows) {
    let expected: Shape =
      isFieldAware ? [rows.columnCount, rows.fieldCount, rank] : [rows.columnCount, rank]
    guard model.factors.shape == expected, model.loss == loss else {
      fatalError(
        "FactorizationTrainer: expected a model with the loss \(loss) and factors of shape \(expected), "
          + "got \(model.loss) and \(model.factors.shape)")
    }
  }

  private func check(
    _ data: LabeledRows, needsBothClasses: Bool
  ) throws(FactorizationError) {
    guard data.count > 0 else { throw .noRows }
    for (row, label) in data.labels.enumerated() where !label.isFinite {
      throw .labelNotFinite(row: row)
    }
    for (row, weight) in (data.weights ?? []).enumerated() where !(weight >= 0 && weight.isFinite) {
      throw .invalidWeight(row: row, value: weight)
    }
    guard loss == .logistic else { return }
    var negative: Float?
    for (row, label) in data.labels.enumerated() where label != 1 {
      guard label == 0 || label == -1, label == negative ?? label else {
        throw .labelNotOfClass(row: row, value: label)
      }
      negative = label
    }
    guard needsBothClasses else { return }
    guard let negative else { throw .singleClass(1) }
    guard data.labels.contains(1) else { throw .singleClass(negative) }
  }
}

extension FactorizationLoss {
  /// Returns the constant score with the lowest weighted loss.
  fileprivate func bestConstant(_ data: LabeledRows) -> Double {
    let labels = self == .logistic ? data.classes : data.labels
    var (sum, total) = (0.0, 0.0)
    for (row, label) in labels.enumerated() {
      let weight = Double(data.weights?[row] ?? 1)
      sum += weight * Double(label)
      total += weight
    }
    guard total > 0 else { return 0 }
    let mean = sum / total
    guard self == .logistic else { return mean }
    return mean > 0 && mean < 1 ? logOdds(mean) : 0
  }
}
