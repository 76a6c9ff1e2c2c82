/// One axis of a convolution or of pooling: the steps of sequences, or the rows or columns of images.
struct ConvolutionAxis: Sendable {
  /// The extents of the input, of the output, and of the kernel.
  let extent, outputExtent, kernelSize: Int
  /// The distances between output steps and between taps.
  let stride, dilation: Int
  /// The number of zeros before the first step.
  let before: Int

  init(
    extent: Int, kernelSize: Int, stride: Int = 1, dilation: Int = 1,
    zeros: (before: Int, after: Int) = (0, 0)
  ) {
    self.extent = extent
    self.kernelSize = kernelSize
    self.stride = stride
    self.dilation = dilation
    before = zeros.before
    let reach = dilation * (kernelSize - 1)
    outputExtent = max(0, (extent + zeros.before + zeros.after - reach - 1 + stride) / stride)
  }

  /// The axis that sequences have besides their steps.
  static let single = ConvolutionAxis(extent: 1, kernelSize: 1)

  /// Returns the step of the input that the first tap of an output step reads, which may be one of
  /// the zeros.
  func start(of step: Int) -> Int { step * stride - before }

  /// Returns the taps of an output step that lie within the input.
  func taps(of step: Int) -> Range<Int> {
    let start = start(of: step)
    let first = start >= 0 ? 0 : (-start + dilation - 1) / dilation
    let end = start >= extent ? 0 : min(kernelSize, (extent - 1 - start) / dilation + 1)
    return first..<max(first, end)
  }
}
