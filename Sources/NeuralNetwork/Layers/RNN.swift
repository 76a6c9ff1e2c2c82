/// The function of an ``RNN``.
public enum RNNNonlinearity: String, Sendable, Codable {
  case tanh, relu
}

/// A plain recurrent network (Elman 1990), of one or several stacked layers.
///
///     h ← f(W_ih x + b_ih + W_hh h + b_hh)
///
/// Parameters are those of PyTorch's `nn.RNN`, in name and layout: `weight_ih_l0` [H, D],
/// `weight_hh_l0` [H, H], `bias_ih_l0` and `bias_hh_l0` [H], and so on for each layer.
public struct RNN<Scalar: TensorScalar>: Layer {
  private var stack: RecurrentStack<Scalar>
  /// The function f.
  public let nonlinearity: RNNNonlinearity

  /// A network with random weights: Glorot's for the inputs, orthogonal for the recurrence.
  ///
  /// - Parameters:
  ///   - inputSize: D.
  ///   - hiddenSize: H.
  ///   - layerCount: L, the number of stacked layers.
  ///   - nonlinearity: f.
  ///   - returnsSequence: Whether the layer's output is all hidden states or the last one.
  ///   - dropout: What share of the elements is dropped between stacked layers, in training.
  ///   - recurrentDropout: What share of the hidden state is dropped on its way from step to step,
  ///     in training: one mask for all steps of a sequence (Gal & Ghahramani 2016).
  ///   - generator: Where the random weights come from.
  public init(
    inputSize: Int, hiddenSize: Int, layerCount: Int = 1, nonlinearity: RNNNonlinearity = .tanh,
    returnsSequence: Bool = true, dropout: Double = 0, recurrentDropout: Double = 0,
    using generator: inout Xoshiro256
  ) {
    self.nonlinearity = nonlinearity
    stack = RecurrentStack(
      name: "RNN", gateCount: 1, inputSize: inputSize, hiddenSize: hiddenSize,
      layerCount: layerCount, returnsSequence: returnsSequence, dropout: dropout,
      recurrentDropout: recurrentDropout, using: &generator)
  }

  /// The parameters, layer by layer.
  public var layers: [RecurrentParameters<Scalar>] {
    get { stack.layers }
    set { stack.layers = newValue }
  }

  /// D
  public var inputSize: Int { stack.inputSize }
  /// H
  public var hiddenSize: Int { stack.hiddenSize }
  /// Whether the layer's output is all hidden states, [B, T, H], or the last one, [B, H].
  public var returnsSequence: Bool { stack.returnsSequence }

  public mutating func visitParameters(_ visit: ParameterVisitor<Scalar>) {
    stack.visitParameters(visit)
  }

  /// All hidden states of the last layer, or the last one: [B, T, D] → [B, T, H] or [B, H].
  public func forward(_ input: Tensor<Scalar>, _ pass: inout ForwardPass) -> Tensor<Scalar> {
    let (output, hidden, _) = stack.run(
      ElmanCell(nonlinearity: nonlinearity), input, hidden: nil, cell: nil,
      wantsSequence: returnsSequence, &pass)
    return output ?? hidden[stack.layers.count - 1]
  }

  /// All hidden states of the last layer, and the state after the last step.
  ///
  /// - Parameters:
  ///   - input: [B, T, D]
  ///   - state: The initial hidden state of all layers, [L, B, H]; nil for zeros.
  ///   - pass: Whether this is a training pass, and its random numbers.
  /// - Returns: The hidden states [B, T, H], and the final state [L, B, H].
  public func forward(
    _ input: Tensor<Scalar>, state: Tensor<Scalar>?, _ pass: inout ForwardPass
  ) -> (output: Tensor<Scalar>, state: Tensor<Scalar>) {
    let (output, hidden, _) = stack.run(
      ElmanCell(nonlinearity: nonlinearity), input, hidden: state, cell: nil, wantsSequence: true,
      &pass)
    return (output!, .stacked(hidden))
  }

  /// All hidden states of the last layer and the final state, at inference.
  public func callAsFunction(
    _ input: Tensor<Scalar>, state: Tensor<Scalar>?
  ) -> (output: Tensor<Scalar>, state: Tensor<Scalar>) {
    var pass = ForwardPass.inference
    return forward(input, state: state, &pass)
  }
}

extension RNN: CustomStringConvertible {
  public var description: String { stack.description }
}
