/// One layer of a recurrent network over whole sequences, forward.
///
/// The batch is cut into tiles of rows. A thread carries a tile through all T steps, so that its
/// states and gates stay in cache.
struct RecurrentPass<Cell: RecurrentCell, Scalar: TensorScalar>: Sendable {
  let cell: Cell
  let layout: RecurrentLayout
  /// [B, T, D]
  let input: Tensor<Scalar>
  /// [G·H, D]
  let inputWeight: Tensor<Scalar>
  /// [G·H, H]
  let recurrentWeight: Tensor<Scalar>
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
    let gates = PackedGates(
      cell, recurrentWeight: recurrentWeight, inputWeight: inputWeight, bias: bias)
    var results = Results(
      sequence: wantsSequence
        ? Tensor([layout.batch, layout.steps, layout.hiddenSize]) { _ in } : nil,
      hidden: initialHidden, cell: initialCell,
      trace: wantsTrace ? RecurrentTrace(layout) : nil)
    gates.read { weights, bias in
      results.hidden.write { hidden in
        results.cell.write { cell in
          withMutableOptionalPointer(to: &results.sequence) { sequence in
            let memory = Memory(
              weights: weights, bias: bias, sequence: sequence, hidden: hidden, cell: cell)
            forEachTile(&results.trace) { range, tile in carry(range, tile, memory) }
          }
        }
      }
    }
    return results
  }

  /// What all tiles share. The states are the initial ones at first, and the final ones in the end.
  private struct Memory {
    let weights, bias: UnsafePointer<Scalar>
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
  private func carry(_ range: Range<Int>, _ tile: Tile, _ memory: Memory) {
    let hiddenSize = layout.hiddenSize
    let stateCount = range.count * hiddenSize
    let hidden = memory.hidden + range.lowerBound * hiddenSize
    let cell = memory.cell + range.lowerBound * hiddenSize
    guard layout.steps > 0 else { return }
    tile.cells(0).update(from: cell, count: stateCount)
    passOn(hidden, range, to: tile.rows(0))
    for step in 0..<layout.steps {
      readInput(range, tile, step)
      // The new state goes to where it is read next, unless a mask lies between.
      let isLast = step == layout.steps - 1
      let isPlain = isLast || recurrentMask != nil
      let (target, stride) =
        isPlain ? (hidden, hiddenSize) : (tile.rows(step + 1), layout.rowStride)
      self.cell.forward(
        RecurrentStep(
          batch: range.count, rows: tile.rows(step), weights: memory.weights, bias: memory.bias,
          gates: tile.gates(step), previousCell: tile.cells(step),
          cell: tile.cells(step + 1), hidden: target, hiddenStride: stride,
          isReversed: !step.isMultiple(of: 2)), layout)
      if let sequence = memory.sequence { keep(target, stride: stride, range, step, sequence) }
      if isPlain, !isLast { passOn(hidden, range, to: tile.rows(step + 1)) }
    }
    cell.update(from: tile.cells(layout.steps), count: stateCount)
  }

  /// Writes hidden states into a step's rows, through the mask if there is one.
  private func passOn(_ hidden: Pointer, _ range: Range<Int>, to rows: Pointer) {
    let hiddenSize = layout.hiddenSize
    withOptionalPointer(to: recurrentMask) { mask in
      for row in 0..<range.count {
        let target = rows + row * layout.rowStride
        if let mask {
          Scalar._Kernels.binary(
            .multiply, .vectorVector, hidden + row * hiddenSize,
            mask + (range.lowerBound + row) * hiddenSize, target, hiddenSize)
        } else {
          target.update(from: hidden + row * hiddenSize, count: hiddenSize)
        }
      }
    }
  }

  /// Writes the step's inputs, and the ones for the bias, into its rows.
  private func readInput(_ range: Range<Int>, _ tile: Tile, _ step: Int) {
    input.read { input in
      for row in 0..<range.count {
        let target = tile.rows(step) + row * layout.rowStride
        let source = input + ((range.lowerBound + row) * layout.steps + step) * layout.inputSize
        (target + layout.hiddenSize).update(from: source, count: layout.inputSize)
        target[layout.joinedSize] = 1
      }
    }
  }

  /// Copies a step's hidden states to their places in the sequence.
  private func keep(
    _ hidden: Pointer, stride: Int, _ range: Range<Int>, _ step: Int, _ sequence: Pointer
  ) {
    for row in 0..<range.count {
      let place = (range.lowerBound + row) * layout.steps + step
      (sequence + place * layout.hiddenSize).update(
        from: hidden + row * stride, count: layout.hiddenSize)
    }
  }
}
