/// The way back through a recurrent pass: backpropagation through time, tile by tile.
///
/// A step back is one fused kernel and one product. The gradients of both weights and the bias are one
/// product over the rows of some steps at a time; each group of tiles adds up its own, and the groups'
/// are added in order.
struct RecurrentBackwardPass<Cell: RecurrentCell, Scalar: TensorScalar> {
  let pass: RecurrentPass<Cell, Scalar>
  let trace: RecurrentTrace<Scalar>
  /// The gradients of the results; nil for none.
  let sequenceGradient, hiddenGradient, cellGradient: Tensor<Scalar>?
  let needsInputGradient: Bool

  struct Results {
    /// [B, T, D], or nil if not wanted.
    var input: Tensor<Scalar>?
    /// [G·H, D]
    var inputWeight: Tensor<Scalar>
    /// [G·H, H]
    var recurrentWeight: Tensor<Scalar>
    /// [G·H], for either bias.
    var bias: Tensor<Scalar>
    /// [B, H]
    var initialHidden, initialCell: Tensor<Scalar>
  }

  private typealias Pointer = UnsafeMutablePointer<Scalar>
  private var layout: RecurrentLayout { pass.layout }
  private var tiling: RecurrentTiling { layout.tiling }

  /// Steps whose gates' gradients are kept until their part of the weights' gradients is computed:
  /// enough rows for a product, few enough to stay in cache.
  private var blockSteps: Int { max(1, min(layout.steps, 256 / tiling.tileRows)) }

  func run() -> Results {
    let packed = PackedMatrix(
      needsInputGradient
        ? pass.weights : pass.weights.slice(axis: 1, 0..<layout.hiddenSize))
    let stateShape: Shape = [layout.batch, layout.hiddenSize]
    // One row of gradients of [W_hh | W_ih | b] a gate, for each group of tiles.
    var weights = Tensor<Scalar>.zeros(
      [tiling.groupCount, layout.gateSize, layout.joinedSize + 1])
    var input = needsInputGradient ? Tensor<Scalar>(pass.input.shape) { _ in } : nil
    var hidden = hiddenGradient ?? .zeros(stateShape)
    var cell = cellGradient ?? .zeros(stateShape)
    weights.write { weights in
      hidden.write { hidden in
        cell.write { cell in
          withMutableOptionalPointer(to: &input) { input in
            let targets = Targets(input: input, hidden: hidden, cell: cell)
            runGroups(packed, targets, weights: weights)
          }
        }
      }
    }
    let sums = weights.sum(axis: 0)
    let (hiddenSize, joinedSize) = (layout.hiddenSize, layout.joinedSize)
    return Results(
      input: input, inputWeight: sums.slice(axis: 1, hiddenSize..<joinedSize),
      recurrentWeight: sums.slice(axis: 1, 0..<hiddenSize),
      bias: sums.slice(axis: 1, joinedSize..<(joinedSize + 1)).flattened,
      initialHidden: hidden, initialCell: cell)
  }

  /// Where the gradients go. The states' gradients start as those of the final states.
  private struct Targets {
    let input: Pointer?
    let hidden, cell: Pointer
  }

  private func runGroups(
    _ packed: PackedMatrix<Scalar>, _ targets: Targets, weights: Pointer
  ) {
    trace.read { memory in
      parallelFor(tiling.groupCount) { group in
        let sums = weights + group * layout.gateSize * (layout.joinedSize + 1)
        for number in tiling.tiles(ofGroup: group) {
          let range = tiling.rows(ofTile: number)
          carryBack(range, memory(range), packed, targets, weights: sums)
        }
      }
    }
  }

  /// Carries a tile's gradients from its final states back through all steps.
  private func carryBack(
    _ range: Range<Int>, _ tile: RecurrentTile<Scalar>, _ packed: PackedMatrix<Scalar>,
    _ targets: Targets, weights: Pointer
  ) {
    let hidden = targets.hidden + range.lowerBound * layout.hiddenSize
    let cell = targets.cell + range.lowerBound * layout.hiddenSize
    let stepGates = range.count * layout.gateStride
    Tensor<Scalar>.withScratch(count: blockSteps * stepGates) { gates in
      Tensor<Scalar>.withScratch(count: range.count * packed.columns) { rows in
        var last = layout.steps
        while last > 0 {
          let first = max(0, last - blockSteps)
          for step in (first..<last).reversed() {
            addSequenceGradient(range, step, to: hidden)
            let target = gates + (step - first) * stepGates
            target.update(from: tile.gates(step), count: stepGates)
            stepBack(tile, step, gates: target, packed, rows: rows, hidden: hidden, cell: cell)
            distribute(rows, width: packed.columns, range, step, hidden: hidden, targets.input)
          }
          accumulate(gates, tile, first..<last, into: weights)
          last = first
        }
      }
    }
  }

  private func addSequenceGradient(_ range: Range<Int>, _ step: Int, to target: Pointer) {
    guard let sequenceGradient else { return }
    let hiddenSize = layout.hiddenSize
    sequenceGradient.read { gradient in
      for row in 0..<range.count {
        let place = (range.lowerBound + row) * layout.steps + step
        Scalar._Kernels.axpy(
          1, gradient + place * hiddenSize, target + row * hiddenSize, hiddenSize)
      }
    }
  }

  /// Turns the kept gates into the gradients of their sums, and these into those of the step's rows
  /// `[h | x]`.
  private func stepBack(
    _ tile: RecurrentTile<Scalar>, _ step: Int, gates: Pointer, _ packed: PackedMatrix<Scalar>,
    rows: Pointer, hidden: Pointer, cell: Pointer
  ) {
    pass.cell.backward(
      gates: gates, gatesStride: layout.gateStride, previousCell: tile.cells(step),
      cell: tile.cells(step + 1), hiddenGradient: hidden, cellGradient: cell, batch: tile.batch,
      hiddenSize: layout.hiddenSize)
    packed.multiply(
      MatrixView(
        gates, rows: tile.batch, columns: layout.gateSize, rowStride: layout.gateStride),
      into: MutableMatrixView(rows, rows: tile.batch, columns: packed.columns))
  }

  /// Takes the gradients of rows `[h | x]` apart.
  private func distribute(
    _ rows: Pointer, width: Int, _ range: Range<Int>, _ step: Int, hidden: Pointer,
    _ input: Pointer?
  ) {
    let (hiddenSize, inputSize) = (layout.hiddenSize, layout.inputSize)
    for row in 0..<range.count {
      let source = rows + row * width
      (hidden + row * hiddenSize).update(from: source, count: hiddenSize)
      if let input {
        let place = (range.lowerBound + row) * layout.steps + step
        (input + place * inputSize).update(from: source + hiddenSize, count: inputSize)
      }
    }
    pass.recurrentMask?.read { mask in
      Scalar._Kernels.binary(
        .multiply, .vectorVector, hidden, mask + range.lowerBound * hiddenSize, hidden,
        range.count * hiddenSize)
    }
  }

  /// Adds some steps' part of the gradients of `[W_hh | W_ih | b]`.
  private func accumulate(
    _ gates: Pointer, _ tile: RecurrentTile<Scalar>, _ steps: Range<Int>, into weights: Pointer
  ) {
    let stepRows = steps.count * tile.batch
    multiply(
      MatrixView(
        gates, rows: stepRows, columns: layout.gateSize, rowStride: layout.gateStride,
        transposed: true),
      MatrixView(
        tile.rows(steps.lowerBound), rows: stepRows, columns: layout.joinedSize + 1,
        rowStride: layout.rowStride),
      into: MutableMatrixView(
        weights, rows: layout.gateSize, columns: layout.joinedSize + 1),
      beta: 1)
  }
}
