/// A layer that adds its input to the output of another layer: y = x + f(x) (He et al. 2016).
///
/// Names in weight files are those of the layer itself.
///
/// ```swift
/// var generator = Xoshiro256(seed: 42)
/// let block = Residual(
///   Sequential<Float>(
///     LayerNorm(size: 8),
///     Dense(inputSize: 8, outputSize: 32, activation: .relu, using: &generator),
///     Dense(inputSize: 32, outputSize: 8, using: &generator)))
/// let y = block(x)      // [..., 8] → [..., 8]
/// ```
public struct Residual<Base: Layer>: Layer {
  /// The layer f.
  public var base: Base

  /// Creates a layer that adds its input to the output of another one.
  public init(_ base: Base) { self.base = base }

  public mutating func visitParameters(_ visit: ParameterVisitor<Base.Scalar>) {
    base.visitParameters(visit)
  }

  /// Returns x + f(x), in the shape of x.
  ///
  /// Stops the program if the output of f has another shape.
  public func forward(
    _ input: Tensor<Base.Scalar>, _ pass: inout ForwardPass
  ) -> Tensor<Base.Scalar> {
    let output = base.forward(input, &pass)
    guard output.shape == input.shape else {
      fatalError(
        "Residual: expected an output of shape \(input.shape), but \(base) returned shape "
          + "\(output.shape)")
    }
    return input + output
  }
}

extension Residual: CustomStringConvertible {
  public var description: String { "Residual(\(base))" }
}
