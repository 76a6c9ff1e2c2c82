internal import SIMDKernels

/// The backward pass of a recurrent layer: backpropagation through time, tile by tile.
///
/// Each step is one fused kernel and a product with each of the weights. The gradients of the
/// weights and biases are products over the rows of several steps at a time. Each group of tiles
/// has its own sums, which are then added in the order of the groups.
struct RecurrentBackwardPass<Scalar: TensorScalar>: Sendable {
  let pass: RecurrentPass<Scalar>
  let trace: RecurrentTrace<Scalar>
  /// The gradients of the results; nil for zeros.
  let sequenceGradient, hiddenGradient: Tensor<Scalar>?
  /// The gradients of the cell's other final states, [states, B, H]; nil for zeros.
  let statesGradient: Tensor<Scalar>?
  /// A Boolean value that indicates whether to compute the gradient of the input.
  let needsInputGradient: Bool

  /// The gradients that the pass computes.
  struct Results {
    /// The gradient of the input, [B, T, D]; nil if it is not needed.
    var input: Tensor<Scalar>?
    var parameters: RecurrentParameters<Scalar>
    /// The gradient of the initial hidden state, [B, H].
    var initialHidden: Tensor<Scalar>
    /// The gradients of the cell's other initial states, [states, B, H].
    var initialStates: Tensor<Scalar>
  }

  private typealias Pointer = UnsafeMutablePointer<Scalar>
  private var layout: RecurrentLayout { pass.layout }
  private var tiling: RecurrentTiling { layout.tiling }

  /// The number of steps whose gradients are kept until their part of the weight gradients is
  /// computed.
  ///
  /// It is large enough for an efficient product and small enough for the gradients to stay in
  /// cache.
  private var blockSteps: Int { max(1, min(layout.steps, 256 / max(1, tiling.tileRows))) }

  /// Returns the gradients of the input, the parameters, and the initial states.
  func run() -> Results {
    let weights = RecurrentWeightGradients<Scalar>(layout)
    // The gradients of each group of tiles.
    var sums = Tensor<Scalar>.zeros([tiling.groupCount, weights.count])
    var input = needsInputGradient ? Tensor<Scalar>(pass.input.shape) { _ in } : nil
    var hidden = hiddenGradient ?? .zeros([layout.batch, layout.hiddenSize])
    var states =
      statesGradient ?? .zeros([layout.cell.stateCount, layout.batch, layout.hiddenSize])
    let packed = PackedWeights(
      pass.parameters, layout, needsInputGradient: needsInputGradient)
    sums.write { sums in
      hidden.write { hidden in
        states.write { states in
          withMutableOptionalPointer(to: &input) { input in
            let targets = Targets(
              input: SendablePointer(input), hidden: SendablePointer(hidden),
              states: SendablePointer(states))
            let sums = SendablePointer(sums)
            runGroups(packed, targets) { weights.at(sums.pointer + $0 * weights.count) }
          }
        }
      }
    }
    let total = tiling.groupCount == 1 ? sums[0] : sums.sum(axis: 0)
    return Results(
      input: input, parameters: weights.parameters(total), initialHidden: hidden,
      initialStates: states)
  }

  /// The right operands of the products of a step.
  private struct PackedWeights: Sendable {
    /// W_hh, [G·H, H]
    let recurrent: PackedMatrix<Scalar>
    /// The rows of W_ih of the joint and of the split gates, [gates · H, D]; nil if there are no
    /// such gates, or if the gradient of the input is not needed.
    let jointInput, splitInput: PackedMatrix<Scalar>?

    init(
      _ parameters: RecurrentParameters<Scalar>, _ layout: RecurrentLayout,
      needsInputGradient: Bool
    ) {
      recurrent = PackedMatrix(parameters.recurrentWeight)
      func rows(_ range: Range<Int>) -> PackedMatrix<Scalar>? {
        needsInputGradient && !range.isEmpty
          ? PackedMatrix(parameters.inputWeight[range]) : nil
      }
      jointInput = rows(0..<layout.jointSize)
      splitInput = rows(layout.jointSize..<layout.gateSize)
    }
  }

  /// The addresses of the results. The states initially hold the gradients of the final states.
  private struct Targets: Sendable {
    let input: SendablePointer<Pointer>?
    let hidden, states: SendablePointer<Pointer>
  }

  private func runGroups(
    _ packed: PackedWeights, _ targets: Targets,
    _ weights: @Sendable (_ group: Int) -> RecurrentWeightGradients<Scalar>.Memory
  ) {
    let groupCount = tiling.groupCount
    trace.read { memory in
      // Start with the last tiles of the forward pass: part of their trace is still in cache.
      parallelFor(groupCount) { number in
        let group = groupCount - 1 - number
        for number in tiling.tiles(ofGroup: group).reversed() {
          let range = tiling.rows(ofTile: number)
          carryBack(range, memory(range), packed, targets, weights: weights(group))
        }
      }
    }
  }

  /// Computes a tile's gradients for all steps, from the last to the first.
  private func carryBack(
    _ range: Range<Int>, _ tile: RecurrentTile<Scalar>, _ packed: PackedWeights,
    _ targets: Targets, weights: RecurrentWeightGradients<Scalar>.Memory
  ) {
    let hidden = targets.hidden.pointer + range.lowerBound * layout.hiddenSize
    let stepSums = range.count * layout.sumStride
    withStates(range, targets.states.pointer) { states in
      Tensor<Scalar>.withScratch(count: blockSteps * stepSums) { gradients in
        var last = layout.steps
        while last > 0 {
          let first = max(0, last - blockSteps)
          for step in (first..<last).reversed() {
            let sums = gradients + (step - first) * stepSums
            differentiateCell(range, tile, step, sums: sums, hidden: hidden, states: states)
            differentiateRows(
              sums, range, step, packed, hidden: hidden, input: targets.input?.pointer)
          }
          weights.add(
            sums: gradients, rows: tile.rows(first), count: (last - first) * tile.batch, layout)
          last = first
        }
      }
    }
  }

  /// Calls a closure with the gradients of a tile's states, [states, rows, H].
  ///
  /// If the cell has one state, the closure works in place. Otherwise it gets a copy, which is
  /// copied back.
  private func withStates(_ range: Range<Int>, _ states: Pointer, _ body: (Pointer) -> Void) {
    let hiddenSize = layout.hiddenSize
    let stateCount = layout.cell.stateCount
    guard stateCount > 1 else { return body(states + range.lowerBound * hiddenSize * stateCount) }
    let count = range.count * hiddenSize
    func place(_ state: Int) -> Pointer {
      states + (state * layout.batch + range.lowerBound) * hiddenSize
    }
    Tensor<Scalar>.withScratch(count: stateCount * count) { copy in
      for state in 0..<stateCount {
        (copy + state * count).update(from: place(state), count: count)
      }
      body(copy)
      for state in 0..<stateCount {
        place(state).update(from: copy + state * count, count: count)
      }
    }
  }

  /// Computes the gradients of a step's sums, given those of its states.
  private func differentiateCell(
    _ range: Range<Int>, _ tile: RecurrentTile<Scalar>, _ step: Int, sums: Pointer,
    hidden: Pointer, states: Pointer
  ) {
    guard let kept = tile.kept(step) else {
      fatalError("RecurrentBackwardPass: expected a trace with kept values")
    }
    let previous = tile.hidden(step)
    withOptionalPointer(to: sequenceGradient) { sequence in
      var kernelStep = fs_recurrent_backward_step(
        B: range.count, H: layout.hiddenSize, kept: kept, kept_stride: layout.keptStride,
        d_sums: sums, d_sums_stride: layout.sumStride, h_prev: previous.start,
        h_prev_stride: previous.stride, states_prev: tile.states(step),
        states: tile.states(step + 1), dh: hidden,
        dy: sequence.map {
          $0 + (range.lowerBound * layout.steps + step) * layout.hiddenSize
        },
        dy_stride: layout.steps * layout.hiddenSize, d_states: states)
      layout.cell.backward(Scalar._elementType, &kernelStep)
    }
  }

  /// Computes the gradients of a step's previous hidden state and of its input.
  private func differentiateRows(
    _ sums: Pointer, _ range: Range<Int>, _ step: Int, _ packed: PackedWeights, hidden: Pointer,
    input: Pointer?
  ) {
    differentiateHidden(
      view(sums, 0..<layout.gateSize, rows: range.count), range, packed.recurrent, hidden)
    guard let input else { return }
    let place = range.lowerBound * layout.steps + step
    let target = MutableMatrixView(
      input + place * layout.inputSize, rows: range.count, columns: layout.inputSize,
      rowStride: layout.steps * layout.inputSize)
    packed.jointInput?.multiply(
      view(sums, 0..<layout.jointSize, rows: range.count), into: target)
    packed.splitInput?.multiply(
      view(sums, layout.gateSize..<layout.gateSize + layout.splitSize, rows: range.count),
      accumulating: packed.jointInput != nil, into: target)
  }

  /// Returns some columns of the gradients of a step's sums.
  private func view(_ sums: Pointer, _ columns: Range<Int>, rows: Int) -> MatrixView<Scalar> {
    MatrixView(
      sums + columns.lowerBound, rows: rows, columns: columns.count, rowStride: layout.sumStride)
  }

  /// Computes the gradient of a step's previous hidden state, given those of the sums.
  ///
  /// If the cell also uses the hidden state outside of its sums, `hidden` already contains that
  /// part, and the part of the sums is added to it. A mask applies only to the part of the sums.
  private func differentiateHidden(
    _ sums: MatrixView<Scalar>, _ range: Range<Int>, _ weights: PackedMatrix<Scalar>,
    _ hidden: Pointer
  ) {
    func multiply(accumulating: Bool, into target: Pointer) {
      weights.multiply(
        sums, accumulating: accumulating,
        into: MutableMatrixView(target, rows: range.count, columns: layout.hiddenSize))
    }
    guard let mask = pass.recurrentMask else {
      return multiply(accumulating: layout.cell.readsHidden, into: hidden)
    }
    let count = range.count * layout.hiddenSize
    mask.read { mask in
      let mask = mask + range.lowerBound * layout.hiddenSize
      guard layout.cell.readsHidden else {
        multiply(accumulating: false, into: hidden)
        return Scalar._Kernels.binary(.multiply, .vectorVector, hidden, mask, hidden, count)
      }
      Tensor<Scalar>.withScratch(count: count) { scratch in
        multiply(accumulating: false, into: scratch)
        Scalar._Kernels.binary(.multiply, .vectorVector, scratch, mask, scratch, count)
        Scalar._Kernels.axpy(1, scratch, hidden, count)
      }
    }
  }
}
