internal import SIMDKernels

/// A long short-term memory (Hochreiter & Schmidhuber 1997, with the forget gate of Gers et al.
/// 2000), of one or several stacked layers.
///
///     i, f, o = σ(W_ih x + b_ih + W_hh h + b_hh)      g = tanh(…)
///     c ← f ∘ c + i ∘ g                                h ← o ∘ tanh(c)
///
/// Parameters are those of PyTorch's `nn.LSTM`, in name, layout and gate order (i, f, g, o):
/// `weight_ih_l0` [4H, D], `weight_hh_l0` [4H, H], `bias_ih_l0` and `bias_hh_l0` [4H], and so on for
/// each layer.
///
/// ```swift
/// var generator = Xoshiro256(seed: 42)
/// let lstm = LSTM<Float>(inputSize: 8, hiddenSize: 64, layerCount: 2, using: &generator)
/// let (output, state) = lstm(x, state: nil)      // x [B, T, 8] → output [B, T, 64]
/// ```
public struct LSTM<Scalar: TensorScalar>: Layer {
  /// The hidden and the cell state of all layers.
  public struct State: Sendable {
    /// [L, B, H]
    public var hidden: Tensor<Scalar>
    /// [L, B, H]
    public var cell: Tensor<Scalar>

    /// Creates a state from its parts, each [L, B, H].
    public init(hidden: Tensor<Scalar>, cell: Tensor<Scalar>) {
      self.hidden = hidden
      self.cell = cell
    }
  }

  private var stack: RecurrentStack<Scalar>

  /// Creates an LSTM with random weights: Glorot's for the inputs, orthogonal for the recurrence.
  ///
  /// - Parameters:
  ///   - inputSize: D.
  ///   - hiddenSize: H.
  ///   - layerCount: L, the number of stacked layers.
  ///   - returnsSequence: Whether the layer's output is all hidden states or the last one.
  ///   - dropout: The share of the elements that is dropped between stacked layers, in training.
  ///   - recurrentDropout: The share of the hidden state that is dropped on its way from step to step,
  ///     in training: one mask for all steps of a sequence (Gal & Ghahramani 2016).
  ///   - forgetBias: The initial bias of the forget gates. At 1, memories last from the start
  ///     (Jozefowicz et al. 2015).
  ///   - generator: The source of the random weights.
  public init(
    inputSize: Int, hiddenSize: Int, layerCount: Int = 1, returnsSequence: Bool = true,
    dropout: Double = 0, recurrentDropout: Double = 0, forgetBias: Double = 1,
    using generator: inout Xoshiro256
  ) {
    stack = RecurrentStack(
      cell: .lstm, inputSize: inputSize, hiddenSize: hiddenSize,
      layerCount: layerCount, returnsSequence: returnsSequence, dropout: dropout,
      recurrentDropout: recurrentDropout, using: &generator)
    for layer in stack.layers.indices {
      stack.layers[layer].inputBias[hiddenSize..<(2 * hiddenSize)] = .full(
        [hiddenSize], Scalar(forgetBias))
    }
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
  /// A Boolean value that indicates whether the layer's output is all hidden states, [B, T, H], or the
  /// last one, [B, H].
  public var returnsSequence: Bool { stack.returnsSequence }
  /// The share of the elements that is dropped between stacked layers, in training.
  public var dropout: Double { stack.dropout }
  /// The share of the hidden state that is dropped from step to step, in training.
  public var recurrentDropout: Double { stack.recurrentDropout }

  public mutating func visitParameters(_ visit: ParameterVisitor<Scalar>) {
    stack.visitParameters(visit)
  }

  /// Returns all hidden states of the last layer, or the last one: [B, T, D] → [B, T, H] or [B, H].
  @specialized(where Scalar == Float)
  public func forward(_ input: Tensor<Scalar>, _ pass: inout ForwardPass) -> Tensor<Scalar> {
    stack.output(input, &pass)
  }

  /// Returns all hidden states of the last layer, and the state after the last step.
  ///
  /// - Parameters:
  ///   - input: [B, T, D]
  ///   - state: The initial state; nil for zeros.
  ///   - pass: The kind of pass, and its random numbers.
  /// - Returns: The hidden states [B, T, H], and the final state of all layers.
  public func forward(
    _ input: Tensor<Scalar>, state: State?, _ pass: inout ForwardPass
  ) -> (output: Tensor<Scalar>, state: State) {
    let (output, states) = stack.outputAndStates(
      input, initial: state.map { [$0.hidden, $0.cell] }, &pass)
    return (output, State(hidden: states[0], cell: states[1]))
  }

  /// Returns all hidden states of the last layer and the final state, at inference.
  public func callAsFunction(
    _ input: Tensor<Scalar>, state: State?
  ) -> (output: Tensor<Scalar>, state: State) {
    var pass = ForwardPass.inference
    return forward(input, state: state, &pass)
  }
}

extension LSTM: CustomStringConvertible {
  public var description: String { stack.description }
}

extension RecurrentCell {
  /// The step of an LSTM; the formulas are in `lstm.h`.
  fileprivate static let lstm = RecurrentCell(
    name: "LSTM", jointGateCount: 4, stateNames: ["cell"], keptCount: 4, forward: fs_lstm_forward,
    backward: fs_lstm_backward)
}
