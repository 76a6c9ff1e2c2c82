/// The extents of a recurrent pass, and how its memory is laid out.
///
/// Within a tile time is the outer axis. The left operand of a step's products is a row for each
/// sequence, `[h | x | 1]`: the hidden state before the step, the input, and a one for the bias. So the
/// sums of joint gates are one product with `[W_hh | W_ih]`, and the gradients of both weights and of
/// the bias are one product, too.
struct RecurrentLayout: Sendable {
  let cell: RecurrentCell
  let batch, steps, inputSize, hiddenSize: Int
  /// A Boolean value that indicates whether a mask is applied to the hidden state between steps.
  let isMasked: Bool

  /// H + D, the columns of the joined weights.
  var joinedSize: Int { hiddenSize + inputSize }

  /// G·H, the rows of the weights.
  var gateSize: Int { cell.gateCount * hiddenSize }
  /// The rows of the weights of joint gates.
  var jointSize: Int { cell.jointGateCount * hiddenSize }
  /// The rows of the weights of split gates.
  var splitSize: Int { cell.splitGateCount * hiddenSize }

  /// The distance between two rows `[h | x | 1]`.
  var rowStride: Int { Self.paddedStride(joinedSize + 1) }
  /// The distance between two rows of kept values.
  var keptStride: Int { Self.paddedStride(cell.keptCount * hiddenSize) }
  /// The distance between two rows of the gradients of sums.
  var sumStride: Int { Self.paddedStride(cell.sumCount * hiddenSize) }

  /// The number of states with memory of their own, which all steps of a trace keep.
  ///
  /// The hidden state is in the rows `[h | x | 1]`. Where that is masked, a cell that reads the hidden
  /// state itself needs it unmasked, behind the cell's other states.
  var keptStateCount: Int { cell.stateCount + (keepsHidden ? 1 : 0) }
  /// A Boolean value that indicates whether the unmasked hidden states have memory of their own.
  var keepsHidden: Bool { isMasked && cell.readsHidden }

  var tiling: RecurrentTiling { RecurrentTiling(batch: batch) }

  /// At least `size`, and never a multiple of 4 KiB, at which neighboring rows would compete for the
  /// same lines of the cache: at 1024 columns a product is half as fast without.
  private static func paddedStride(_ size: Int) -> Int {
    let line = 16
    let rounded = (size + line - 1) / line * line
    return rounded % 512 == 0 ? rounded + line : rounded
  }
}
