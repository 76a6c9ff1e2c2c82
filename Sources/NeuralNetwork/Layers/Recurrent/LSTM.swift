internal import SIMDKernels

/// A long short-term memory (Hochreiter & Schmidhuber 1997, with the forget gate of Gers et al.
/// 2000) of one or several stacked layers.
///
///     i, f, o = σ(W_ih x + b_ih + W_hh h + b_hh)      g = tanh(…)
///     c ← f ∘ c + i ∘ g                                h ← o ∘ tanh(c)
///
/// The parameters have the names, layout, and gate order (i, f, g, o) of PyTorch's `nn.LSTM`:
/// `weight_ih_l0` [4H, D], `weight_hh_l0` [4H, H], `bias_ih_l0` and `bias_hh_l0` [4H], and so on
/// for each layer.
///
/// ```swift
/// var generator = Xoshiro256(seed: 42)
/// let lstm = LSTM<Float>(inputSize: 8, hiddenSize: 64, layerCount: 2, using: &generator)
/// let (output, state) = lstm(x, state: nil)      // x [B, T, 8] → output [B, T, 64]
/// ```
public struct LSTM<Scalar: TensorScalar>: RecurrentLayer {
  /// The hidden state and the cell state of all layers.
  public struct State: Sendable {
    /// The hidden state, [L, B, H].
    public var hidden: Tensor<Scalar>
    /// The cell state, [L, B, H].
    public var cell: Tensor<Scalar>

    /// Creates a state from its parts, each [L, B, H].
    public init(hidden: Tensor<Scalar>, cell: Tensor<Scalar>) {
      self.hidden = hidden
      self.cell = cell
    }
  }

  public var _stack: _RecurrentStack<Scalar>

  /// Creates an LSTM with random weights: Glorot for the inputs, orthogonal for the recurrence.
  ///
  /// - Parameters:
  ///   - inputSize: D.
  ///   - hiddenSize: H.
  ///   - layerCount: L, the number of stacked layers.
  ///   - returnsSequence: A Boolean value that indicates whether the output is all hidden states or
  ///     only the last one.
  ///   - dropout: The share of elements dropped between stacked layers in training.
  ///   - recurrentDropout: The share of the hidden state dropped between steps in training, with
  ///     one mask for all steps of a sequence (Gal & Ghahramani 2016).
  ///   - forgetBias: The initial bias of the forget gates. With 1, an untrained network already
  ///     keeps most of its cell state from step to step (Jozefowicz et al. 2015).
  ///   - generator: The source of the random weights.
  public init(
    inputSize: Int, hiddenSize: Int, layerCount: Int = 1, returnsSequence: Bool = true,
    dropout: Double = 0, recurrentDropout: Double = 0, forgetBias: Double = 1,
    using generator: inout Xoshiro256
  ) {
    _stack = _RecurrentStack(
      cell: .lstm, inputSize: inputSize, hiddenSize: hiddenSize,
      layerCount: layerCount, returnsSequence: returnsSequence, dropout: dropout,
      recurrentDropout: recurrentDropout, using: &generator)
    for layer in _stack.layers.indices {
      _stack.layers[layer].inputBias[hiddenSize..<(2 * hiddenSize)] = .full(
        [hiddenSize], Scalar(forgetBias))
    }
  }

  /// Returns all hidden states of the last layer, and the state after the last step.
  ///
  /// - Parameters:
  ///   - input: The input sequences, [B, T, D].
  ///   - state: The initial state; nil for zeros.
  ///   - pass: The kind of pass, and its random numbers.
  /// - Returns: The hidden states [B, T, H], and the final state of all layers.
  public func forward(
    _ input: Tensor<Scalar>, state: State?, _ pass: inout ForwardPass
  ) -> (output: Tensor<Scalar>, state: State) {
    let (output, states) = _stack.outputAndStates(
      input, initial: state.map { [$0.hidden, $0.cell] }, &pass)
    return (output, State(hidden: states[0], cell: states[1]))
  }
}

extension RecurrentCell {
  /// The time step of an LSTM. The formulas are in `lstm.h`.
  fileprivate static let lstm = RecurrentCell(
    name: "LSTM", jointGateCount: 4, stateNames: ["cell"], keptCount: 4, forward: fs_lstm_forward,
    backward: fs_lstm_backward)
}
