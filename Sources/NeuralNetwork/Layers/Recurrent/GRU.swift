internal import SIMDKernels

/// A gated recurrent unit (Cho et al. 2014) of one or several stacked layers.
///
///     r, z = σ(W_ih x + b_ih + W_hh h + b_hh)
///     n = tanh(W_in x + b_in + r ∘ (W_hn h + b_hn))        h ← (1 − z) ∘ n + z ∘ h
///
/// As in PyTorch, the reset gate r is applied after the product with h. The parameters have the
/// names, layout, and gate order (r, z, n) of PyTorch's `nn.GRU`: `weight_ih_l0` [3H, D],
/// `weight_hh_l0` [3H, H], `bias_ih_l0` and `bias_hh_l0` [3H], and so on for each layer.
///
/// ```swift
/// var generator = Xoshiro256(seed: 42)
/// let gru = GRU<Float>(inputSize: 8, hiddenSize: 64, layerCount: 2, using: &generator)
/// let (output, state) = gru(x, state: nil)      // x [B, T, 8] → output [B, T, 64]
/// ```
public struct GRU<Scalar: TensorScalar>: Layer {
  private var stack: RecurrentStack<Scalar>

  /// Creates a GRU with random weights: Glorot for the inputs, orthogonal for the recurrence.
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
  ///   - generator: The source of the random weights.
  public init(
    inputSize: Int, hiddenSize: Int, layerCount: Int = 1, returnsSequence: Bool = true,
    dropout: Double = 0, recurrentDropout: Double = 0, using generator: inout Xoshiro256
  ) {
    stack = RecurrentStack(
      cell: .gru, inputSize: inputSize, hiddenSize: hiddenSize,
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

extension GRU: CustomStringConvertible {
  public var description: String { stack.description }
}

extension RecurrentCell {
  /// The time step of a GRU. The formulas are in `gru.h`.
  fileprivate static let gru = RecurrentCell(
    name: "GRU", jointGateCount: 2, splitGateCount: 1, keptCount: 4, readsHidden: true,
    forward: fs_gru_forward, backward: fs_gru_backward)
}
