/// The extents of a convolution, and its division into tiles.
///
/// An output step is a row of a matrix product. Its left operand is the row of all numbers that the
/// step depends on, tap by tap, which are copied together for some rows at a time, so that they stay
/// in cache.
struct ConvolutionLayout: Sendable {
  /// B, T, C, and the output's T′ and O.
  let batch, steps, inputSize, outputSteps, outputSize: Int
  /// K, and the distances between taps and between output steps.
  let kernelSize, dilation, stride: Int
  /// The number of zeros before the first step.
  let before: Int
  let groups: Int

  init<Scalar>(_ layer: Conv1d<Scalar>, batch: Int, steps: Int) {
    self.batch = batch
    self.steps = steps
    (inputSize, outputSize, kernelSize) = (layer.inputSize, layer.outputSize, layer.kernelSize)
    (dilation, stride, groups) = (layer.dilation, layer.stride, layer.groups)
    let reach = dilation * (kernelSize - 1)
    let zeros = layer.padding.zeros(reach: reach)
    before = zeros.before
    outputSteps = max(0, (steps + zeros.before + zeros.after - reach - 1 + stride) / stride)
  }

  /// The numbers of input and output channels of a group.
  var groupInputs: Int { inputSize / groups }
  var groupOutputs: Int { outputSize / groups }
  /// The number of numbers that an output of a group depends on.
  var depth: Int { kernelSize * groupInputs }
  /// The number of output rows.
  var rowCount: Int { batch * outputSteps }

  /// The distance between two rows of the left operand, which end with a 1 for the bias. It is an odd
  /// number of cache lines, since rows at a multiple of 2 KiB would compete for the same ones.
  var rowStride: Int { ((depth + 16) / 16 | 1) * 16 }

  /// The number of rows of a tile of the forward pass, which take at most 64 KiB of floats.
  var tileRows: Int { min(64, max(8, (1 << 14) / rowStride)) }

  /// The number of rows of a tile of the backward pass: more, since they are the inner extent of the
  /// product for the weights.
  var backwardTileRows: Int { min(256, max(16, (1 << 15) / rowStride)) }

  /// The number of blocks of sequences that the backward pass computes independently. Each one has
  /// its own sums of the gradients of the weights.
  var blockCount: Int { min(batch, 8) }

  /// Returns the rows of a block.
  func rows(ofBlock block: Int) -> Range<Int> {
    let (first, end) = (block * batch / blockCount, (block + 1) * batch / blockCount)
    return first * outputSteps..<end * outputSteps
  }

  /// Calls a closure with the taps of a row that lie within the input, and the index of the input
  /// that the first of them reads, if there are any.
  private func taps(of row: Int, _ body: (_ taps: Range<Int>, _ first: Int) -> Void) {
    let (sequence, step) = row.quotientAndRemainder(dividingBy: outputSteps)
    let start = step * stride - before
    let first = start >= 0 ? 0 : (-start + dilation - 1) / dilation
    let end = start >= steps ? 0 : min(kernelSize, (steps - 1 - start) / dilation + 1)
    guard first < end else { return body(0..<0, 0) }
    body(first..<end, (sequence * steps + start + first * dilation) * inputSize)
  }

  /// Copies what some rows of a group depend on to rows of the left operand, each followed by a 1.
  @specialized(where Scalar == Float)
  func gather<Scalar: TensorScalar>(
    _ rows: Range<Int>, group: Int, from input: UnsafePointer<Scalar>,
    to target: UnsafeMutablePointer<Scalar>
  ) {
    let width = groupInputs
    for row in rows {
      let target = target + (row - rows.lowerBound) * rowStride
      target[depth] = 1
      taps(of: row) { taps, first in
        if taps.count < kernelSize {
          target.update(repeating: 0, count: taps.lowerBound * width)
          (target + taps.upperBound * width).update(
            repeating: 0, count: (kernelSize - taps.upperBound) * width)
        }
        let (source, place) = (input + first + group * width, target + taps.lowerBound * width)
        guard !isContiguous else { return place.update(from: source, count: taps.count * width) }
        for tap in 0..<taps.count {
          (place + tap * width).update(from: source + tap * dilation * inputSize, count: width)
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
      taps(of: row) { taps, first in
        let place = source + (row - rows.lowerBound) * rowStride + taps.lowerBound * width
        let target = gradient + first + group * width
        guard !isContiguous else {
          return Scalar._Kernels.axpy(1, place, target, taps.count * width)
        }
        for tap in 0..<taps.count {
          Scalar._Kernels.axpy(
            1, place + tap * width, target + tap * dilation * inputSize, width)
        }
      }
    }
  }

  /// A Boolean value that indicates whether the taps of a row follow one another in the input.
  private var isContiguous: Bool { dilation == 1 && groups == 1 }
}
