/// A module whose parameters do not change in training.
///
/// Names in weight files are those of the module itself. Gradients do not include frozen
/// parameters, and optimizers do not visit them. Gradients still flow through the module to the
/// layers before it.
///
/// ```swift
/// var generator = Xoshiro256(seed: 42)
/// let network = Sequential<Float>(
///   Frozen(Dense(inputSize: 3, outputSize: 8, activation: .relu, using: &generator)),
///   Dense(inputSize: 8, outputSize: 1, using: &generator))
/// print(network.parameterCount)   // 9
/// ```
public struct Frozen<Base: Module>: Module {
  /// The wrapped module.
  public var base: Base
  /// A Boolean value that indicates whether the parameters are frozen. Set it to false to train
  /// them again.
  ///
  /// An optimizer's state belongs to the parameters that it has updated, so create a new optimizer
  /// after a change.
  public var isFrozen: Bool

  /// Creates a module that wraps another one.
  public init(_ base: Base, isFrozen: Bool = true) {
    self.base = base
    self.isFrozen = isFrozen
  }

  public mutating func visitParameters(_ visit: ParameterVisitor<Base.Scalar>) {
    if isFrozen { visit.frozen(&base) } else { base.visitParameters(visit) }
  }
}

extension Frozen: Layer where Base: Layer {
  /// Returns the wrapped module's output.
  public func forward(
    _ input: Tensor<Base.Scalar>, _ pass: inout ForwardPass
  ) -> Tensor<Base.Scalar> {
    base.forward(input, &pass)
  }
}

extension Frozen: CustomStringConvertible {
  public var description: String { isFrozen ? "Frozen(\(base))" : "\(base)" }
}
