internal import SIMDKernels

/// The windows of a pooling layer.
struct PoolingWindows: Sendable, Hashable {
  let size, stride, padding: Extents2D

  /// Creates windows, or stops the program with the layer's name unless sizes and strides are
  /// positive and the padding is at most half of the size, so that every window contains an element.
  init(_ size: Extents2D, _ stride: Extents2D, _ padding: Extents2D, of layer: String) {
    guard size.least > 0, stride.least > 0, padding.least >= 0, 2 * padding.height <= size.height,
      2 * padding.width <= size.width
    else {
      fatalError(
        "\(layer): expected a positive kernel size and stride, and a padding of at most half of the "
          + "kernel size, but got \(size), \(stride), and \(padding)")
    }
    (self.size, self.stride, self.padding) = (size, stride, padding)
  }

  var description: String {
    "kernel: \(size)" + (stride == size ? "" : ", stride: \(stride)")
      + (padding == 0 ? "" : ", padding: \(padding)")
  }

  /// Returns the extents of images and windows, or stops the program with the layer's name if the
  /// input is not a batch of images.
  func extents(of input: Shape, layer: String) -> PoolingExtents {
    guard input.rank == 4 else {
      fatalError("\(layer): expected an input [B, H, W, C], but got shape \(input)")
    }
    let (rows, columns) = ConvolutionAxis.ofImages(
      input, kernelSize: size, stride: stride, padding: padding)
    return PoolingExtents(batch: input[0], rows: rows, columns: columns, channels: input[3])
  }
}

/// The extents of a batch of images and of their windows.
struct PoolingExtents: Sendable {
  let batch: Int
  let rows, columns: ConvolutionAxis
  let channels: Int

  var inputShape: Shape { [batch, rows.extent, columns.extent, channels] }
  var outputShape: Shape { [batch, rows.outputExtent, columns.outputExtent, channels] }

  /// Calls a closure for each image, on several threads, with the indices of its first element in the
  /// input and in the output.
  func forEachImage(
    _ body: @Sendable (_ input: Int, _ output: Int, _ extents: fs_pool_extents) -> Void
  ) {
    let input = rows.extent * columns.extent * channels
    let output = rows.outputExtent * columns.outputExtent * channels
    let extents = fs_pool_extents(
      height: rows.extent, width: columns.extent, channels: channels,
      output_height: rows.outputExtent, output_width: columns.outputExtent,
      kernel_height: rows.kernelSize, kernel_width: columns.kernelSize,
      stride_height: rows.stride, stride_width: columns.stride,
      padding_height: rows.before, padding_width: columns.before)
    parallelFor(batch) { image in body(image * input, image * output, extents) }
  }
}
