/// Examples that a ``Trainer`` draws batches from.
public protocol Dataset<Batch>: Sendable {
  /// What the loss takes: several examples at once.
  associatedtype Batch: Sendable

  /// The number of examples.
  var count: Int { get }

  /// Some examples, in the order of their numbers, which are in `0..<count`.
  func batch(_ numbers: ArraySlice<Int>) -> Batch
}

extension Dataset {
  /// Some examples, such as the first 32 by `0..<32`, in the order of their numbers.
  public func batch(_ numbers: some Sequence<Int>) -> Batch { batch(ArraySlice(numbers)) }
}

/// Rows of inputs with rows of targets.
public struct TensorDataset<Scalar: TensorScalar>: Dataset {
  /// Several examples.
  public struct Batch: Sendable {
    /// [B, …]
    public let inputs: Tensor<Scalar>
    /// [B, …]
    public let targets: Tensor<Scalar>
  }

  /// [N, …]
  public let inputs: Tensor<Scalar>
  /// [N, …]
  public let targets: Tensor<Scalar>

  /// Stops the program if inputs and targets differ in number.
  public init(inputs: Tensor<Scalar>, targets: Tensor<Scalar>) {
    guard inputs.rank >= 1, targets.rank >= 1, inputs.shape[0] == targets.shape[0] else {
      fatalError(
        "TensorDataset: inputs \(inputs.shape) and targets \(targets.shape) differ in number")
    }
    self.inputs = inputs
    self.targets = targets
  }

  public var count: Int { inputs.shape[0] }

  public func batch(_ numbers: ArraySlice<Int>) -> Batch {
    let numbers = Array(numbers)
    return Batch(inputs: inputs.gathered(at: numbers), targets: targets.gathered(at: numbers))
  }

  /// The examples in two parts: the last `share` of them, and the rest.
  ///
  /// The examples are not shuffled, so that of examples in order of time the part that is held out is
  /// the later one. Stops the program if the share is outside of 0...1.
  public func holdingOut(share: Double) -> (rest: TensorDataset, heldOut: TensorDataset) {
    guard share >= 0, share <= 1 else {
      fatalError("TensorDataset.holdingOut: the share must be in 0...1, but is \(share)")
    }
    let split = count - Int((Double(count) * share).rounded())
    return (
      TensorDataset(inputs: inputs[0..<split], targets: targets[0..<split]),
      TensorDataset(inputs: inputs[split..<count], targets: targets[split..<count])
    )
  }

  /// The examples in a random order.
  public func shuffled(using generator: inout some RandomNumberGenerator) -> TensorDataset {
    let order = (0..<count).shuffled(using: &generator)
    return TensorDataset(inputs: inputs.gathered(at: order), targets: targets.gathered(at: order))
  }
}
