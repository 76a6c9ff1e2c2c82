import RealModule

extension Reference {
  /// The results of a GRU over a batch of sequences, and the values that the backward pass needs.
  public struct GRUSequence<Scalar: Sendable>: Sendable {
    /// The state h of every step, [T, B, H]. The last one is the final state.
    public var h: [[Scalar]]
    /// The gates r, z, n of every step, [T, B, 3H].
    public var gates: [[Scalar]]
    /// The sums over the state of every step, [T, B, 3H].
    public var hiddenSums: [[Scalar]]

    @inlinable
    init() {
      h = []
      gates = []
      hiddenSums = []
    }
  }

  /// The gradients of a GRU over a batch of sequences.
  public struct GRUGradients<Scalar: Sendable>: Sendable {
    /// The gradient of the input, [T, B, D].
    public var x: [Scalar]
    /// The gradients of the weights and both biases.
    public var parameters: RecurrentParameters<Scalar>
    /// The gradient of the initial state h, [B, H].
    public var h0: [Scalar]

    @inlinable
    init(x: [Scalar], parameters: RecurrentParameters<Scalar>, h0: [Scalar]) {
      self.x = x
      self.parameters = parameters
      self.h0 = h0
    }
  }

  /// Returns the results of a GRU over x [T, B, D] with the initial state h0 [B, H], like PyTorch's
  /// `nn.GRU` with one layer. The parameters have 3 gates, in the order r, z, n.
  @inlinable
  public static func gruForward<Scalar: Real & BinaryFloatingPoint>(
    x: [Scalar], h0: [Scalar], parameters: RecurrentParameters<Scalar>,
    _ extents: SequenceExtents
  ) -> GRUSequence<Scalar> {
    let step = extents.B * extents.D
    require(x, "x", count: extents.T * step, in: "gruForward")
    var sequence = GRUSequence<Scalar>()
    var h = h0
    for t in 0..<extents.T {
      let sums = GRUSums(
        hidden: hiddenSums(h, parameters, gates: 3, extents),
        input: inputSums(Array(x[t * step..<(t + 1) * step]), parameters, gates: 3, extents))
      let cell = gruCellForward(sums, hPrevious: h, B: extents.B, H: extents.H)
      h = cell.h
      sequence.h.append(cell.h)
      sequence.gates.append(cell.gates)
      sequence.hiddenSums.append(sums.hidden)
    }
    return sequence
  }

  /// Returns the gradients of ``gruForward(x:h0:parameters:_:)``, by backpropagation through time.
  ///
  /// - Parameter dh: The gradient of h of every step, [T, B, H]. The gradient of the final h is
  ///   part of the last one.
  @inlinable
  public static func gruBackward<Scalar: Real & BinaryFloatingPoint>(
    _ sequence: GRUSequence<Scalar>, x: [Scalar], h0: [Scalar],
    parameters: RecurrentParameters<Scalar>, dh: [Scalar], _ extents: SequenceExtents
  ) -> GRUGradients<Scalar> {
    let (T, B, H) = (extents.T, extents.B, extents.H)
    let step = B * extents.D
    require(x, "x", count: T * step, in: "gruBackward")
    require(dh, "dh", count: T * B * H, in: "gruBackward")
    var gradients = GRUGradients<Scalar>(
      x: x, parameters: .zeros(gates: 3, extents), h0: [Scalar](repeating: 0, count: B * H))
    for t in (0..<T).reversed() {
      let hPrevious = t > 0 ? sequence.h[t - 1] : h0
      // Until the first step is done, h0 holds the gradient from the step after.
      let cell = gruCellBackward(
        gates: sequence.gates[t], hiddenSums: sequence.hiddenSums[t], hPrevious: hPrevious,
        dh: add(Array(dh[t * B * H..<(t + 1) * B * H]), gradients.h0), B: B, H: H)
      let input = t * step..<(t + 1) * step
      let dx = gradients.parameters.accumulateInput(
        da: cell.sums.input, x: Array(x[input]), parameters, gates: 3, extents)
      let dhSums = gradients.parameters.accumulateHidden(
        da: cell.sums.hidden, h: hPrevious, parameters, gates: 3, extents)
      gradients.x.replaceSubrange(input, with: dx)
      gradients.h0 = add(cell.dhPrevious, dhSums)
    }
    return gradients
  }
}
