/// The extents of a convolution of sequences or images, and its division into tiles.
///
/// An output step is a row of a matrix product. Its left operand is the row of all numbers that the
/// step depends on, tap by tap, which are copied together for some rows at a time, so that they stay
/// in cache.
struct ConvolutionLayout: Sendable {
  /// B, C, and O.
  let batch, inputSize, outputSize: Int
  let groups: Int
  /// The rows and the columns of images. The steps of sequences are columns of a single row.
  let rows, columns: ConvolutionAxis

  /// K, the number of taps of the kernel.
  var kernelSize: Int { rows.kernelSize * columns.kernelSize }
  /// The number of outputs of a sequence or an image, each of which has O channels.
  var outputCount: Int { rows.outputExtent * columns.outputExtent }
  /// The numbers of input and output channels of a group.
  var groupInputs: Int { inputSize / groups }
  var groupOutputs: Int { outputSize / groups }
  /// The number of numbers that an output of a group depends on.
  var depth: Int { kernelSize * groupInputs }
  /// The number of output rows.
  var rowCount: Int { batch * outputCount }

  /// The distance between two rows of the left operand, which end with a 1 for the bias. It is an odd
  /// number of cache lines, since rows at a multiple of 2 KiB would compete for the same ones.
  var rowStride: Int { ((depth + 16) / 16 | 1) * 16 }

  /// The number of rows of a tile of the forward pass, which take at most 64 KiB of floats.
  var tileRows: Int { min(64, max(8, (1 << 14) / rowStride)) }

  /// The number of rows of a tile of the backward pass: more, since they are the inner extent of the
  /// product for the weights.
  var backwardTileRows: Int { min(256, max(16, (1 << 15) / rowStride)) }

  /// The number of blocks of sequences or images that the backward pass computes independently. Each one has
  /// its own sums of the gradients of the weights.
  var blockCount: Int { min(batch, 8) }

  /// Returns the rows of a block.
  func rows(ofBlock block: Int) -> Range<Int> {
    let (first, end) = (block * batch / blockCount, (block + 1) * batch / blockCount)
    return first * outputCount..<end * outputCount
  }

  /// Calls a closure with each row of the kernel's taps for an output row: the taps that lie within
  /// the input, and the index of the input that the first of them reads.
  private func forEachKernelRow(
    of row: Int, _ body: (_ kernelRow: Int, _ taps: Range<Int>, _ first: Int) -> Void
  ) {
    let (place, column) = row.quotientAndRemainder(dividingBy: columns.outputExtent)
    let (image, line) = place.quotientAndRemainder(dividingBy: rows.outputExtent)
    let (lines, taps) = (rows.taps(of: line), columns.taps(of: column))
    let first = columns.start(of: column) + taps.lowerBound * columns.dilation
    for kernelRow in 0..<rows.kernelSize {
      guard lines.contains(kernelRow), !taps.isEmpty else {
        body(kernelRow, 0..<0, 0)
        continue
      }
      let line = image * rows.extent + rows.start(of: line) + kernelRow * rows.dilation
      body(kernelRow, taps, (line * columns.extent + first) * inputSize)
    }
  }

  /// Copies what some rows of a group depend on to rows of the left operand, each followed by a 1.
  @specialized(where Scalar == Float)
  func gather<Scalar: TensorScalar>(
    _ rows: Range<Int>, group: Int, from input: UnsafePointer<Scalar>,
    to target: UnsafeMutablePointer<Scalar>
  ) {
    let (width, kernelSize) = (groupInputs, columns.kernelSize)
    for row in rows {
      let target = target + (row - rows.lowerBound) * rowStride
      target[depth] = 1
      forEachKernelRow(of: row) { kernelRow, taps, first in
        let target = target + kernelRow * kernelSize * width
        if taps.count < kernelSize {
          target.update(repeating: 0, count: taps.lowerBound * width)
          (target + taps.upperBound * width).update(
            repeating: 0, count: (kernelSize - taps.upperBound) * width)
        }
        let (source, place) = (input + first + group * width, target + taps.lowerBound * width)
        guard !isContiguous else { return place.update(from: source, count: taps.count * width) }
        for tap in 0..<taps.count {
          (place + tap * width).update(
            from: source + tap * columns.dilation * inputSize, count: width)
        }
      }
    }
  }

  /// Adds the gradients of what some rows of a group depend on to the gradient of the input.
  @specialized(where Scalar == Float)
  func scatter<Scalar: TensorScalar>(
    _ rows: Range<Int>, group: Int, from source: UnsafePointer<Scalar>,
    to gradient: UnsafeMutablePointer<Scalar>
  ) {
    let width = groupInputs
    for row in rows {
      let source = source + (row - rows.lowerBound) * rowStride
      forEachKernelRow(of: row) { kernelRow, taps, first in
        let place = source + (kernelRow * columns.kernelSize + taps.lowerBound) * width
        let target = gradient + first + group * width
        guard !isContiguous else {
          return Scalar._Kernels.axpy(1, place, target, taps.count * width)
        }
        for tap in 0..<taps.count {
          Scalar._Kernels.axpy(
            1, place + tap * width, target + tap * columns.dilation * inputSize, width)
        }
      }
    }
  }

  /// A Boolean value that indicates whether the taps of a kernel's row follow one another in the
  /// input.
  private var isContiguous: Bool { columns.dilation == 1 && groups == 1 }
}
