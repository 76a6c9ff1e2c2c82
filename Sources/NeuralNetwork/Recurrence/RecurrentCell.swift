/// One time step of a recurrent layer: its matrix product and what follows.
///
/// A step takes B rows `[h | x]` to G · H sums each ("gates"), and these to a new hidden state.
protocol RecurrentCell: Sendable {
  /// The layer's name, for messages.
  var name: String { get }

  /// Packs a part of the weights for `forward`.
  ///
  /// - Parameters:
  ///   - weight: [G·H, columns]
  ///   - first: The row of the packed matrix [depth, G·H] that the first column becomes.
  func pack<Scalar: TensorScalar>(
    _ weight: UnsafePointer<Scalar>, hiddenSize: Int, columns: Int,
    into packed: UnsafeMutablePointer<Scalar>, first: Int, depth: Int)

  func forward<Scalar: TensorScalar>(_ step: RecurrentStep<Scalar>, _ layout: RecurrentLayout)

  /// Turns the gates that `forward` kept into the gradients of their sums.
  func backward<Scalar: TensorScalar>(
    _ step: RecurrentBackwardStep<Scalar>, _ layout: RecurrentLayout)
}

/// The memory of a step forward, of some rows of the batch.
struct RecurrentStep<Scalar: TensorScalar> {
  var batch: Int
  /// Rows `[h | x]`, the layout's row stride apart.
  var rows: UnsafePointer<Scalar>
  /// The weights, as ``PackedGates`` has them.
  var weights: UnsafePointer<Scalar>
  /// The bias, as ``PackedGates`` has it.
  var bias: UnsafePointer<Scalar>
  /// Out what `backward` wants, rows of [G·H], the layout's gate stride apart; nil if unwanted.
  var gates: UnsafeMutablePointer<Scalar>?
  /// The cell state before and after, [B, H]; untouched by a cell without one.
  var previousCell: UnsafePointer<Scalar>
  var cell: UnsafeMutablePointer<Scalar>
  /// Out the hidden state, rows of [H].
  var hidden: UnsafeMutablePointer<Scalar>
  var hiddenStride: Int
  /// Whether the last units are computed first: so every other step begins with the weights that the
  /// one before it ended with, which are still in cache.
  var isReversed: Bool
}

/// The memory of a step back, of some rows of the batch.
struct RecurrentBackwardStep<Scalar: TensorScalar> {
  var batch: Int
  /// What `forward` kept, and out the gradients of the sums: rows of [G·H], the layout's gate stride
  /// apart.
  var gates: UnsafePointer<Scalar>
  var gateGradient: UnsafeMutablePointer<Scalar>
  /// The cell state before and after the step, [B, H].
  var previousCell, cell: UnsafePointer<Scalar>
  /// The gradient of the hidden state from the step after, [B, H].
  var hiddenGradient: UnsafePointer<Scalar>
  /// The gradient of the hidden state as the layer's output, rows of [H]; nil for none.
  var outputGradient: UnsafePointer<Scalar>?
  var outputStride: Int
  /// In the gradient of the cell state, out that of the one before. [B, H]
  var cellGradient: UnsafeMutablePointer<Scalar>
}

/// The step of a long short-term memory; the formulas stand in `lstm.h`.
struct LSTMCell: RecurrentCell {
  var name: String { "LSTM" }

  func pack<Scalar: TensorScalar>(
    _ weight: UnsafePointer<Scalar>, hiddenSize: Int, columns: Int,
    into packed: UnsafeMutablePointer<Scalar>, first: Int, depth: Int
  ) {
    Scalar._Kernels.lstmPack(
      weight, stride: columns, hiddenSize, columns, packed, first: first, depth: depth)
  }

  func forward<Scalar: TensorScalar>(_ step: RecurrentStep<Scalar>, _ layout: RecurrentLayout) {
    Scalar._Kernels.lstmStepForward(
      rows: step.rows, rowStride: layout.rowStride, packed: step.weights, bias: step.bias,
      gates: step.gates, gateStride: layout.gateStride, previousCell: step.previousCell,
      cell: step.cell, hidden: step.hidden, hiddenStride: step.hiddenStride, step.batch,
      layout.hiddenSize, layout.joinedSize, reversed: step.isReversed)
  }

  func backward<Scalar: TensorScalar>(
    _ step: RecurrentBackwardStep<Scalar>, _ layout: RecurrentLayout
  ) {
    Scalar._Kernels.lstmCellBackward(
      gates: step.gates, gateGradient: step.gateGradient, gateStride: layout.gateStride,
      previousCell: step.previousCell, cell: step.cell, hiddenGradient: step.hiddenGradient,
      hiddenStride: layout.hiddenSize, outputGradient: step.outputGradient,
      outputStride: step.outputStride, cellGradient: step.cellGradient, step.batch,
      layout.hiddenSize)
  }
}

/// The step of Elman's network: h = f(a).
struct ElmanCell: RecurrentCell {
  var name: String { "RNN" }
  /// f, tanh or the rectifier.
  let nonlinearity: RNNNonlinearity

  func pack<Scalar: TensorScalar>(
    _ weight: UnsafePointer<Scalar>, hiddenSize: Int, columns: Int,
    into packed: UnsafeMutablePointer<Scalar>, first: Int, depth: Int
  ) {
    Scalar._Kernels.pack(
      weight, stride: columns, transposed: true, columns, hiddenSize, packed, first: first,
      depth: depth)
  }

  func forward<Scalar: TensorScalar>(_ step: RecurrentStep<Scalar>, _ layout: RecurrentLayout) {
    let hiddenSize = layout.hiddenSize
    Scalar._Kernels.packedGemm(
      step.rows, stride: layout.rowStride, packed: step.weights, bias: step.bias,
      accumulating: false, step.hidden, strideC: step.hiddenStride, step.batch, hiddenSize,
      layout.joinedSize)
    for row in 0..<step.batch {
      let state = step.hidden + row * step.hiddenStride
      Scalar._Kernels.unary(nonlinearity == .tanh ? .tanh : .relu, state, state, hiddenSize)
      if let gates = step.gates {
        (gates + row * layout.gateStride).update(from: state, count: hiddenSize)
      }
    }
  }

  func backward<Scalar: TensorScalar>(
    _ step: RecurrentBackwardStep<Scalar>, _ layout: RecurrentLayout
  ) {
    let hiddenSize = layout.hiddenSize
    for row in 0..<step.batch {
      let target = step.gateGradient + row * layout.gateStride
      target.update(from: step.hiddenGradient + row * hiddenSize, count: hiddenSize)
      if let outputGradient = step.outputGradient {
        Scalar._Kernels.axpy(1, outputGradient + row * step.outputStride, target, hiddenSize)
      }
      Scalar._Kernels.unaryBackward(
        nonlinearity == .tanh ? .tanh : .relu, y: step.gates + row * layout.gateStride, dy: target,
        dx: target, hiddenSize)
    }
  }
}
