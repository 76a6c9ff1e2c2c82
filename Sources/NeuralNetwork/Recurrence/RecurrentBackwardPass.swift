/// The way back through a recurrent pass: backpropagation through time, tile by tile.
///
/// Each tile gives its own sums of the weights' gradients, as one GEMM over all of its steps; they
/// are added up in the tiles' order.
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
  private var hiddenSize: Int { pass.hiddenSize }
  private var gateSize: Int { pass.gateSize }
  private var steps: Int { pass.steps }

  func run() -> Results {
    let tileCount = RecurrentTiling.count(batch: pass.batch)
    var input = needsInputGradient ? Tensor<Scalar>(pass.input.shape) { _ in } : nil
    var inputWeight = Tensor<Scalar>([tileCount, gateSize, pass.inputSize]) { _ in }
    var recurrentWeight = Tensor<Scalar>([tileCount, gateSize, hiddenSize]) { _ in }
    var bias = Tensor<Scalar>([tileCount, gateSize]) { _ in }
    var initialHidden = hiddenGradient ?? .zeros([pass.batch, hiddenSize])
    var initialCell = cellGradient ?? .zeros([pass.batch, hiddenSize])
    inputWeight.write { inputWeight in
      recurrentWeight.write { recurrentWeight in
        bias.write { bias in
          initialHidden.write { initialHidden in
            initialCell.write { initialCell in
              withMutableOptionalPointer(to: &input) { input in
                let targets = Targets(
                  input: input, inputWeight: inputWeight, recurrentWeight: recurrentWeight,
                  bias: bias, hidden: initialHidden, cell: initialCell)
                trace.read { trace in
                  pass.forEachTile { number, rows in
                    runTile(number, rows, trace.tile(rows), targets)
                  }
                }
              }
            }
          }
        }
      }
    }
    return Results(
      input: input, inputWeight: inputWeight.sum(axis: 0),
      recurrentWeight: recurrentWeight.sum(axis: 0), bias: bias.sum(axis: 0),
      initialHidden: initialHidden, initialCell: initialCell)
  }

  /// Where the gradients go. The states' gradients start as those of the final states.
  private struct Targets {
    let input: Pointer?
    let inputWeight, recurrentWeight, bias, hidden, cell: Pointer
  }

  private func runTile(
    _ number: Int, _ rows: Range<Int>, _ saved: RecurrentTrace<Scalar>.Tile, _ targets: Targets
  ) {
    let gateCount = steps * rows.count * gateSize
    withScratch(of: Scalar.self, count: gateCount) { gates in
      gates.update(from: saved.gates, count: gateCount)
      stepBack(rows, saved, gates: gates, targets)
      accumulateWeights(number, rows, saved, gates: gates, targets)
      if let input = targets.input { differentiateInput(rows, gates: gates, input) }
    }
  }

  /// Turns the kept gates of all steps into the gradients of their sums, last step first.
  private func stepBack(
    _ rows: Range<Int>, _ saved: RecurrentTrace<Scalar>.Tile, gates: Pointer, _ targets: Targets
  ) {
    let stateCount = rows.count * hiddenSize
    let hiddenGradient = targets.hidden + rows.lowerBound * hiddenSize
    let cellGradient = targets.cell + rows.lowerBound * hiddenSize
    for step in (0..<steps).reversed() {
      addSequenceGradient(rows, step, to: hiddenGradient)
      let stepGates = gates + step * rows.count * gateSize
      pass.cell.backward(
        gates: stepGates, previousCell: saved.cell + step * stateCount,
        cell: saved.cell + (step + 1) * stateCount, hiddenGradient: hiddenGradient,
        cellGradient: cellGradient, batch: rows.count, hiddenSize: hiddenSize)
      pass.weights.recurrent.read { weight in
        multiply(
          MatrixView(stepGates, rows: rows.count, columns: gateSize),
          MatrixView(weight, rows: gateSize, columns: hiddenSize),
          into: MutableMatrixView(hiddenGradient, rows: rows.count, columns: hiddenSize))
      }
      applyMask(rows, to: hiddenGradient)
    }
  }

  private func addSequenceGradient(_ rows: Range<Int>, _ step: Int, to target: Pointer) {
    guard let sequenceGradient else { return }
    sequenceGradient.read { gradient in
      for row in 0..<rows.count {
        Scalar._Kernels.axpy(
          1, gradient + ((rows.lowerBound + row) * steps + step) * hiddenSize,
          target + row * hiddenSize, hiddenSize)
      }
    }
  }

  private func applyMask(_ rows: Range<Int>, to gradient: Pointer) {
    guard let mask = pass.recurrentMask else { return }
    mask.read {
      Scalar._Kernels.binary(
        .multiply, .vectorVector, gradient, $0 + rows.lowerBound * hiddenSize, gradient,
        rows.count * hiddenSize)
    }
  }

  /// The tile's part of the weights' gradients.
  private func accumulateWeights(
    _ number: Int, _ rows: Range<Int>, _ saved: RecurrentTrace<Scalar>.Tile, gates: Pointer,
    _ targets: Targets
  ) {
    let stepRows = steps * rows.count
    let transposedGates = MatrixView(
      UnsafePointer(gates), rows: stepRows, columns: gateSize, transposed: true)
    pass.withTimeMajorInput(rows) { x in
      multiply(
        transposedGates, MatrixView(x, rows: stepRows, columns: pass.inputSize),
        into: MutableMatrixView(
          targets.inputWeight + number * gateSize * pass.inputSize, rows: gateSize,
          columns: pass.inputSize))
    }
    let recurrentInput = pass.recurrentMask == nil ? saved.hidden : saved.masked
    multiply(
      transposedGates,
      MatrixView(UnsafePointer(recurrentInput), rows: stepRows, columns: hiddenSize),
      into: MutableMatrixView(
        targets.recurrentWeight + number * gateSize * hiddenSize, rows: gateSize,
        columns: hiddenSize))
    Scalar._Kernels.reduce(
      .sum, gates, targets.bias + number * gateSize, outer: 1, count: stepRows, inner: gateSize)
  }

  /// The gradient of the tile's inputs, put back in order of rows.
  private func differentiateInput(_ rows: Range<Int>, gates: Pointer, _ target: Pointer) {
    let inputSize = pass.inputSize
    let stepRows = steps * rows.count
    withScratch(of: Scalar.self, count: stepRows * inputSize) { timeMajor in
      pass.weights.input.read { weight in
        multiply(
          MatrixView(UnsafePointer(gates), rows: stepRows, columns: gateSize),
          MatrixView(weight, rows: gateSize, columns: inputSize),
          into: MutableMatrixView(timeMajor, rows: stepRows, columns: inputSize))
      }
      Scalar._Kernels.scatterStrided(
        timeMajor, strides: [inputSize, steps * inputSize, 1],
        shape: [steps, rows.count, inputSize], accumulating: false,
        target + rows.lowerBound * steps * inputSize)
    }
  }
}

/// Calls a closure with the address of a tensor's elements, to write, or nil if there is no tensor.
private func withMutableOptionalPointer<Scalar: TensorScalar>(
  to tensor: inout Tensor<Scalar>?, _ body: (UnsafeMutablePointer<Scalar>?) -> Void
) {
  if tensor?.write({ body($0) }) == nil { body(nil) }
}
