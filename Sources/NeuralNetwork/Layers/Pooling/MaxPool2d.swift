internal import SIMDKernels

/// A layer that returns the maximum of each channel over windows of images, like PyTorch's
/// `nn.MaxPool2d`.
///
/// As in the other layers, channels are the last axis. The first maximum of a window receives its
/// gradient.
///
/// ```swift
/// let layer = MaxPool2d<Float>(kernelSize: 2)
/// let y = layer(x)      // x [B, H, W, C] → y [B, H / 2, W / 2, C]
/// ```
public struct MaxPool2d<Scalar: TensorScalar>: Layer {
  private let windows: PoolingWindows

  /// Creates a layer.
  ///
  /// Stops the program unless the kernel size and the stride are positive and the padding is at most
  /// half of the kernel size.
  ///
  /// - Parameters:
  ///   - kernelSize: The numbers of rows and columns of a window.
  ///   - stride: The distances between windows; nil for the kernel size.
  ///   - padding: The elements on each side of the rows and of the columns that windows may extend
  ///     beyond the image.
  public init(kernelSize: Extents2D, stride: Extents2D? = nil, padding: Extents2D = 0) {
    windows = PoolingWindows(kernelSize, stride ?? kernelSize, padding, of: "MaxPool2d")
  }

  /// The numbers of rows and columns of a window.
  public var kernelSize: Extents2D { windows.size }
  /// The distances between windows.
  public var stride: Extents2D { windows.stride }
  /// The elements on each side that windows may extend beyond the image.
  public var padding: Extents2D { windows.padding }

  public mutating func visitParameters(_ visit: ParameterVisitor<Scalar>) {}

  /// Returns the maxima: [B, H, W, C] → [B, H′, W′, C], where H′ is
  /// ⌊(H + 2 · padding − kernel height) / stride⌋ + 1, and W′ likewise.
  public func forward(_ input: Tensor<Scalar>, _ pass: inout ForwardPass) -> Tensor<Scalar> {
    let extents = windows.extents(of: input.shape, layer: "\(self)")
    let x = input.detached
    let y = Tensor<Scalar>(extents.outputShape) { y in
      x.read { x in
        let (x, y) = (SendablePointer(x), SendablePointer(y))
        extents.forEachImage { input, output, extents in
          withUnsafePointer(to: extents) {
            fs_max_pool(Scalar._elementType, x.pointer + input, y.pointer + output, $0)
          }
        }
      }
    }
    return y.recorded(from: input, named: "MaxPool2d") { gradient in
      [extents.maximumGradient(of: x, y, gradient)]
    }
  }
}

extension MaxPool2d: CustomStringConvertible {
  public var description: String { "MaxPool2d(\(windows.description))" }
}

extension PoolingExtents {
  /// Returns the gradient of the input of a maximum.
  fileprivate func maximumGradient<Scalar: TensorScalar>(
    of x: Tensor<Scalar>, _ y: Tensor<Scalar>, _ gradient: Tensor<Scalar>
  ) -> Tensor<Scalar> {
    Tensor(inputShape) { dx in
      x.read { x in
        y.read { y in
          gradient.read { dy in
            let (x, y) = (SendablePointer(x), SendablePointer(y))
            let (dy, dx) = (SendablePointer(dy), SendablePointer(dx))
            forEachImage { input, output, extents in
              withUnsafePointer(to: extents) {
                fs_max_pool_backward(
                  Scalar._elementType, x.pointer + input, y.pointer + output, dy.pointer + output,
                  dx.pointer + input, $0)
              }
            }
          }
        }
      }
    }
  }
}
