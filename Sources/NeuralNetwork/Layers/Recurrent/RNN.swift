internal import SIMDKernels

/// A simple recurrent network (Elman 1990) of one or several stacked layers.
///
///     h ← f(W_ih x + b_ih + W_hh h + b_hh)
///
/// The parameters have the names and layout of PyTorch's `nn.RNN`: `weight_ih_l0` [H, D],
/// `weight_hh_l0` [H, H], `bias_ih_l0` and `bias_hh_l0` [H], and so on for each layer.
public struct RNN<Scalar: TensorScalar>: Layer {
  private var stack: RecurrentStack<Scalar>
  /// The function f.
  public let nonlinearity: RNNNonlinearity

  /// Creates an RNN with random weights: Glorot for the inputs, orthogonal for the recurrence.
  ///
  /// - Parameters:
  ///   - inputSize: D.
  ///   - hiddenSize: H.
  ///   - layerCount: L, the number of stacked layers.
  ///   - nonlinearity: The function f.
  ///   - returnsSequence: A Boolean value that indicates whether the output is all hidden states or
  ///     only the last one.
  ///   - dropout: The share of elements dropped between stacked layers in training.
  ///   - recurrentDropout: The share of the hidden state dropped between steps in training, with
  ///     one mask for all steps of a sequence (Gal & Ghahramani 2016).
  ///   - generator: The source of the random weights.
  public init(
    inputSize: Int, hiddenSize: Int, layerCount: Int = 1, nonlinearity: RNNNonlinearity = .tanh,
    returnsSequence: Bool = true,
    dropout: Double = 0, recurrentDropout: Double = 0, using generator: inout Xoshiro256
  ) {
    self.nonlinearity = nonlinearity
    stack = RecurrentStack(
      cell: .rnn(nonlinearity), inputSize: inputSize, hiddenSize: hiddenSize,
      layerCount: layerCount, returnsSequence: returnsSequence, dropout: dropout,
      recurrentDropout: recurrentDropout, using: &generator)
  }

  /// The parameters, layer by layer.
  public var layers: [RecurrentParameters<Scalar>] {
    get { stack.layers }
    set { stack.layers = newValue }
  }

  /// D, the number of input features.
  public var inputSize: Int { stack.inputSize }
  /// H, the number of hidden units.
  public var hiddenSize: Int { stack.hiddenSize }
  /// A Boolean value that indicates whether the output is all hidden states, [B, T, H], or only the
  /// last one, [B, H].
  public var returnsSequence: Bool { stack.returnsSequence }
  /// The share of elements dropped between stacked layers in training.
  public var dropout: Double { stack.dropout }
  /// The share of the hidden state dropped between steps in training.
  public var recurrentDropout: Double { stack.recurrentDropout }

  public mutating func visitParameters(_ visit: ParameterVisitor<Scalar>) {
    stack.visitParameters(visit)
  }

  /// Returns all hidden states of the last layer, or only the last one: [B, T, D] → [B, T, H] or
  /// [B, H].
  @specialized(where Scalar == Float)
  public func forward(_ input: Tensor<Scalar>, _ pass: inout ForwardPass) -> Tensor<Scalar> {
    stack.output(input, &pass)
  }

  /// Returns all hidden states of the last layer, and the state after the last step.
  ///
  /// - Parameters:
  ///   - input: The input sequences, [B, T, D].
  ///   - state: The initial hidden state of all layers, [L, B, H]; nil for zeros.
  ///   - pass: The kind of pass, and its random numbers.
  /// - Returns: The hidden states [B, T, H], and the final state [L, B, H].
  public func forward(
    _ input: Tensor<Scalar>, state: Tensor<Scalar>?, _ pass: inout ForwardPass
  ) -> (output: Tensor<Scalar>, state: Tensor<Scalar>) {
    let (output, states) = stack.outputAndStates(input, initial: state.map { [$0] }, &pass)
    return (output, states[0])
  }

  /// Returns all hidden states of the last layer and the final state at inference.
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

/// The nonlinearity of an ``RNN``.
public enum RNNNonlinearity: String, Sendable, Codable {
  /// The hyperbolic tangent.
  case tanh
  /// max(x, 0)
  case relu
}

extension RecurrentCell {
  /// Returns the time step of a simple recurrent network. The formulas are in `rnn.h`.
  fileprivate static func rnn(_ nonlinearity: RNNNonlinearity) -> RecurrentCell {
    switch nonlinearity {
    case .tanh:
      RecurrentCell(
        name: "RNN", jointGateCount: 1, keptCount: 1, forward: fs_rnn_tanh_forward,
        backward: fs_rnn_tanh_backward)
    case .relu:
      RecurrentCell(
        name: "RNN", jointGateCount: 1, keptCount: 1, forward: fs_rnn_relu_forward,
        backward: fs_rnn_relu_backward)
    }
  }
}
