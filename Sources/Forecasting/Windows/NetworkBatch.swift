import NeuralNetwork

/// Windows of several series, encoded by an ``InputEncoding``.
public struct NetworkBatch: Sendable {
  /// The input of the network.
  public let inputs: NetworkInputs
  /// The values that its outputs are compared with.
  public let targets: WindowTargets
  /// The units sold at stock-outs as lower bounds of the values, whose mask is 1 at stock-outs, or nil
  /// if they are masked or there are none.
  public let bounds: WindowTargets?

  /// Creates a batch from its parts.
  package init(inputs: NetworkInputs, targets: WindowTargets, bounds: WindowTargets? = nil) {
    self.inputs = inputs
    self.targets = targets
    self.bounds = bounds
  }
}

/// The input of a network: B windows of T past steps and K future steps.
public struct NetworkInputs: Sendable {
  /// The channels of each past step, [B, T, C]. The first one is the target, and the second one its
  /// mask.
  public var history: Tensor<Float>
  /// The channels of each future step, [B, K, C′].
  public var future: Tensor<Float>
  /// The numeric channels of each series, [B, S].
  public var statics: Tensor<Float>
  /// The categories, which are replaced by vectors of channels before a network sees them.
  public var categories: InputCategories

  /// Creates an input with the documented shapes.
  public init(
    history: Tensor<Float>, future: Tensor<Float>, statics: Tensor<Float>,
    categories: InputCategories = InputCategories()
  ) {
    self.history = history
    self.future = future
    self.statics = statics
    self.categories = categories
  }
}

/// The categories of B windows, as codes in the vocabularies of an ``InputEncoding``.
public struct InputCategories: Sendable {
  /// The categories at each past step, [B, T] for each column.
  public var history: [IndexTensor] = []
  /// The categories at each future step, [B, K] for each column.
  public var future: [IndexTensor] = []
  /// The category of each series, [B] for each column.
  public var statics: [IndexTensor] = []

  /// Creates an input without categories.
  public init() {}

  /// Creates categories with the documented shapes.
  package init(history: [IndexTensor], future: [IndexTensor], statics: [IndexTensor]) {
    self.history = history
    self.future = future
    self.statics = statics
  }
}

extension NetworkInputs {
  /// The channels of each future step, followed by those of the series, [B, K, C′ + S].
  public var futureWithStatics: Tensor<Float> { followedByStatics(future) }

  /// The channels of each past step without the target, followed by those of the series,
  /// [B, T, C − 1 + S].
  public var pastWithStatics: Tensor<Float> { followedByStatics(pastWithoutTarget) }

  /// Returns the channels of steps, [B, T, C], followed by those of the series.
  private func followedByStatics(_ channels: Tensor<Float>) -> Tensor<Float> {
    let width = statics.shape[1]
    guard width > 0 else { return channels }
    let repeated = statics.expandingShape(at: 1)
      .broadcast(to: [channels.shape[0], channels.shape[1], width])
    return .concatenated([channels, repeated], axis: 2)
  }

  /// The target at each past step, in units of its window and compressed, [B, T].
  public var pastTarget: Tensor<Float> { history.slice(axis: 2, 0..<1).squeezingShape(at: 2) }

  /// The mask of ``pastTarget``, which is 1 where a value is observed, else 0, [B, T].
  public var pastMask: Tensor<Float> { history.slice(axis: 2, 1..<2).squeezingShape(at: 2) }

  /// The target at each past step, in units of its window and compressed, and its mask, [B, T, 2].
  public var pastTargetWithMask: Tensor<Float> { history.slice(axis: 2, 0..<2) }

  /// The channels of each past step without the target, [B, T, C − 1].
  public var pastWithoutTarget: Tensor<Float> { history.slice(axis: 2, 1..<history.shape[2]) }

  /// Returns the values of each window followed by the channels of its series, [B, H] → [B, H + S].
  public func withStatics(_ values: Tensor<Float>) -> Tensor<Float> {
    statics.shape[1] > 0 ? .concatenated([values, statics], axis: 1) : values
  }
}

/// The targets of B windows of K future steps, as differences from each window's level, in units of
/// its scale.
public struct WindowTargets: Sendable {
  /// The observed values, [B, K], or 0 where masked.
  public internal(set) var values: Tensor<Float>
  /// The mask, [B, K], which is 1 where a value is observed, else 0.
  public let mask: Tensor<Float>
  /// The weight of each value in the loss, 0 where it is masked, [B, K].
  public let weights: Tensor<Float>
  /// The forecast of a network whose outputs are 0, [B, K].
  public let profile: Tensor<Float>
  /// The scales by which the differences were divided, [B, 1].
  public let scales: Tensor<Float>
  /// The levels that were subtracted, [B, 1].
  public let levels: Tensor<Float>

  /// Creates targets with the documented shapes.
  ///
  /// - Parameters:
  ///   - levels: The levels that were subtracted, [B, 1], or nil for levels of 0.
  ///   - windowWeights: The weight of each window in the loss, [B, 1], or nil for equal weights.
  public init(
    values: Tensor<Float>, mask: Tensor<Float>, profile: Tensor<Float>, scales: Tensor<Float>,
    levels: Tensor<Float>? = nil, windowWeights: Tensor<Float>? = nil
  ) {
    self.values = values
    self.mask = mask
    self.profile = profile
    self.scales = scales
    self.levels = levels ?? .zeros(scales.shape)
    weights = windowWeights.map { mask * $0 } ?? mask
  }
}
