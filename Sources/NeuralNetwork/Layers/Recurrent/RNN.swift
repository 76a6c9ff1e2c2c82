internal import SIMDKernels

/// A simple recurrent network (Elman 1990) of one or several stacked layers.
///
///     h ← f(W_ih x + b_ih + W_hh h + b_hh)
///
/// The parameters have the names and layout of PyTorch's `nn.RNN`: `weight_ih_l0` [H, D],
/// `weight_hh_l0` [H, H], `bias_ih_l0` and `bias_hh_l0` [H], and so on for each layer.
public struct RNN<Scalar: TensorScalar>: RecurrentLayer {
  /// The hidden state of all layers, [L, B, H].
  public typealias State = Tensor<Scalar>

  public var _stack: _RecurrentStack<Scalar>
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
    _stack = _RecurrentStack(
      cell: .rnn(nonlinearity), inputSize: inputSize, hiddenSize: hiddenSize,
      layerCount: layerCount, returnsSequence: returnsSequence, dropout: dropout,
      recurrentDropout: recurrentDropout, using: &generator)
  }
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
