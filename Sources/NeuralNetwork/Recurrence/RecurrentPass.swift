/// One layer of a recurrent network over whole sequences, forward.
///
/// The batch is cut into tiles of rows. A thread carries a tile through all T steps, so that its
/// states and sums stay in cache: one GEMM projects the inputs of all steps, then each step is one
/// GEMM and one fused kernel. Within a tile time is the outer axis. The tiles follow from the extents
/// alone, so results do not depend on the number of threads.
struct RecurrentPass<Cell: RecurrentCell, Scalar: TensorScalar>: Sendable {
  let cell: Cell
  /// [B, T, D]
  let input: Tensor<Scalar>
  let weights: RecurrentWeights<Scalar>
  /// [B, H]
  let initialHidden: Tensor<Scalar>
  /// [B, H]
  let initialCell: Tensor<Scalar>
  /// What the hidden state is multiplied by on its way to the next step, [B, H]; nil for nothing.
  let recurrentMask: Tensor<Scalar>?

  var batch: Int { input.shape[0] }
  var steps: Int { input.shape[1] }
  var inputSize: Int { input.shape[2] }
  var hiddenSize: Int { initialHidden.shape[1] }
  var gateSize: Int { cell.gateCount * hiddenSize }

  /// The results of a pass, and what the way back needs of it.
  struct Results {
    /// The hidden state after each step, [B, T, H].
    var sequence: Tensor<Scalar>
    /// The states after the last step, [B, H].
    var hidden, cell: Tensor<Scalar>
    var trace: RecurrentTrace<Scalar>
  }

  func run() -> Results {
    var trace = RecurrentTrace<Scalar>(
      batch: batch, steps: steps, gateSize: gateSize, hiddenSize: hiddenSize,
      hasMask: recurrentMask != nil)
    var sequence = Tensor<Scalar>([batch, steps, hiddenSize]) { _ in }
    var hidden = Tensor<Scalar>([batch, hiddenSize]) { _ in }
    var cell = Tensor<Scalar>([batch, hiddenSize]) { _ in }
    sequence.write { sequence in
      hidden.write { hidden in
        cell.write { cell in
          trace.write { trace in
            forEachTile { _, tile in
              let buffers = trace.tile(tile)
              start(tile, buffers)
              advance(tile, buffers)
              finish(tile, buffers, sequence: sequence, hidden: hidden, cell: cell)
            }
          }
        }
      }
    }
    return Results(sequence: sequence, hidden: hidden, cell: cell, trace: trace)
  }

  /// Calls `body` with the number of each tile and its rows, on several threads.
  func forEachTile(_ body: (Int, Range<Int>) -> Void) {
    let rows = RecurrentTiling.rows(batch: batch)
    parallelFor(RecurrentTiling.count(batch: batch)) { number in
      body(number, number * rows..<min((number + 1) * rows, batch))
    }
  }

  /// The initial states and the projected inputs of all steps.
  private func start(_ tile: Range<Int>, _ buffers: RecurrentTrace<Scalar>.Tile) {
    let stateStart = tile.lowerBound * hiddenSize
    let stateCount = tile.count * hiddenSize
    initialHidden.read { buffers.hidden.update(from: $0 + stateStart, count: stateCount) }
    initialCell.read { buffers.cell.update(from: $0 + stateStart, count: stateCount) }
    let rows = steps * tile.count
    weights.bias.read { bias in
      for row in 0..<rows { (buffers.gates + row * gateSize).update(from: bias, count: gateSize) }
    }
    withTimeMajorInput(tile) { x in
      weights.input.read { weight in
        multiply(
          MatrixView(x, rows: rows, columns: inputSize),
          MatrixView(weight, rows: gateSize, columns: inputSize, transposed: true),
          into: MutableMatrixView(buffers.gates, rows: rows, columns: gateSize), beta: 1)
      }
    }
  }

  private func advance(_ tile: Range<Int>, _ buffers: RecurrentTrace<Scalar>.Tile) {
    let stateCount = tile.count * hiddenSize
    for step in 0..<steps {
      let gates = buffers.gates + step * tile.count * gateSize
      let previous = recurrentInput(tile, buffers, step)
      weights.recurrent.read { weight in
        multiply(
          MatrixView(previous, rows: tile.count, columns: hiddenSize),
          MatrixView(weight, rows: gateSize, columns: hiddenSize, transposed: true),
          into: MutableMatrixView(gates, rows: tile.count, columns: gateSize), beta: 1)
      }
      cell.forward(
        gates: gates, previousCell: buffers.cell + step * stateCount,
        cell: buffers.cell + (step + 1) * stateCount,
        hidden: buffers.hidden + (step + 1) * stateCount, batch: tile.count,
        hiddenSize: hiddenSize)
    }
  }

  /// The hidden state as the step's GEMM sees it: through the mask, if there is one.
  private func recurrentInput(
    _ tile: Range<Int>, _ buffers: RecurrentTrace<Scalar>.Tile, _ step: Int
  ) -> UnsafePointer<Scalar> {
    let count = tile.count * hiddenSize
    let hidden = UnsafePointer(buffers.hidden + step * count)
    guard let recurrentMask else { return hidden }
    let masked = buffers.masked + step * count
    recurrentMask.read { mask in
      Scalar._Kernels.binary(
        .multiply, .vectorVector, hidden, mask + tile.lowerBound * hiddenSize, masked, count)
    }
    return UnsafePointer(masked)
  }

  private func finish(
    _ tile: Range<Int>, _ buffers: RecurrentTrace<Scalar>.Tile,
    sequence: UnsafeMutablePointer<Scalar>, hidden: UnsafeMutablePointer<Scalar>,
    cell: UnsafeMutablePointer<Scalar>
  ) {
    let stateCount = tile.count * hiddenSize
    let last = steps * stateCount
    (hidden + tile.lowerBound * hiddenSize).update(from: buffers.hidden + last, count: stateCount)
    (cell + tile.lowerBound * hiddenSize).update(from: buffers.cell + last, count: stateCount)
    Scalar._Kernels.scatterStrided(
      buffers.hidden + stateCount, strides: [hiddenSize, steps * hiddenSize, 1],
      shape: [steps, tile.count, hiddenSize], accumulating: false,
      sequence + tile.lowerBound * steps * hiddenSize)
  }

  /// Calls a closure with a tile's inputs in order of time, [T, rows, D].
  func withTimeMajorInput(_ tile: Range<Int>, _ body: (UnsafePointer<Scalar>) -> Void) {
    withScratch(of: Scalar.self, count: steps * tile.count * inputSize) { scratch in
      input.read {
        Scalar._Kernels.gatherStrided(
          $0 + tile.lowerBound * steps * inputSize, strides: [inputSize, steps * inputSize, 1],
          shape: [steps, tile.count, inputSize], scratch)
      }
      body(scratch)
    }
  }
}

/// The parameters of one layer, as a pass uses them.
struct RecurrentWeights<Scalar: TensorScalar>: Sendable {
  /// [G·H, D]
  var input: Tensor<Scalar>
  /// [G·H, H]
  var recurrent: Tensor<Scalar>
  /// The sum of both biases, [G·H].
  var bias: Tensor<Scalar>
}

/// How a batch is cut into tiles.
enum RecurrentTiling {
  /// Rows of a tile: few enough to stay in cache, enough to keep a GEMM busy.
  static func rows(batch: Int) -> Int { max(1, min(batch, 64)) }

  static func count(batch: Int) -> Int { (batch + rows(batch: batch) - 1) / rows(batch: batch) }
}
