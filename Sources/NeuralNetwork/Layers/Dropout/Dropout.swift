/// A layer that sets a random share of the elements to zero in training and scales the others so
/// that the expected value does not change (Srivastava et al. 2014). At inference it returns its
/// input.
public struct Dropout<Scalar: TensorScalar>: Layer {
  /// The probability that an element is dropped, in 0..<1.
  public let rate: Double

  /// Creates a dropout layer.
  ///
  /// Stops the program if the rate is outside of 0..<1.
  public init(rate: Double) {
    self.rate = checkedDropoutRate(rate, of: "Dropout")
  }

  public mutating func visitParameters(_ visit: ParameterVisitor<Scalar>) {}

  /// Returns the input with random elements set to zero in training, in the same shape.
  public func forward(_ input: Tensor<Scalar>, _ pass: inout ForwardPass) -> Tensor<Scalar> {
    guard pass.isTraining, rate > 0 else { return input }
    return input * .dropoutMask(input.shape, rate: rate, using: &pass.generator)
  }
}

extension Tensor {
  /// Returns a tensor of elements that are 0 with probability `rate` and 1 / (1 − rate) otherwise.
  static func dropoutMask(
    _ shape: Shape, rate: Double, using generator: inout Xoshiro256
  ) -> Tensor {
    bernoulli(shape, probability: 1 - rate, using: &generator) * Scalar(1 / (1 - rate))
  }
}

/// Returns a dropout rate, or stops the program with the layer's name if it is outside of 0..<1.
func checkedDropoutRate(_ rate: Double, of layer: String) -> Double {
  guard rate >= 0, rate < 1 else {
    fatalError("\(layer): a dropout rate must be in 0..<1, but is \(rate)")
  }
  return rate
}
