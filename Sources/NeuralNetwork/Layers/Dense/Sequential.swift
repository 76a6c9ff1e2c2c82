/// A sequence of layers, each of which takes the output of the one before.
///
/// Parameters are named by the layers' positions, as in PyTorch's `nn.Sequential`: `0.weight`.
///
/// ```swift
/// var generator = Xoshiro256(seed: 42)
/// let network = Sequential<Float>(
///   Dense(inputSize: 2, outputSize: 64, activation: .relu, using: &generator),
///   Dropout(rate: 0.1),
///   Dense(inputSize: 64, outputSize: 1, using: &generator))
/// ```
public struct Sequential<Scalar: TensorScalar>: Layer {
  /// The layers, in order.
  public var layers: [any Layer<Scalar>]

  /// Creates a sequence of layers.
  public init(_ layers: any Layer<Scalar>...) { self.layers = layers }

  /// Creates a sequence of layers from an array.
  public init(_ layers: [any Layer<Scalar>]) { self.layers = layers }

  @specialized(where Scalar == Float)
  public mutating func visitParameters(_ visit: ParameterVisitor<Scalar>) {
    for index in layers.indices { visit(String(index), &layers[index]) }
  }

  /// Returns the last layer's output. The shapes are those of the first layer's input and the last
  /// layer's output.
  @specialized(where Scalar == Float)
  public func forward(_ input: Tensor<Scalar>, _ pass: inout ForwardPass) -> Tensor<Scalar> {
    var value = input
    // Consecutive dense layers are one operation.
    var chain = DenseChain<Scalar>()
    for layer in layers {
      if let dense = layer as? Dense<Scalar>, chain.append(dense) { continue }
      value = layer.forward(chain.forward(value), &pass)
      chain = DenseChain()
    }
    return chain.forward(value)
  }
}

extension Sequential: CustomStringConvertible {
  public var description: String {
    "Sequential(\n" + layers.map { "  \($0)\n" }.joined() + ")"
  }
}
