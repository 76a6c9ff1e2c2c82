/// A recurrent network of one or several stacked layers, such as an ``LSTM`` or a ``GRU``.
///
/// A layer defines its initial weights and its state. Everything else is shared.
public protocol RecurrentLayer<Scalar>: Layer, CustomStringConvertible {
  /// The state of all layers between two steps.
  associatedtype State: Sendable

  /// The implementation that all recurrent layers share.
  var _stack: _RecurrentStack<Scalar> { get set }

  /// Returns all hidden states of the last layer, and the state after the last step.
  ///
  /// - Parameters:
  ///   - input: The input sequences, [B, T, D].
  ///   - state: The initial state; nil for zeros.
  ///   - pass: The kind of pass, and its random numbers.
  /// - Returns: The hidden states [B, T, H], and the final state of all layers.
  func forward(
    _ input: Tensor<Scalar>, state: State?, _ pass: inout ForwardPass
  ) -> (output: Tensor<Scalar>, state: State)
}

extension RecurrentLayer {
  /// The parameters, layer by layer.
  public var layers: [RecurrentParameters<Scalar>] {
    get { _stack.layers }
    set { _stack.layers = newValue }
  }

  /// D, the number of input features.
  public var inputSize: Int { _stack.inputSize }
  /// H, the number of hidden units.
  public var hiddenSize: Int { _stack.hiddenSize }
  /// A Boolean value that indicates whether the output is all hidden states, [B, T, H], or only the
  /// last one, [B, H].
  public var returnsSequence: Bool { _stack.returnsSequence }
  /// The share of elements dropped between stacked layers in training.
  public var dropout: Double { _stack.dropout }
  /// The share of the hidden state dropped between steps in training.
  public var recurrentDropout: Double { _stack.recurrentDropout }

  public var description: String { _stack.description }

  public mutating func visitParameters(_ visit: ParameterVisitor<Scalar>) {
    _stack.visitParameters(visit)
  }

  /// Returns all hidden states of the last layer, or only the last one: [B, T, D] → [B, T, H] or
  /// [B, H].
  public func forward(_ input: Tensor<Scalar>, _ pass: inout ForwardPass) -> Tensor<Scalar> {
    _stack.output(input, &pass)
  }

  /// Returns all hidden states of the last layer and the final state at inference.
  public func callAsFunction(
    _ input: Tensor<Scalar>, state: State?
  ) -> (output: Tensor<Scalar>, state: State) {
    var pass = ForwardPass.inference
    return forward(input, state: state, &pass)
  }
}

extension RecurrentLayer where State == Tensor<Scalar> {
  /// Returns all hidden states of the last layer, and the state after the last step.
  ///
  /// - Parameters:
  ///   - input: The input sequences, [B, T, D].
  ///   - state: The initial hidden state of all layers, [L, B, H]; nil for zeros.
  ///   - pass: The kind of pass, and its random numbers.
  /// - Returns: The hidden states [B, T, H], and the final state [L, B, H].
  public func forward(
    _ input: Tensor<Scalar>, state: State?, _ pass: inout ForwardPass
  ) -> (output: Tensor<Scalar>, state: State) {
    let (output, states) = _stack.outputAndStates(input, initial: state.map { [$0] }, &pass)
    return (output, states[0])
  }
}
