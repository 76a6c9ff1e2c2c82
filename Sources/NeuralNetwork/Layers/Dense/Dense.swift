/// A fully connected layer: y = f(x Wᵀ + b).
///
/// Parameters, as in PyTorch's `nn.Linear`: `weight` [O, D] and `bias` [O].
///
/// ```swift
/// var generator = Xoshiro256(seed: 42)
/// let layer = Dense<Float>(inputSize: 3, outputSize: 5, activation: .relu, using: &generator)
/// let y = layer(Tensor.ones([7, 3]))   // [7, 5]
/// ```
public struct Dense<Scalar: TensorScalar>: Layer {
  /// The weight, [O, D].
  public var weight: Tensor<Scalar>
  /// The bias, [O]; nil for a layer without a bias.
  public var bias: Tensor<Scalar>?
  /// The activation function f.
  public let activation: Activation

  /// Creates a layer with random weights and a bias of zeros.
  ///
  /// - Parameters:
  ///   - inputSize: D.
  ///   - outputSize: O.
  ///   - activation: The activation function f.
  ///   - initializer: The distribution of the weights. By default it is `heUniform` for ReLU and
  ///     `glorotUniform` for all other activations.
  ///   - hasBias: A Boolean value that indicates whether the layer has a bias.
  ///   - generator: The source of the random weights.
  public init(
    inputSize: Int, outputSize: Int, activation: Activation = .linear,
    initializer: Initializer? = nil, hasBias: Bool = true, using generator: inout Xoshiro256
  ) {
    let initializer = initializer ?? (activation == .relu ? .heUniform : .glorotUniform)
    weight = initializer.tensor([outputSize, inputSize], using: &generator)
    bias = hasBias ? .zeros([outputSize]) : nil
    self.activation = activation
  }

  /// Creates a layer with the given parameters.
  ///
  /// Stops the program unless `weight` has shape [O, D] and `bias` has shape [O].
  public init(weight: Tensor<Scalar>, bias: Tensor<Scalar>?, activation: Activation = .linear) {
    checkLayerParameters(of: "Dense", weight: weight, "[O, D]", rank: 2, bias: bias)
    self.weight = weight
    self.bias = bias
    self.activation = activation
  }

  /// D, the number of input features.
  public var inputSize: Int { weight.shape[1] }
  /// O, the number of outputs.
  public var outputSize: Int { weight.shape[0] }

  @specialized(where Scalar == Float)
  public mutating func visitParameters(_ visit: ParameterVisitor<Scalar>) {
    visit("weight", &weight)
    visit("bias", &bias)
  }

  /// Returns f(x Wᵀ + b): [..., D] → [..., O].
  @specialized(where Scalar == Float)
  public func forward(_ input: Tensor<Scalar>, _ pass: inout ForwardPass) -> Tensor<Scalar> {
    var chain = DenseChain<Scalar>()
    if chain.append(self) { return chain.forward(input) }
    return activation(Dense(weight: weight, bias: bias).forward(input, &pass))
  }

  /// Stops the program unless the input has D features.
  func checkInput(_ shape: Shape) {
    guard shape.rank >= 1, shape[-1] == inputSize else {
      fatalError("\(self): expected an input [..., \(inputSize)], but got shape \(shape)")
    }
  }
}

extension Dense: CustomStringConvertible {
  public var description: String {
    "Dense(\(inputSize) → \(outputSize), \(activation)\(bias == nil ? ", no bias" : ""))"
  }
}
