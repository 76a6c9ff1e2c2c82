import RealModule

extension Reference {
  /// The gradients of a simple recurrent layer over a batch of sequences.
  public struct RNNGradients<Scalar: Sendable>: Sendable {
    /// The gradient of the input, [T, B, D].
    public var x: [Scalar]
    /// The gradients of the weights and both biases.
    public var parameters: RecurrentParameters<Scalar>
    /// The gradient of the initial state, [B, H].
    public var h0: [Scalar]

    @inlinable
    init(x: [Scalar], parameters: RecurrentParameters<Scalar>, h0: [Scalar]) {
      self.x = x
      self.parameters = parameters
      self.h0 = h0
    }
  }

  /// Returns the state h of every step, [T][B, H], of the recurrence of Elman 1990,
  /// `h = f(x W_ihᵀ + b_ih + h W_hhᵀ + b_hh)`, over x [T, B, D] with the initial state h0 [B, H],
  /// like PyTorch's `nn.RNN` with one layer.
  @inlinable
  public static func rnnForward<Scalar: Real & BinaryFloatingPoint>(
    x: [Scalar], h0: [Scalar], parameters: RecurrentParameters<Scalar>, activation: Activation,
    _ extents: SequenceExtents
  ) -> [[Scalar]] {
    let step = extents.B * extents.D
    require(x, "x", count: extents.T * step, in: "rnnForward")
    var states: [[Scalar]] = []
    var h = h0
    for t in 0..<extents.T {
      h = preactivation(x: Array(x[t * step..<(t + 1) * step]), h: h, parameters, gates: 1, extents)
        .map { activation($0) }
      states.append(h)
    }
    return states
  }

  /// Returns the gradients of ``rnnForward(x:h0:parameters:activation:_:)``, by backpropagation
  /// through time.
  ///
  /// - Parameters:
  ///   - h: The result of the forward pass.
  ///   - dh: The gradient of h of every step, [T, B, H]. The gradient of the final state is part of
  ///     the last one.
  @inlinable
  public static func rnnBackward<Scalar: Real & BinaryFloatingPoint>(
    h: [[Scalar]], x: [Scalar], h0: [Scalar], parameters: RecurrentParameters<Scalar>,
    activation: Activation, dh: [Scalar], _ extents: SequenceExtents
  ) -> RNNGradients<Scalar> {
    let (T, B, H) = (extents.T, extents.B, extents.H)
    let step = B * extents.D
    require(x, "x", count: T * step, in: "rnnBackward")
    require(dh, "dh", count: T * B * H, in: "rnnBackward")
    var gradients = RNNGradients<Scalar>(
      x: x, parameters: .zeros(gates: 1, extents), h0: [Scalar](repeating: 0, count: B * H))
    for t in (0..<T).reversed() {
      // Until the first step is done, h0 holds the gradient from the step after.
      let dState = add(Array(dh[t * B * H..<(t + 1) * B * H]), gradients.h0)
      let da = zip(h[t], dState).map { $1 * activation.derivative(atResult: $0) }
      let input = t * step..<(t + 1) * step
      let (dx, dhPrevious) = gradients.parameters.accumulate(
        da: da, x: Array(x[input]), h: t > 0 ? h[t - 1] : h0, parameters, gates: 1, extents)
      gradients.x.replaceSubrange(input, with: dx)
      gradients.h0 = dhPrevious
    }
    return gradients
  }
}
