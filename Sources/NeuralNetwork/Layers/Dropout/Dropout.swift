/// Sets a random share of the elements to zero in training, and scales the rest so that the expected
/// value stays (Srivastava et al. 2014). At inference it does nothing.
public struct Dropout<Scalar: TensorScalar>: Layer {
  /// The probability that an element is dropped, in 0..<1.
  public let rate: Double

  /// Stops the program if the rate is outside of 0..<1.
  public init(rate: Double) {
    self.rate = checkedDropoutRate(rate, of: "Dropout")
  }

  public mutating func visitParameters(_ visit: ParameterVisitor<Scalar>) {}

  /// Any shape → the same shape.
  public func forward(_ input: Tensor<Scalar>, _ pass: inout ForwardPass) -> Tensor<Scalar> {
    guard pass.isTraining, rate > 0 else { return input }
    return input * .dropoutMask(input.shape, rate: rate, using: &pass.generator)
  }
}

extension Tensor {
  /// 0 with probability `rate`, 1 / (1 − rate) otherwise.
  static func dropoutMask(
    _ shape: Shape, rate: Double, using generator: inout Xoshiro256
  ) -> Tensor {
    bernoulli(shape, probability: 1 - rate, using: &generator) * Scalar(1 / (1 - rate))
  }
}

/// The rate, or a stop that names the layer.
func checkedDropoutRate(_ rate: Double, of layer: String) -> Double {
  guard rate >= 0, rate < 1 else {
    fatalError("\(layer): a dropout rate must be in 0..<1, but is \(rate)")
  }
  return rate
}
