internal import SIMDKernels

/// The forward pass of one layer of a recurrent network over whole sequences.
///
/// The batch is split into tiles of rows. One thread processes a tile for all T steps, so that its
/// states and sums stay in cache.
struct RecurrentPass<Scalar: TensorScalar>: Sendable {
  let layout: RecurrentLayout
  /// The input sequences, [B, T, D].
  let input: Tensor<Scalar>
  /// The layer's parameters, untracked.
  let parameters: RecurrentParameters<Scalar>
  /// The initial hidden state, [B, H].
  let initialHidden: Tensor<Scalar>
  /// The cell's other initial states, [states, B, H].
  let initialStates: Tensor<Scalar>
  /// The factors for the hidden state between steps, [B, H]; nil for none.
  let recurrentMask: Tensor<Scalar>?

  /// The results of a pass.
  struct Results {
    /// The hidden state after each step, [B, T, H]; nil if it is not wanted.
    var sequence: Tensor<Scalar>?
    /// The hidden state after the last step, [B, H].
    var hidden: Tensor<Scalar>
    /// The cell's other states after the last step, [states, B, H].
    var states: Tensor<Scalar>
    /// The values that the backward pass needs; nil if they are not wanted.
    var trace: RecurrentTrace<Scalar>?
  }

  private typealias Pointer = UnsafeMutablePointer<Scalar>
  private typealias Tile = RecurrentTile<Scalar>

  /// Runs the pass.
  func run(wantsSequence: Bool, wantsTrace: Bool) -> Results {
    let gates = PackedGates(parameters, layout)
    var results = Results(
      sequence: wantsSequence
        ? Tensor([layout.batch, layout.steps, layout.hiddenSize]) { _ in } : nil,
      hidden: initialHidden, states: initialStates,
      trace: wantsTrace ? RecurrentTrace(layout) : nil)
    gates.read { weights, bias in
      results.hidden.write { hidden in
        results.states.write { states in
          withMutableOptionalPointer(to: &results.sequence) { sequence in
            let memory = Memory(
              weights: SendablePointer(weights), bias: SendablePointer(bias),
              sequence: SendablePointer(sequence), hidden: SendablePointer(hidden),
              states: SendablePointer(states))
            forEachTile(&results.trace) { range, tile in carry(range, tile, memory) }
          }
        }
      }
    }
    return results
  }

  /// The memory that all tiles share. `hidden` and `states` hold the initial states at first and
  /// the final states at the end.
  private struct Memory: Sendable {
    let weights, bias: SendablePointer<UnsafePointer<Scalar>>
    let sequence: SendablePointer<Pointer>?
    let hidden, states: SendablePointer<Pointer>
  }

  /// Calls `body` with the rows and the memory of each tile, on several threads.
  private func forEachTile(
    _ trace: inout RecurrentTrace<Scalar>?, _ body: @Sendable (Range<Int>, Tile) -> Void
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

  /// Computes all steps of a tile, from its initial states.
  private func carry(_ range: Range<Int>, _ tile: Tile, _ memory: Memory) {
    let hiddenSize = layout.hiddenSize
    let hidden = memory.hidden.pointer + range.lowerBound * hiddenSize
    guard layout.steps > 0 else { return }
    forEachState(range, memory, tile.states(0)) { $1.update(from: $0, count: $2) }
    if layout.keepsHidden {
      tile.hidden(0).start.update(from: hidden, count: range.count * hiddenSize)
    }
    passOn(hidden, range, to: tile.rows(0))
    for step in 0..<layout.steps {
      readInput(range, tile, step)
      let isLast = step == layout.steps - 1
      let target = target(ofStep: step, isLast: isLast, tile, hidden)
      advance(tile, step, target, memory)
      if let sequence = memory.sequence { keep(target, range, step, sequence.pointer) }
      if layout.isMasked, !isLast { passOn(target.start, range, to: tile.rows(step + 1)) }
    }
    forEachState(range, memory, tile.states(layout.steps)) { $0.update(from: $1, count: $2) }
  }

  /// Returns the address to which a step writes the hidden state.
  ///
  /// It is the address from which the next step reads, unless the state must be masked first.
  private func target(
    ofStep step: Int, isLast: Bool, _ tile: Tile, _ hidden: Pointer
  ) -> (start: Pointer, stride: Int) {
    isLast || (layout.isMasked && !layout.keepsHidden)
      ? (hidden, layout.hiddenSize) : tile.hidden(step + 1)
  }

  /// Computes a step of a tile.
  private func advance(
    _ tile: Tile, _ step: Int, _ target: (start: Pointer, stride: Int), _ memory: Memory
  ) {
    let previous = tile.hidden(step)
    var kernelStep = fs_recurrent_step(
      B: tile.batch, H: layout.hiddenSize, K: layout.joinedSize, rows: tile.rows(step),
      rows_stride: layout.rowStride, weights: memory.weights.pointer, bias: memory.bias.pointer,
      kept: tile.kept(step), kept_stride: layout.keptStride, h_prev: previous.start,
      h_prev_stride: previous.stride, states_prev: tile.states(step),
      states: tile.states(step + 1), h: target.start, h_stride: target.stride,
      // Odd steps use the weights in reverse order, so they begin with those that are still in
      // cache.
      reversed: step.isMultiple(of: 2) ? 0 : 1)
    layout.cell.forward(Scalar._elementType, &kernelStep)
  }

  /// Calls a closure with the addresses of each of the cell's states in the shared memory and in
  /// the tile's memory, and with the number of elements.
  private func forEachState(
    _ range: Range<Int>, _ memory: Memory, _ states: Pointer,
    _ body: (_ shared: Pointer, _ tile: Pointer, _ count: Int) -> Void
  ) {
    let count = range.count * layout.hiddenSize
    for state in 0..<layout.cell.stateCount {
      let row = state * layout.batch + range.lowerBound
      body(memory.states.pointer + row * layout.hiddenSize, states + state * count, count)
    }
  }

  /// Writes hidden states to a step's rows, multiplied by the mask if there is one.
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

  /// Writes the step's inputs, and the ones for the bias, to its rows.
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

  /// Copies a step's hidden states to the sequence.
  private func keep(
    _ hidden: (start: Pointer, stride: Int), _ range: Range<Int>, _ step: Int,
    _ sequence: Pointer
  ) {
    for row in 0..<range.count {
      let place = (range.lowerBound + row) * layout.steps + step
      (sequence + place * layout.hiddenSize).update(
        from: hidden.start + row * hidden.stride, count: layout.hiddenSize)
    }
  }
}
