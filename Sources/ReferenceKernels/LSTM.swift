import RealModule

extension Reference {
  /// The results of an LSTM over a batch of sequences, and the values that the backward pass needs.
  public struct LSTMSequence<Scalar: Sendable>: Sendable {
    /// The state h of every step, [T, B, H]. The last one is the final state.
    public var h: [[Scalar]]
    /// The state c of every step, [T, B, H].
    public var c: [[Scalar]]
    /// The gates i, f, g, o of every step, [T, B, 4H].
    public var gates: [[Scalar]]

    @inlinable
    init() {
      h = []
      c = []
      gates = []
    }
  }

  /// The gradients of an LSTM over a batch of sequences.
  public struct LSTMGradients<Scalar: Sendable>: Sendable {
    /// The gradient of the input, [T, B, D].
    public var x: [Scalar]
    /// The gradients of the weights and both biases.
    public var parameters: RecurrentParameters<Scalar>
    /// The gradient of the initial state h, [B, H].
    public var h0: [Scalar]
    /// The gradient of the initial state c, [B, H].
    public var c0: [Scalar]

    @inlinable
    init(
      x: [Scalar], parameters: RecurrentParameters<Scalar>, h0: [Scalar], c0: [Scalar]
    ) {
      self.x = x
      self.parameters = parameters
      self.h0 = h0
      self.c0 = c0
    }
  }

  /// Returns the results of an LSTM over x [T, B, D] with the initial states h0 and c0 [B, H], like
  /// PyTorch's `nn.LSTM` with one layer. The parameters have 4 gates, in the order i, f, g, o.
  @inlinable
  public static func lstmForward<Scalar: Real & BinaryFloatingPoint>(
    x: [Scalar], h0: [Scalar], c0: [Scalar], parameters: RecurrentParameters<Scalar>,
    _ extents: SequenceExtents
  ) -> LSTMSequence<Scalar> {
    let step = extents.B * extents.D
    require(x, "x", count: extents.T * step, in: "lstmForward")
    var sequence = LSTMSequence<Scalar>()
    var h = h0
    var c = c0
    for t in 0..<extents.T {
      let a = preactivation(
        x: Array(x[t * step..<(t + 1) * step]), h: h, parameters, gates: 4, extents)
      let cell = lstmCellForward(a: a, cPrevious: c, B: extents.B, H: extents.H)
      (h, c) = (cell.h, cell.c)
      sequence.h.append(cell.h)
      sequence.c.append(cell.c)
      sequence.gates.append(cell.gates)
    }
    return sequence
  }

  /// Returns the gradients of ``lstmForward(x:h0:c0:parameters:_:)``, by backpropagation through
  /// time.
  ///
  /// - Parameters:
  ///   - dh: The gradient of h of every step, [T, B, H]. The gradient of the final h is part of the
  ///     last one.
  ///   - dcFinal: The gradient of the final c, [B, H].
  @inlinable
  public static func lstmBackward<Scalar: Real & BinaryFloatingPoint>(
    _ sequence: LSTMSequence<Scalar>, x: [Scalar], h0: [Scalar], c0: [Scalar],
    parameters: RecurrentParameters<Scalar>, dh: [Scalar], dcFinal: [Scalar],
    _ extents: SequenceExtents
  ) -> LSTMGradients<Scalar> {
    let (T, B, H) = (extents.T, extents.B, extents.H)
    let step = B * extents.D
    require(x, "x", count: T * step, in: "lstmBackward")
    require(dh, "dh", count: T * B * H, in: "lstmBackward")
    var gradients = LSTMGradients<Scalar>(
      x: x, parameters: .zeros(gates: 4, extents),
      h0: [Scalar](repeating: 0, count: B * H), c0: dcFinal)
    for t in (0..<T).reversed() {
      let cPrevious = t > 0 ? sequence.c[t - 1] : c0
      let hPrevious = t > 0 ? sequence.h[t - 1] : h0
      // Until the first step is done, h0 and c0 hold the gradients from the step after.
      let cell = lstmCellBackward(
        gates: sequence.gates[t], cPrevious: cPrevious, c: sequence.c[t],
        dh: add(Array(dh[t * B * H..<(t + 1) * B * H]), gradients.h0), dc: gradients.c0, B: B, H: H)
      let input = t * step..<(t + 1) * step
      let (dx, dhPrevious) = gradients.parameters.accumulate(
        da: cell.da, x: Array(x[input]), h: hPrevious, parameters, gates: 4, extents)
      gradients.x.replaceSubrange(input, with: dx)
      gradients.h0 = dhPrevious
      gradients.c0 = cell.dcPrevious
    }
    return gradients
  }
}
