import NeuralNetwork

/// Windows of several series as a network sees them, encoded by an ``InputEncoding``.
public struct NetworkBatch: Sendable {
  /// What the network looks at.
  public let inputs: NetworkInputs
  /// What its outputs are compared with.
  public let targets: WindowTargets
}

/// The input of a network: B windows of T steps of history and K steps to come.
public struct NetworkInputs: Sendable {
  /// The channels of each step of history, [B, T, C].
  public var history: Tensor<Float>
  /// The channels of each step to come, [B, K, C′].
  public var future: Tensor<Float>
  /// The numbers of each series that do not change, [B, S].
  public var statics: Tensor<Float>
  /// The categories, whose vectors become channels before a network sees them.
  public var categories: InputCategories

  /// Creates an input of the shapes that the properties document.
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

/// The categories of B windows, by their numbers in the vocabularies of an ``InputEncoding``.
public struct InputCategories: Sendable {
  /// A column each: the categories at each step of history, [B, T].
  public var history: [IndexTensor] = []
  /// A column each: the categories at each step to come, [B, K].
  public var future: [IndexTensor] = []
  /// A column each: the category of each series, [B].
  public var statics: [IndexTensor] = []

  /// Creates an input without categories.
  public init() {}

  init(history: [IndexTensor], future: [IndexTensor], statics: [IndexTensor]) {
    self.history = history
    self.future = future
    self.statics = statics
  }
}

extension NetworkInputs {
  /// The channels of each step to come, followed by the numbers of the series, [B, K, C′ + S].
  public var futureWithStatics: Tensor<Float> {
    let width = statics.shape[1]
    guard width > 0 else { return future }
    let (count, horizon) = (future.shape[0], future.shape[1])
    let repeated = statics.expandingShape(at: 1).broadcast(to: [count, horizon, width])
    return .concatenated([future, repeated], axis: 2)
  }
}

/// The targets of B windows of K steps to come, in units of each window's scale.
public struct WindowTargets: Sendable {
  /// The observed values, [B, K]; 0 where masked.
  public let values: Tensor<Float>
  /// 1 where a value is observed, else 0, [B, K].
  public let mask: Tensor<Float>
  /// The weight of each value in the loss, 0 where it is masked, [B, K].
  public let weights: Tensor<Float>
  /// The mean of the window's values at each step's place in the season, [B, K].
  public let profile: Tensor<Float>
  /// The scales that values were divided by, [B, 1].
  public let scales: Tensor<Float>

  /// Creates targets of the shapes that the properties document.
  ///
  /// - Parameter windowWeights: The weight of each window in the loss, [B, 1]; nil for equal weights.
  public init(
    values: Tensor<Float>, mask: Tensor<Float>, profile: Tensor<Float>, scales: Tensor<Float>,
    windowWeights: Tensor<Float>? = nil
  ) {
    self.values = values
    self.mask = mask
    self.profile = profile
    self.scales = scales
    weights = windowWeights.map { mask * $0 } ?? mask
  }
}
