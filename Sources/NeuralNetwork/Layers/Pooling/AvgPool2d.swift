internal import SIMDKernels

/// A layer that returns the mean of each channel over windows of images, like PyTorch's
/// `nn.AvgPool2d`.
///
/// As in the other layers, channels are the last axis.
///
/// ```swift
/// let layer = AvgPool2d<Float>(kernelSize: 3, stride: 2, padding: 1)
/// let y = layer(x)      // x [B, H, W, C] → y [B, H / 2, W / 2, C]
/// ```
public struct AvgPool2d<Scalar: TensorScalar>: Layer {
  private let windows: PoolingWindows
  /// A Boolean value that indicates whether the zeros around an image count, so that the sum over a
  /// window is always divided by the kernel size.
  public let countsPadding: Bool

  /// Creates a layer.
  ///
  /// Stops the program unless the kernel size and the stride are positive and the padding is at most
  /// half of the kernel size.
  ///
  /// - Parameters:
  ///   - kernelSize: The numbers of rows and columns of a window.
  ///   - stride: The distances between windows; nil for the kernel size.
  ///   - padding: The zeros on each side of the rows and of the columns of the input.
  ///   - countsPadding: A Boolean value that indicates whether these zeros count.
  public init(
    kernelSize: Extents2D, stride: Extents2D? = nil, padding: Extents2D = 0,
    countsPadding: Bool = true
  ) {
    windows = PoolingWindows(kernelSize, stride ?? kernelSize, padding, of: "AvgPool2d")
    self.countsPadding = countsPadding
  }

  /// The numbers of rows and columns of a window.
  public var kernelSize: Extents2D { windows.size }
  /// The distances between windows.
  public var stride: Extents2D { windows.stride }
  /// The zeros on each side of the rows and of the columns of the input.
  public var padding: Extents2D { windows.padding }

  public mutating func visitParameters(_ visit: ParameterVisitor<Scalar>) {}

  /// Returns the means: [B, H, W, C] → [B, H′, W′, C], where H′ is
  /// ⌊(H + 2 · padding − kernel height) / stride⌋ + 1, and W′ likewise.
  public func forward(_ input: Tensor<Scalar>, _ pass: inout ForwardPass) -> Tensor<Scalar> {
    let extents = windows.extents(of: input.shape, layer: "\(self)")
    let counts: Int32 = countsPadding ? 1 : 0
    let y = Tensor<Scalar>(extents.outputShape) { y in
      input.read { x in
        let (x, y) = (SendablePointer(x), SendablePointer(y))
        extents.forEachImage { input, output, extents in
          withUnsafePointer(to: extents) {
            fs_average_pool(Scalar._elementType, x.pointer + input, y.pointer + output, counts, $0)
          }
        }
      }
    }
    return y.recorded(from: input, named: "AvgPool2d") { gradient in
      [extents.meanGradient(of: gradient, counts)]
    }
  }
}

extension AvgPool2d: CustomStringConvertible {
  public var description: String {
    "AvgPool2d(\(windows.description)\(countsPadding ? "" : ", without padding"))"
  }
}

extension PoolingExtents {
  /// Returns the gradient of the input of a mean.
  fileprivate func meanGradient<Scalar: TensorScalar>(
    of gradient: Tensor<Scalar>, _ counts: Int32
  ) -> Tensor<Scalar> {
    Tensor(inputShape) { dx in
      gradient.read { dy in
        let (dy, dx) = (SendablePointer(dy), SendablePointer(dx))
        forEachImage { input, output, extents in
          withUnsafePointer(to: extents) {
            fs_average_pool_backward(
              Scalar._elementType, dy.pointer + output, dx.pointer + input, counts, $0)
          }
        }
      }
    }
  }
}
