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

  /// Returns the rows and the columns of images [B, H, W, C].
  static func ofImages(
    _ input: Shape, kernelSize: Extents2D, stride: Extents2D, padding: Extents2D,
    dilation: Extents2D = 1
  ) -> (rows: ConvolutionAxis, columns: ConvolutionAxis) {
    (
      ConvolutionAxis(
        extent: input[1], kernelSize: kernelSize.height, stride: stride.height,
        dilation: dilation.height, zeros: (padding.height, padding.height)),
      ConvolutionAxis(
        extent: input[2], kernelSize: kernelSize.width, stride: stride.width,
        dilation: dilation.width, zeros: (padding.width, padding.width))
    )
  }
}
