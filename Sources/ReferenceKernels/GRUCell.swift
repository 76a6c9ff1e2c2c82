import RealModule

extension Reference {
  /// The sums of a GRU's time step: those over the state, `h W_hhᵀ + b_hh`, and those over the
  /// input, `x W_ihᵀ + b_ih`, each [B, 3H] with the gates in the order r, z, n.
  public struct GRUSums<Scalar: Sendable>: Sendable {
    public var hidden, input: [Scalar]

    /// Creates sums, or their gradients.
    @inlinable
    public init(hidden: [Scalar], input: [Scalar]) {
      self.hidden = hidden
      self.input = input
    }
  }

  /// Computes one time step of a GRU after the matrix products (Cho et al. 2014, with the reset
  /// gate after the product, as in PyTorch's `nn.GRU`), for sums `s` over the state and `a` over
  /// the input:
  ///
  ///     r, z = sigmoid(a_r + s_r), sigmoid(a_z + s_z);   n = tanh(a_n + r * s_n)
  ///     h = (1 - z) * n + z * hPrevious
  ///
  /// - Returns: The gates [B, 3H] and h [B, H].
  @inlinable
  public static func gruCellForward<Scalar: Real & BinaryFloatingPoint>(
    _ sums: GRUSums<Scalar>, hPrevious: [Scalar], B: Int, H: Int
  ) -> (gates: [Scalar], h: [Scalar]) {
    require(sums.hidden, "sums.hidden", count: B * 3 * H, in: "gruCellForward")
    require(sums.input, "sums.input", count: B * 3 * H, in: "gruCellForward")
    require(hPrevious, "hPrevious", count: B * H, in: "gruCellForward")
    var gates = sums.input
    var h = hPrevious
    for b in 0..<B {
      for j in 0..<H {
        let (r, z, n) = (b * 3 * H + j, b * 3 * H + H + j, b * 3 * H + 2 * H + j)
        gates[r] = sigmoid(sums.input[r] + sums.hidden[r])
        gates[z] = sigmoid(sums.input[z] + sums.hidden[z])
        gates[n] = Scalar.tanh(sums.input[n] + gates[r] * sums.hidden[n])
        h[b * H + j] = (1 - gates[z]) * gates[n] + gates[z] * hPrevious[b * H + j]
      }
    }
    return (gates, h)
  }

  /// Returns the gradients of ``gruCellForward(_:hPrevious:B:H:)``.
  ///
  /// - Parameters:
  ///   - hiddenSums: The sums over the state, as in the forward step.
  ///   - dh: The gradient of the new state, [B, H].
  /// - Returns: The gradients of the sums, and the gradient of the previous state, [B, H], without
  ///   the part that passes through the sums.
  @inlinable
  public static func gruCellBackward<Scalar: Real & BinaryFloatingPoint>(
    gates: [Scalar], hiddenSums: [Scalar], hPrevious: [Scalar], dh: [Scalar], B: Int, H: Int
  ) -> (sums: GRUSums<Scalar>, dhPrevious: [Scalar]) {
    require(gates, "gates", count: B * 3 * H, in: "gruCellBackward")
    require(hiddenSums, "hiddenSums", count: B * 3 * H, in: "gruCellBackward")
    for (array, name) in [(hPrevious, "hPrevious"), (dh, "dh")] {
      require(array, name, count: B * H, in: "gruCellBackward")
    }
    var sums = GRUSums(hidden: gates, input: gates)
    var dhPrevious = dh
    for b in 0..<B {
      for j in 0..<H {
        let (r, z, n) = (b * 3 * H + j, b * 3 * H + H + j, b * 3 * H + 2 * H + j)
        let state = b * H + j
        let dCandidate = dh[state] * (1 - gates[z]) * (1 - gates[n] * gates[n])
        let dReset = dCandidate * hiddenSums[n] * gates[r] * (1 - gates[r])
        let dUpdate = dh[state] * (hPrevious[state] - gates[n]) * gates[z] * (1 - gates[z])
        (sums.input[r], sums.hidden[r]) = (dReset, dReset)
        (sums.input[z], sums.hidden[z]) = (dUpdate, dUpdate)
        (sums.input[n], sums.hidden[n]) = (dCandidate, dCandidate * gates[r])
        dhPrevious[state] = dh[state] * gates[z]
      }
    }
    return (sums, dhPrevious)
  }
}
