/// The way back through a recurrent pass: backpropagation through time, tile by tile.
///
/// A step back is one fused kernel and a product with each of the weights. The gradients of both
/// weights and the bias are one product over the rows of some steps at a time; each group of tiles adds
/// up its own, and the groups' are added in order.
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
  private var blockSteps: Int { max(1, min(layout.steps, 256 / max(1, tiling.tileRows))) }

  func run() -> Results {
    let stateShape: Shape = [layout.batch, layout.hiddenSize]
    // One row of gradients of [W_hh | W_ih | b] a gate, for each group of tiles.
    var weights = Tensor<Scalar>.zeros(
      [tiling.groupCount, layout.gateSize, layout.joinedSize + 1])
    var input = needsInputGradient ? Tensor<Scalar>(pass.input.shape) { _ in } : nil
    var hidden = hiddenGradient ?? .zeros(stateShape)
    var cell = cellGradient ?? .zeros(stateShape)
    let packed = PackedWeights(
      recurrent: PackedMatrix(pass.recurrentWeight),
      input: needsInputGradient ? PackedMatrix(pass.inputWeight) : nil)
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
    let sums = tiling.groupCount == 1 ? weights[0] : weights.sum(axis: 0)
    let (hiddenSize, joinedSize) = (layout.hiddenSize, layout.joinedSize)
    return Results(
      input: input, inputWeight: sums.slice(axis: 1, hiddenSize..<joinedSize),
      recurrentWeight: sums.slice(axis: 1, 0..<hiddenSize),
      bias: sums.slice(axis: 1, joinedSize..<(joinedSize + 1)).flattened,
      initialHidden: hidden, initialCell: cell)
  }

  /// The right operands of a step's products.
  private struct PackedWeights: Sendable {
    /// W_hh, [G·H, H]
    let recurrent: PackedMatrix<Scalar>
    /// W_ih, [G·H, D]; nil if the gradient of the input is not wanted.
    let input: PackedMatrix<Scalar>?
  }

  /// Where the gradients go. The states' gradients start as those of the final states.
  private struct Targets {
    let input: Pointer?
    let hidden, cell: Pointer
  }

  private func runGroups(_ packed: PackedWeights, _ targets: Targets, weights: Pointer) {
    let groupCount = tiling.groupCount
    trace.read { memory in
      // The last tiles of the way forward first: part of their trace is still in cache.
      parallelFor(groupCount) { number in
        let group = groupCount - 1 - number
        let sums = weights + group * layout.gateSize * (layout.joinedSize + 1)
        for number in tiling.tiles(ofGroup: group).reversed() {
          let range = tiling.rows(ofTile: number)
          carryBack(range, memory(range), packed, targets, weights: sums)
        }
      }
    }
  }

  /// Carries a tile's gradients from its final states back through all steps.
  private func carryBack(
    _ range: Range<Int>, _ tile: RecurrentTile<Scalar>, _ packed: PackedWeights,
    _ targets: Targets, weights: Pointer
  ) {
    let hidden = targets.hidden + range.lowerBound * layout.hiddenSize
    let cell = targets.cell + range.lowerBound * layout.hiddenSize
    let stepGates = range.count * layout.gateStride
    Tensor<Scalar>.withScratch(count: blockSteps * stepGates) { gradients in
      var last = layout.steps
      while last > 0 {
        let first = max(0, last - blockSteps)
        for step in (first..<last).reversed() {
          let gates = gradients + (step - first) * stepGates
          differentiateCell(range, tile, step, gates: gates, hidden: hidden, cell: cell)
          differentiateRows(gates, range, step, packed, hidden: hidden, input: targets.input)
        }
        accumulate(gradients, tile, first..<last, into: weights)
        last = first
      }
    }
  }

  /// The gradients of a step's gates, from those of its hidden state and its cell.
  private func differentiateCell(
    _ range: Range<Int>, _ tile: RecurrentTile<Scalar>, _ step: Int, gates: Pointer,
    hidden: Pointer, cell: Pointer
  ) {
    guard let kept = tile.gates(step) else {
      fatalError("RecurrentBackwardPass: expected a trace with gates")
    }
    withOptionalPointer(to: sequenceGradient) { sequence in
      let output = sequence.map {
        $0 + (range.lowerBound * layout.steps + step) * layout.hiddenSize
      }
      pass.cell.backward(
        RecurrentBackwardStep(
          batch: range.count, gates: kept, gateGradient: gates, previousCell: tile.cells(step),
          cell: tile.cells(step + 1), hiddenGradient: hidden, outputGradient: output,
          outputStride: layout.steps * layout.hiddenSize, cellGradient: cell), layout)
    }
  }

  /// The gradients of the hidden state before a step, and of its input.
  private func differentiateRows(
    _ gates: Pointer, _ range: Range<Int>, _ step: Int, _ packed: PackedWeights, hidden: Pointer,
    input: Pointer?
  ) {
    let gates = MatrixView(
      gates, rows: range.count, columns: layout.gateSize, rowStride: layout.gateStride)
    packed.recurrent.multiply(
      gates, into: MutableMatrixView(hidden, rows: range.count, columns: layout.hiddenSize))
    applyMask(range, to: hidden)
    guard let input, let weights = packed.input else { return }
    let place = range.lowerBound * layout.steps + step
    weights.multiply(
      gates,
      into: MutableMatrixView(
        input + place * layout.inputSize, rows: range.count, columns: layout.inputSize,
        rowStride: layout.steps * layout.inputSize))
  }

  private func applyMask(_ range: Range<Int>, to hidden: Pointer) {
    guard let mask = pass.recurrentMask else { return }
    let hiddenSize = layout.hiddenSize
    mask.read { mask in
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
