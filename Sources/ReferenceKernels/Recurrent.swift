import RealModule

extension Reference {
  /// The extents of a recurrent layer over a batch of sequences.
  public struct SequenceExtents: Sendable {
    /// The number of time steps.
    public var T: Int
    /// The number of sequences in the batch.
    public var B: Int
    /// The number of input features.
    public var D: Int
    /// The number of hidden units.
    public var H: Int

    /// Creates the extents of x [T, B, D] and of the states [B, H].
    public init(T: Int, B: Int, D: Int, H: Int) {
      self.T = T
      self.B = B
      self.D = D
      self.H = H
    }
  }

  /// The parameters of a recurrent layer, or their gradients, in PyTorch's layout. G is the number
  /// of gates: 4 in an LSTM, 3 in a GRU, 1 in a simple recurrent layer.
  public struct RecurrentParameters<Scalar: Sendable>: Sendable {
    /// The weight of the input, [G * H, D].
    public var weightIH: [Scalar]
    /// The weight of the state, [G * H, H].
    public var weightHH: [Scalar]
    /// The bias of the product with the input, [G * H].
    public var biasIH: [Scalar]
    /// The bias of the product with the state, [G * H].
    public var biasHH: [Scalar]

    /// Creates parameters, in PyTorch's order.
    public init(weightIH: [Scalar], weightHH: [Scalar], biasIH: [Scalar], biasHH: [Scalar]) {
      self.weightIH = weightIH
      self.weightHH = weightHH
      self.biasIH = biasIH
      self.biasHH = biasHH
    }
  }

  /// Returns `x W_ihᵀ + b_ih + h W_hhᵀ + b_hh`, [B, gates * H]: one step before its activation.
  @inlinable
  static func preactivation<Scalar: Real & BinaryFloatingPoint>(
    x: [Scalar], h: [Scalar], _ parameters: RecurrentParameters<Scalar>, gates: Int,
    _ extents: SequenceExtents
  ) -> [Scalar] {
    add(
      inputSums(x, parameters, gates: gates, extents),
      hiddenSums(h, parameters, gates: gates, extents))
  }

  /// Returns `x W_ihᵀ + b_ih`, [B, gates * H].
  @inlinable
  static func inputSums<Scalar: Real & BinaryFloatingPoint>(
    _ x: [Scalar], _ parameters: RecurrentParameters<Scalar>, gates: Int,
    _ extents: SequenceExtents
  ) -> [Scalar] {
    denseForward(
      x: x, weight: parameters.weightIH, bias: parameters.biasIH, activation: .linear,
      B: extents.B, D: extents.D, O: gates * extents.H)
  }

  /// Returns `h W_hhᵀ + b_hh`, [B, gates * H].
  @inlinable
  static func hiddenSums<Scalar: Real & BinaryFloatingPoint>(
    _ h: [Scalar], _ parameters: RecurrentParameters<Scalar>, gates: Int,
    _ extents: SequenceExtents
  ) -> [Scalar] {
    denseForward(
      x: h, weight: parameters.weightHH, bias: parameters.biasHH, activation: .linear,
      B: extents.B, D: extents.H, O: gates * extents.H)
  }
}

extension Reference.RecurrentParameters where Scalar: Real & BinaryFloatingPoint {
  @inlinable
  static func zeros(gates: Int, _ extents: Reference.SequenceExtents) -> Self {
    let width = gates * extents.H
    return Self(
      weightIH: [Scalar](repeating: 0, count: width * extents.D),
      weightHH: [Scalar](repeating: 0, count: width * extents.H),
      biasIH: [Scalar](repeating: 0, count: width),
      biasHH: [Scalar](repeating: 0, count: width)
    )
  }

  /// Adds the contributions of one step, where `da` [B, G * H] is the gradient of its
  /// preactivation, `x` its input, and `h` its previous state.
  ///
  /// - Returns: The gradients of `x` and `h`.
  @inlinable
  mutating func accumulate(
    da: [Scalar], x: [Scalar], h: [Scalar], _ parameters: Self, gates: Int,
    _ extents: Reference.SequenceExtents
  ) -> (dx: [Scalar], dh: [Scalar]) {
    (
      accumulateInput(da: da, x: x, parameters, gates: gates, extents),
      accumulateHidden(da: da, h: h, parameters, gates: gates, extents)
    )
  }

  /// Adds the contributions of one step's sums over the input, and returns the gradient of the
  /// input.
  @inlinable
  mutating func accumulateInput(
    da: [Scalar], x: [Scalar], _ parameters: Self, gates: Int,
    _ extents: Reference.SequenceExtents
  ) -> [Scalar] {
    let gradients = Reference.denseBackward(
      x: x, weight: parameters.weightIH, y: da, dy: da, activation: .linear,
      B: extents.B, D: extents.D, O: gates * extents.H)
    weightIH = Reference.add(weightIH, gradients.weight)
    biasIH = Reference.add(biasIH, gradients.bias)
    return gradients.x
  }

  /// Adds the contributions of one step's sums over the state, and returns the gradient of the
  /// state.
  @inlinable
  mutating func accumulateHidden(
    da: [Scalar], h: [Scalar], _ parameters: Self, gates: Int,
    _ extents: Reference.SequenceExtents
  ) -> [Scalar] {
    let gradients = Reference.denseBackward(
      x: h, weight: parameters.weightHH, y: da, dy: da, activation: .linear,
      B: extents.B, D: extents.H, O: gates * extents.H)
    weightHH = Reference.add(weightHH, gradients.weight)
    biasHH = Reference.add(biasHH, gradients.bias)
    return gradients.x
  }
}
