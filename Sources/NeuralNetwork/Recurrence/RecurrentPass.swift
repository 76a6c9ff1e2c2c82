/// One layer of a recurrent network over whole sequences, forward.
///
/// The batch is cut into tiles of rows. A thread carries a tile through all T steps, so that its
/// states and gates stay in cache; each step is one product and one fused kernel.
struct RecurrentPass<Cell: RecurrentCell, Scalar: TensorScalar>: Sendable {
  let cell: Cell
  let layout: RecurrentLayout
  /// [B, T, D]
  let input: Tensor<Scalar>
  /// `[W_hh | W_ih]`, [G·H, H + D].
  let weights: Tensor<Scalar>
  /// The sum of both biases, [G·H].
  let bias: Tensor<Scalar>
  /// [B, H]
  let initialHidden: Tensor<Scalar>
  /// [B, H]
  let initialCell: Tensor<Scalar>
  /// What the hidden state is multiplied by on its way to the next step, [B, H]; nil for nothing.
  let recurrentMask: Tensor<Scalar>?

  /// The results of a pass.
  struct Results {
    /// The hidden state after each step, [B, T, H]; nil if not wanted.
    var sequence: Tensor<Scalar>?
    /// The states after the last step, [B, H].
    var hidden, cell: Tensor<Scalar>
    /// What the way back needs; nil if not wanted.
    var trace: RecurrentTrace<Scalar>?
  }

  private typealias Pointer = UnsafeMutablePointer<Scalar>
  private typealias Tile = RecurrentTile<Scalar>

  func run(wantsSequence: Bool, wantsTrace: Bool) -> Results {
    let packed = PackedMatrix(weights, transposed: true)
    let stateShape: Shape = [layout.batch, layout.hiddenSize]
    var results = Results(
      sequence: wantsSequence
        ? Tensor([layout.batch, layout.steps, layout.hiddenSize]) { _ in } : nil,
      hidden: Tensor(stateShape) { _ in }, cell: Tensor(stateShape) { _ in },
      trace: wantsTrace ? RecurrentTrace(layout) : nil)
    results.hidden.write { hidden in
      results.cell.write { cell in
        withMutableOptionalPointer(to: &results.sequence) { sequence in
          let targets = Targets(sequence: sequence, hidden: hidden, cell: cell)
          forEachTile(&results.trace) { range, tile in carry(range, tile, packed, targets) }
        }
      }
    }
    return results
  }

  private struct Targets {
    let sequence: Pointer?
    let hidden, cell: Pointer
  }

  /// Calls `body` with the rows and the memory of each tile, on several threads.
  private func forEachTile(
    _ trace: inout RecurrentTrace<Scalar>?, _ body: (Range<Int>, Tile) -> Void
  ) {
    let tiling = layout.tiling
    let isTraced: Void? = trace?.write { memory in
      parallelFor(tiling.tileCount) { number in
        let range = tiling.rows(ofTile: number)
        body(range, memory(range))
      }
    }
    if isTraced != nil { return }
    parallelFor(tiling.tileCount) { number in
      let range = tiling.rows(ofTile: number)
      Tile.withScratch(layout, batch: range.count) { body(range, $0) }
    }
  }

  /// Carries a tile from its initial states through all steps.
  private func carry(
    _ range: Range<Int>, _ tile: Tile, _ packed: PackedMatrix<Scalar>, _ targets: Targets
  ) {
    let hiddenSize = layout.hiddenSize
    Tensor<Scalar>.withScratch(count: range.count * hiddenSize) { plain in
      let stateStart = range.lowerBound * hiddenSize
      let stateCount = range.count * hiddenSize
      initialHidden.read { plain.update(from: $0 + stateStart, count: stateCount) }
      initialCell.read { tile.cells(0).update(from: $0 + stateStart, count: stateCount) }
      for step in 0..<layout.steps {
        prepareRows(range, tile, step, hidden: plain)
        advance(tile, step, packed, hidden: plain)
        if let sequence = targets.sequence { keep(plain, range, step, sequence) }
      }
      (targets.hidden + stateStart).update(from: plain, count: stateCount)
      (targets.cell + stateStart).update(from: tile.cells(layout.steps), count: stateCount)
    }
  }

  /// Writes the step's rows `[h | x | 1]`, with the hidden state through the mask if there is one.
  private func prepareRows(_ range: Range<Int>, _ tile: Tile, _ step: Int, hidden: Pointer) {
    let (hiddenSize, inputSize) = (layout.hiddenSize, layout.inputSize)
    input.read { input in
      withOptionalPointer(to: recurrentMask) { mask in
        for row in 0..<range.count {
          let target = tile.rows(step) + row * layout.rowStride
          let state = hidden + row * hiddenSize
          if let mask {
            Scalar._Kernels.binary(
              .multiply, .vectorVector, state, mask + (range.lowerBound + row) * hiddenSize,
              target, hiddenSize)
          } else {
            target.update(from: state, count: hiddenSize)
          }
          let source = input + ((range.lowerBound + row) * layout.steps + step) * inputSize
          (target + hiddenSize).update(from: source, count: inputSize)
          target[layout.joinedSize] = 1
        }
      }
    }
  }

  private func advance(
    _ tile: Tile, _ step: Int, _ packed: PackedMatrix<Scalar>, hidden: Pointer
  ) {
    let gates = tile.gates(step)
    bias.read {
      packed.multiply(
        MatrixView(
          tile.rows(step), rows: tile.batch, columns: layout.joinedSize,
          rowStride: layout.rowStride),
        bias: $0,
        into: MutableMatrixView(
          gates, rows: tile.batch, columns: layout.gateSize, rowStride: layout.gateStride))
    }
    cell.forward(
      gates: gates, gatesStride: layout.gateStride, previousCell: tile.cells(step),
      cell: tile.cells(step + 1), hidden: hidden, batch: tile.batch,
      hiddenSize: layout.hiddenSize)
  }

  /// Copies a step's hidden states to their places in the sequence.
  private func keep(
    _ hidden: Pointer, _ range: Range<Int>, _ step: Int, _ sequence: Pointer
  ) {
    for row in 0..<range.count {
      let place = (range.lowerBound + row) * layout.steps + step
      (sequence + place * layout.hiddenSize).update(
        from: hidden + row * layout.hiddenSize, count: layout.hiddenSize)
    }
  }
}
