import RealModule

extension Reference {
  /// Computes one time step of an LSTM after the matrix products (Hochreiter & Schmidhuber 1997;
  /// forget gate of Gers et al. 2000), for `a` of [B, 4H] with the gates in the order i, f, g, o:
  ///
  ///     i, f, o = sigmoid(a_i), sigmoid(a_f), sigmoid(a_o);   g = tanh(a_g)
  ///     c = f * cPrevious + i * g;   h = o * tanh(c)
  ///
  /// - Returns: The gates [B, 4H] and the states c and h [B, H].
  @inlinable
  public static func lstmCellForward<Scalar: Real & BinaryFloatingPoint>(
    a: [Scalar], cPrevious: [Scalar], B: Int, H: Int
  ) -> (gates: [Scalar], c: [Scalar], h: [Scalar]) {
    require(a, "a", count: B * 4 * H, in: "lstmCellForward")
    require(cPrevious, "cPrevious", count: B * H, in: "lstmCellForward")
    var gates = a
    var c = cPrevious
    var h = cPrevious
    for b in 0..<B {
      for j in 0..<H {
        let row = b * 4 * H
        let i = sigmoid(a[row + j])
        let f = sigmoid(a[row + H + j])
        let g = Scalar.tanh(a[row + 2 * H + j])
        let o = sigmoid(a[row + 3 * H + j])
        gates[row + j] = i
        gates[row + H + j] = f
        gates[row + 2 * H + j] = g
        gates[row + 3 * H + j] = o
        c[b * H + j] = f * cPrevious[b * H + j] + i * g
        h[b * H + j] = o * Scalar.tanh(c[b * H + j])
      }
    }
    return (gates, c, h)
  }

  /// Returns the gradients of ``lstmCellForward(a:cPrevious:B:H:)`` with respect to `a` [B, 4H] and
  /// `cPrevious` [B, H], given the gradient `dh` of h and the gradient `dc` of c from the next
  /// step.
  @inlinable
  public static func lstmCellBackward<Scalar: Real & BinaryFloatingPoint>(
    gates: [Scalar], cPrevious: [Scalar], c: [Scalar], dh: [Scalar], dc: [Scalar], B: Int, H: Int
  ) -> (da: [Scalar], dcPrevious: [Scalar]) {
    require(gates, "gates", count: B * 4 * H, in: "lstmCellBackward")
    for (array, name) in [(cPrevious, "cPrevious"), (c, "c"), (dh, "dh"), (dc, "dc")] {
      require(array, name, count: B * H, in: "lstmCellBackward")
    }
    var da = gates
    var dcPrevious = dc
    for b in 0..<B {
      for j in 0..<H {
        let row = b * 4 * H
        let state = b * H + j
        let i = gates[row + j]
        let f = gates[row + H + j]
        let g = gates[row + 2 * H + j]
        let o = gates[row + 3 * H + j]
        let tanhC = Scalar.tanh(c[state])
        let dCell = dc[state] + dh[state] * o * (1 - tanhC * tanhC)
        da[row + j] = dCell * g * i * (1 - i)
        da[row + H + j] = dCell * cPrevious[state] * f * (1 - f)
        da[row + 2 * H + j] = dCell * i * (1 - g * g)
        da[row + 3 * H + j] = dh[state] * tanhC * o * (1 - o)
        dcPrevious[state] = dCell * f
      }
    }
    return (da, dcPrevious)
  }
}
