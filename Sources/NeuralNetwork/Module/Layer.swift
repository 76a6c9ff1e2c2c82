/// A module that maps a tensor to a tensor.
public protocol Layer<Scalar>: Module {
  /// Returns the layer's output.
  ///
  /// - Parameters:
  ///   - input: The input, in the shape that the layer documents.
  ///   - pass: The kind of pass, training or inference, and its random numbers.
  func forward(_ input: Tensor<Scalar>, _ pass: inout ForwardPass) -> Tensor<Scalar>
}

extension Layer {
  /// Returns the layer's output at inference, without dropout.
  public func callAsFunction(_ input: Tensor<Scalar>) -> Tensor<Scalar> {
    var pass = ForwardPass.inference
    return forward(input, &pass)
  }

  /// Returns the layer's output in training, with a generator of random numbers for dropout.
  public func callAsFunction(
    _ input: Tensor<Scalar>, training generator: inout Xoshiro256
  ) -> Tensor<Scalar> {
    var pass = ForwardPass.training(generator)
    defer { generator = pass.generator }
    return forward(input, &pass)
  }
}

/// The kind of a forward pass, training or inference, and its random numbers.
public struct ForwardPass: Sendable {
  /// A Boolean value that indicates whether layers such as ``Dropout`` are active.
  public let isTraining: Bool
  /// The source of random numbers in training.
  public var generator: Xoshiro256

  /// A forward pass for inference, without dropout.
  public static let inference = ForwardPass(isTraining: false, generator: Xoshiro256(seed: 0))

  /// Creates a forward pass for training.
  public static func training(_ generator: Xoshiro256) -> ForwardPass {
    ForwardPass(isTraining: true, generator: generator)
  }
}
