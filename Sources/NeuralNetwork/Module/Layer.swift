/// A module that maps a tensor to a tensor.
public protocol Layer<Scalar>: Module {
  /// The layer's output.
  ///
  /// - Parameters:
  ///   - input: The input, in the shape that the layer documents.
  ///   - pass: Whether this is a training pass, and its random numbers.
  func forward(_ input: Tensor<Scalar>, _ pass: inout ForwardPass) -> Tensor<Scalar>
}

extension Layer {
  /// The layer's output at inference, when dropout does nothing.
  public func callAsFunction(_ input: Tensor<Scalar>) -> Tensor<Scalar> {
    var pass = ForwardPass.inference
    return forward(input, &pass)
  }

  /// The layer's output in training, with the random numbers that dropout takes.
  public func callAsFunction(
    _ input: Tensor<Scalar>, training generator: inout Xoshiro256
  ) -> Tensor<Scalar> {
    var pass = ForwardPass.training(generator)
    defer { generator = pass.generator }
    return forward(input, &pass)
  }
}

/// What distinguishes training from inference: whether dropout is at work, and its random numbers.
public struct ForwardPass: Sendable {
  /// Whether layers such as ``Dropout`` are at work.
  public let isTraining: Bool
  /// Where layers take their random numbers from, in training.
  public var generator: Xoshiro256

  /// A pass without dropout.
  public static let inference = ForwardPass(isTraining: false, generator: Xoshiro256(seed: 0))

  /// A training pass.
  public static func training(_ generator: Xoshiro256) -> ForwardPass {
    ForwardPass(isTraining: true, generator: generator)
  }
}
