extension Reference {
  /// The extents of a convolution over images.
  public struct ImageConvolutionExtents: ConvolutionSums, Sendable {
    /// The number of images in the batch.
    public var B: Int
    /// The number of input and of output channels.
    public var C: Int, O: Int
    /// The rows and the columns of the images.
    public var rows: ImageAxis, columns: ImageAxis
    /// The number of groups of channels, each of which has its own kernels.
    public var groups = 1

    /// Creates the extents of x [B, H, W, C] and of a kernel [O, C / groups, height, width].
    public init(B: Int, C: Int, O: Int, rows: ImageAxis, columns: ImageAxis) {
      (self.B, self.C, self.O, self.rows, self.columns) = (B, C, O, rows, columns)
    }

    public var inputCount: Int { B * rows.extent * columns.extent * C }
    public var weightCount: Int { O * (C / groups) * rows.kernel * columns.kernel }
    public var outputRowCount: Int { B * rows.outputs * columns.outputs }

    public func forEachProduct(_ body: (_ output: Int, _ input: Int, _ weight: Int) -> Void) {
      let (inputs, outputs) = (C / groups, O / groups)
      for b in 0..<B {
        rows.forEachTap { h, i, row in
          columns.forEachTap { w, j, column in
            let output = ((b * rows.outputs + h) * columns.outputs + w) * O
            let input = ((b * rows.extent + row) * columns.extent + column) * C
            for o in 0..<O {
              for c in 0..<inputs {
                body(
                  output + o, input + o / outputs * inputs + c,
                  ((o * inputs + c) * rows.kernel + i) * columns.kernel + j)
              }
            }
          }
        }
      }
    }
  }

  /// The rows or the columns of images, and how a kernel moves along them.
  public struct ImageAxis: Sendable {
    /// The extents of the image and of the kernel.
    public var extent: Int, kernel: Int
    /// The distance between the places at which the kernel is applied.
    public var stride: Int
    /// The number of zeros on each side.
    public var padding: Int
    /// The distance between the rows or columns that the kernel reads.
    public var dilation: Int

    /// Creates an axis.
    public init(
      _ extent: Int, kernel: Int, stride: Int = 1, padding: Int = 0, dilation: Int = 1
    ) {
      (self.extent, self.kernel, self.stride) = (extent, kernel, stride)
      (self.padding, self.dilation) = (padding, dilation)
    }

    /// The extent of the output.
    public var outputs: Int {
      max(0, (extent + 2 * padding - dilation * (kernel - 1) - 1 + stride) / stride)
    }

    /// Calls a closure with each place, each tap, and the row or column of the image that the tap
    /// reads there.
    public func forEachTap(_ body: (_ place: Int, _ tap: Int, _ step: Int) -> Void) {
      for place in 0..<outputs {
        for tap in 0..<kernel {
          let step = place * stride - padding + tap * dilation
          if step >= 0, step < extent { body(place, tap, step) }
        }
      }
    }
  }
}
