/// The extents of a recurrent pass and the layout of its memory.
///
/// Within a tile, time is the outer axis. The left operand of a step's products has a row
/// `[h | x | 1]` for each sequence: the hidden state before the step, the input, and a one for the
/// bias. With this layout the sums of joint gates are one product with `[W_hh | W_ih]`, and the
/// gradients of both weights and of the bias are also one product.
struct RecurrentLayout: Sendable {
  let cell: RecurrentCell
  let batch, steps, inputSize, hiddenSize: Int
  /// A Boolean value that indicates whether a mask is applied to the hidden state between steps.
  let isMasked: Bool

  /// H + D, the number of columns of the joined weights.
  var joinedSize: Int { hiddenSize + inputSize }

  /// G·H, the number of rows of the weights.
  var gateSize: Int { cell.gateCount * hiddenSize }
  /// The number of rows of the weights of joint gates.
  var jointSize: Int { cell.jointGateCount * hiddenSize }
  /// The number of rows of the weights of split gates.
  var splitSize: Int { cell.splitGateCount * hiddenSize }

  /// The distance between two rows `[h | x | 1]`, in elements.
  var rowStride: Int { Self.paddedStride(joinedSize + 1) }
  /// The distance between two rows of kept values, in elements.
  var keptStride: Int { Self.paddedStride(cell.keptCount * hiddenSize) }
  /// The distance between two rows of gradients of sums, in elements.
  var sumStride: Int { Self.paddedStride(cell.sumCount * hiddenSize) }

  /// The number of states that have memory of their own, which a trace keeps for every step.
  ///
  /// The hidden state is in the rows `[h | x | 1]`. If it is masked there, a cell that uses the
  /// hidden state outside of its sums also needs the unmasked state, which follows the cell's other
  /// states.
  var keptStateCount: Int { cell.stateCount + (keepsHidden ? 1 : 0) }
  /// A Boolean value that indicates whether the unmasked hidden states have memory of their own.
  var keepsHidden: Bool { isMasked && cell.readsHidden }

  var tiling: RecurrentTiling { RecurrentTiling(batch: batch) }

  /// Returns a row stride of at least `size` elements that is not a multiple of 512.
  ///
  /// If the distance of rows is a multiple of 4 KiB, neighboring rows compete for the same cache
  /// lines: at 1024 columns a product takes twice as long.
  private static func paddedStride(_ size: Int) -> Int {
    let line = 16
    let rounded = (size + line - 1) / line * line
    return rounded % 512 == 0 ? rounded + line : rounded
  }
}
