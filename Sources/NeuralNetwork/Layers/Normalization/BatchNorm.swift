/// A layer that normalizes each column to mean 0 and variance 1 over the rows of the batch (Ioffe &
/// Szegedy 2015).
///
///     y = (x − mean) / √(variance + ε) ∘ w + b
///
/// In training, mean and variance are those of the batch. At inference they are running averages of
/// those of the training batches. Parameters and buffers have the names and layouts of PyTorch's
/// `nn.BatchNorm1d` and `nn.BatchNorm2d`: `weight`, `bias`, `running_mean`, and `running_var` [C],
/// and `num_batches_tracked` []. As in the other layers, channels are the last axis.
///
/// ```swift
/// var layer = BatchNorm<Float>(size: 8)
/// var generator = Xoshiro256(seed: 42)
/// let (loss, gradients) = valueWithGradient(at: layer) { layer in
///   meanSquaredError(layer(x, training: &generator), target)
/// }
/// optimizer.update(&layer, along: gradients)   // also updates the running averages
/// let y = layer(x)                             // uses them
/// ```
///
/// The running averages change with the parameters in the optimizer's update, also in a ``Frozen``
/// layer. A pass in training mode that is not part of ``valueWithGradient(at:in:)`` does not change
/// them. If a layer is applied several times in one step, the changes are added. Processes that
/// exchange gradients each keep the running averages of their own batches.
public struct BatchNorm<Scalar: TensorScalar>: Layer {
  /// The scale of each column, w, [C]; nil for a layer without parameters.
  public var weight: Tensor<Scalar>?
  /// The shift of each column, b, [C]; nil for a layer without parameters.
  public var bias: Tensor<Scalar>?
  /// The running average of the mean of each column, [C].
  public var runningMean: Tensor<Scalar>
  /// The running average of the unbiased variance of each column, [C].
  public var runningVariance: Tensor<Scalar>
  /// The number of training batches so far, a scalar.
  public var batchCount: Tensor<Scalar>
  /// ε, which is added to the variance, so that equal numbers become 0.
  public let epsilon: Double
  /// The share by which a batch's statistics replace the running averages; nil for the average over
  /// all batches.
  public let momentum: Double?

  /// Creates a layer with scales of 1 and shifts of 0.
  ///
  /// Stops the program unless the size and ε are positive and the momentum is within 0...1.
  ///
  /// - Parameters:
  ///   - size: C, the number of columns.
  ///   - epsilon: ε, which is added to the variance.
  ///   - momentum: The share by which a batch's statistics replace the running averages; nil for the
  ///     average over all batches.
  ///   - hasParameters: A Boolean value that indicates whether the layer has scales and shifts.
  public init(
    size: Int, epsilon: Double = 1e-5, momentum: Double? = 0.1, hasParameters: Bool = true
  ) {
    guard size > 0, epsilon > 0, (0...1).contains(momentum ?? 0) else {
      let share = momentum.map { "\($0)" } ?? "nil"
      fatalError(
        "BatchNorm: expected a positive size and epsilon and a momentum within 0...1, but got "
          + "\(size), \(epsilon), and \(share)")
    }
    weight = hasParameters ? .ones([size]) : nil
    bias = hasParameters ? .zeros([size]) : nil
    runningMean = .zeros([size])
    runningVariance = .ones([size])
    batchCount = Tensor(0)
    self.epsilon = epsilon
    self.momentum = momentum
  }

  /// C, the number of columns.
  public var size: Int { runningMean.shape[0] }

  @specialized(where Scalar == Float)
  public mutating func visitParameters(_ visit: ParameterVisitor<Scalar>) {
    visit("weight", &weight)
    visit("bias", &bias)
    visit.statistic("running_mean", &runningMean)
    visit.statistic("running_var", &runningVariance)
    visit.statistic("num_batches_tracked", &batchCount)
  }

  /// Returns the normalized columns: [..., C] → [..., C].
  ///
  /// Stops the program if the shape does not fit, or if a batch has fewer than two rows in training,
  /// where the variance is unknown.
  @specialized(where Scalar == Float)
  public func forward(_ input: Tensor<Scalar>, _ pass: inout ForwardPass) -> Tensor<Scalar> {
    guard input.rank >= 2, input.shape[-1] == size else {
      fatalError("\(self): expected an input [..., \(size)], but got shape \(input.shape)")
    }
    let columns = NormalizedColumns(
      input: input.detached, weight: weight?.detached ?? .ones([size]),
      bias: bias?.detached ?? .zeros([size]), epsilon: epsilon)
    guard pass.isTraining else {
      let moments = ColumnMoments(
        mean: runningMean.detached, variance: runningVariance.detached, epsilon: epsilon)
      return recorded(columns, moments, from: input)
    }
    guard input.shape.rowCount > 1 else {
      fatalError(
        "\(self): a batch needs at least two rows in training, but its shape is \(input.shape)")
    }
    return recorded(columns, columns.moments(), from: input, isTraining: true)
  }

  /// Returns the normalized columns with their derivative.
  private func recorded(
    _ columns: NormalizedColumns<Scalar>, _ moments: ColumnMoments<Scalar>,
    from input: Tensor<Scalar>, isTraining: Bool = false
  ) -> Tensor<Scalar> {
    let output = columns.normalized(by: moments)
    // Behind the operands, the statistics, which change in training only.
    var sources = [input.gradientSource, weight?.gradientSource, bias?.gradientSource]
    if isTraining {
      sources += [runningMean, runningVariance, batchCount].map(\.gradientSource)
    }
    guard sources.contains(where: { $0 != nil }) else { return output }
    let changes = isTraining ? self.changes(by: moments, rows: input.shape.rowCount) : []
    return output.recorded(from: sources) { received, pass in
      for (index, change) in changes.enumerated() { pass.add(change: change, toInput: 3 + index) }
      guard !pass.isDifferentiated(received) else {
        return columns.pullBackDifferentiably(
          received.first!, isTraining ? nil : moments, into: &pass)
      }
      guard (0..<3).contains(where: { pass.wantsGradient(ofInput: $0) }) else { return }
      let gradients = columns.gradients(of: received.first!, moments, isTraining: isTraining)
      for (index, gradient) in gradients.enumerated() { pass.add(gradient, toInput: index) }
    }
  }

  /// Returns the changes of the running mean, the running variance, and the number of batches.
  private func changes(by moments: ColumnMoments<Scalar>, rows: Int) -> [Tensor<Scalar>] {
    let share = momentum.map { Scalar($0) } ?? 1 / (batchCount.scalar + 1)
    let unbiased = moments.variance * (Scalar(rows) / Scalar(rows - 1))
    return [
      (moments.mean - runningMean.detached) * share,
      (unbiased - runningVariance.detached) * share, Tensor(1),
    ]
  }
}

extension BatchNorm: CustomStringConvertible {
  public var description: String { "BatchNorm(\(size))" }
}
