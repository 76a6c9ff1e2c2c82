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
public struct GRU<Scalar: TensorScalar>: RecurrentLayer {
  /// The hidden state of all layers, [L, B, H].
  public typealias State = Tensor<Scalar>

  public var _stack: _RecurrentStack<Scalar>

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
    _stack = _RecurrentStack(
      cell: .gru, inputSize: inputSize, hiddenSize: hiddenSize,
      layerCount: layerCount, returnsSequence: returnsSequence, dropout: dropout,
      recurrentDropout: recurrentDropout, using: &generator)
  }
}

extension RecurrentCell {
  /// The time step of a GRU. The formulas are in `gru.h`.
  fileprivate static let gru = RecurrentCell(
    name: "GRU", jointGateCount: 2, splitGateCount: 1, keptCount: 4, readsHidden: true,
    forward: fs_gru_forward, backward: fs_gru_backward)
}
