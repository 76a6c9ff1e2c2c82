/// The extents of a recurrent pass, and how its memory is laid out.
///
/// Within a tile time is the outer axis. The left operand of a step's product is a row for each
/// sequence, `[h | x | 1]`: the hidden state before the step, the input, and a one for the bias. So a
/// step is one product with `[W_hh | W_ih]`, and the gradients of both weights and the bias are one
/// product, too.
struct RecurrentLayout: Sendable {
  let batch, steps, inputSize, hiddenSize, gateSize: Int

  /// H + D, the columns of the joined weights.
  var joinedSize: Int { hiddenSize + inputSize }

  /// The distance of two rows `[h | x | 1]`.
  var rowStride: Int { Self.paddedStride(joinedSize + 1) }

  /// The distance of two rows of gates.
  var gateStride: Int { Self.paddedStride(gateSize) }

  var tiling: RecurrentTiling { RecurrentTiling(batch: batch) }

  /// At least `size`, and never a multiple of 4 KiB, at which neighbouring rows would fight for the
  /// same lines of the cache: at 1024 columns a product is half as fast without.
  private static func paddedStride(_ size: Int) -> Int {
    let line = 16
    let rounded = (size + line - 1) / line * line
    return rounded % 512 == 0 ? rounded + line : rounded
  }
}
