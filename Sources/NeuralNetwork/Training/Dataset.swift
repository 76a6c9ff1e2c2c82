/// A collection of examples from which a ``Trainer`` draws batches.
public protocol Dataset<Batch>: Sendable {
  /// The type of a batch, which the loss takes: several examples at once.
  associatedtype Batch: Sendable

  /// The number of examples.
  var count: Int { get }

  /// Returns the examples at the given indices, in their order. The indices are in `0..<count`.
  func batch(_ numbers: ArraySlice<Int>) -> Batch
}

extension Dataset {
  /// Returns the examples at the given indices, in their order: the first 32 for `0..<32`.
  public func batch(_ numbers: some Sequence<Int>) -> Batch { batch(ArraySlice(numbers)) }
}

/// A dataset of two tensors, with a row of inputs and a row of targets for each example.
public struct TensorDataset<Scalar: TensorScalar>: Dataset {
  /// Several examples.
  public struct Batch: Sendable {
    /// The rows of inputs, [B, …].
    public let inputs: Tensor<Scalar>
    /// The rows of targets, [B, …].
    public let targets: Tensor<Scalar>
  }

  /// The inputs of all examples, [N, …].
  public let inputs: Tensor<Scalar>
  /// The targets of all examples, [N, …].
  public let targets: Tensor<Scalar>

  /// Creates a dataset from its tensors.
  ///
  /// Stops the program if the number of inputs differs from the number of targets.
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

  /// Returns the examples in two parts: the last `share` of them, and the rest.
  ///
  /// The examples are not shuffled. If they are in order of time, the part that is held out is the
  /// later one. Stops the program if the share is outside of 0...1.
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

  /// Returns the examples in a random order.
  public func shuffled(using generator: inout some RandomNumberGenerator) -> TensorDataset {
    let order = (0..<count).shuffled(using: &generator)
    return TensorDataset(inputs: inputs.gathered(at: order), targets: targets.gathered(at: order))
  }
}
