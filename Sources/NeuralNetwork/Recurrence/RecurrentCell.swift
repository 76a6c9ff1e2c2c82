/// What happens to one time step of a recurrent layer after its matrix products.
///
/// A step has B rows, each of G · H sums ("gates"); it turns them into a new hidden state,
/// and keeps in their place what the way back needs.
protocol RecurrentCell: Sendable {
  /// - Parameters:
  ///   - gates: In the sums, out what `backward` wants. [B, G · H], rows `gatesStride` apart.
  ///   - previousCell, cell: The cell state before and after. [B, H], untouched without one.
  ///   - hidden: Out the hidden state. [B, H]
  func forward<Scalar: TensorScalar>(
    gates: UnsafeMutablePointer<Scalar>, gatesStride: Int, previousCell: UnsafePointer<Scalar>,
    cell: UnsafeMutablePointer<Scalar>, hidden: UnsafeMutablePointer<Scalar>, batch: Int,
    hiddenSize: Int)

  /// - Parameters:
  ///   - gates: In what `forward` kept, out the gradients of the sums. [B, G · H], rows
  ///     `gatesStride` apart.
  ///   - hiddenGradient: The gradient of the hidden state. [B, H]
  ///   - cellGradient: In the gradient of `cell`, out that of `previousCell`. [B, H]
  func backward<Scalar: TensorScalar>(
    gates: UnsafeMutablePointer<Scalar>, gatesStride: Int, previousCell: UnsafePointer<Scalar>,
    cell: UnsafePointer<Scalar>, hiddenGradient: UnsafePointer<Scalar>,
    cellGradient: UnsafeMutablePointer<Scalar>, batch: Int, hiddenSize: Int)
}

/// The step of a long short-term memory; the formulas stand in `lstm.h`.
struct LSTMCell: RecurrentCell {
  func forward<Scalar: TensorScalar>(
    gates: UnsafeMutablePointer<Scalar>, gatesStride: Int, previousCell: UnsafePointer<Scalar>,
    cell: UnsafeMutablePointer<Scalar>, hidden: UnsafeMutablePointer<Scalar>, batch: Int,
    hiddenSize: Int
  ) {
    Scalar._Kernels.lstmCellForward(
      gates: gates, gatesStride: gatesStride, previousCell: previousCell, cell: cell,
      hidden: hidden, hiddenStride: hiddenSize, batch: batch, hiddenSize: hiddenSize)
  }

  func backward<Scalar: TensorScalar>(
    gates: UnsafeMutablePointer<Scalar>, gatesStride: Int, previousCell: UnsafePointer<Scalar>,
    cell: UnsafePointer<Scalar>, hiddenGradient: UnsafePointer<Scalar>,
    cellGradient: UnsafeMutablePointer<Scalar>, batch: Int, hiddenSize: Int
  ) {
    Scalar._Kernels.lstmCellBackward(
      gates: gates, gatesStride: gatesStride, previousCell: previousCell, cell: cell,
      hiddenGradient: hiddenGradient, hiddenStride: hiddenSize, cellGradient: cellGradient,
      batch: batch, hiddenSize: hiddenSize)
  }
}

/// The step of Elman's network: h = f(a).
struct ElmanCell: RecurrentCell {
  /// f, tanh or the rectifier.
  let nonlinearity: RNNNonlinearity

  func forward<Scalar: TensorScalar>(
    gates: UnsafeMutablePointer<Scalar>, gatesStride: Int, previousCell: UnsafePointer<Scalar>,
    cell: UnsafeMutablePointer<Scalar>, hidden: UnsafeMutablePointer<Scalar>, batch: Int,
    hiddenSize: Int
  ) {
    for row in 0..<batch {
      let (sums, state) = (gates + row * gatesStride, hidden + row * hiddenSize)
      Scalar._Kernels.unary(nonlinearity == .tanh ? .tanh : .relu, sums, state, hiddenSize)
      sums.update(from: state, count: hiddenSize)
    }
  }

  func backward<Scalar: TensorScalar>(
    gates: UnsafeMutablePointer<Scalar>, gatesStride: Int, previousCell: UnsafePointer<Scalar>,
    cell: UnsafePointer<Scalar>, hiddenGradient: UnsafePointer<Scalar>,
    cellGradient: UnsafeMutablePointer<Scalar>, batch: Int, hiddenSize: Int
  ) {
    for row in 0..<batch {
      let state = gates + row * gatesStride
      Scalar._Kernels.unaryBackward(
        nonlinearity == .tanh ? .tanh : .relu, y: state, dy: hiddenGradient + row * hiddenSize,
        dx: state, hiddenSize)
    }
  }
}
