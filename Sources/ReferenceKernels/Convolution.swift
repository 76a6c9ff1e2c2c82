import RealModule

extension Reference {
  /// The sums of products that define a convolution.
  public protocol ConvolutionSums {
    /// The numbers of elements of the input and of the weight.
    var inputCount: Int { get }
    var weightCount: Int { get }
    /// The number of outputs in the batch, each of which has O channels.
    var outputRowCount: Int { get }
    /// The number of output channels.
    var O: Int { get }

    /// Calls a closure with the index of the output, of the input, and of the weight of each product
    /// in the sums.
    func forEachProduct(_ body: (_ output: Int, _ input: Int, _ weight: Int) -> Void)
  }

  /// The extents of a convolution over sequences.
  public struct ConvolutionExtents: ConvolutionSums, Sendable {
    /// The number of sequences in the batch.
    public var B: Int
    /// The number of time steps of the input.
    public var T: Int
    /// The number of input channels.
    public var C: Int
    /// The number of output channels.
    public var O: Int
    /// The number of taps of the kernel.
    public var K: Int
    /// The distance between the steps at which the kernel is applied.
    public var stride = 1
    /// The distance between the steps that the kernel reads.
    public var dilation = 1
    /// The number of groups of channels, each of which has its own kernels.
    public var groups = 1
    /// The number of zeros before the first step and after the last one.
    public var before = 0, after = 0

    /// Creates the extents of x [B, T, C] and of a kernel [O, C / groups, K].
    public init(B: Int, T: Int, C: Int, O: Int, K: Int) {
      (self.B, self.T, self.C, self.O, self.K) = (B, T, C, O, K)
    }

    /// The number of time steps of the output.
    public var outputSteps: Int {
      max(0, (T + before + after - dilation * (K - 1) - 1 + stride) / stride)
    }

    public var inputCount: Int { B * T * C }
    public var weightCount: Int { O * (C / groups) * K }
    public var outputRowCount: Int { B * outputSteps }

    public func forEachProduct(_ body: (_ output: Int, _ input: Int, _ weight: Int) -> Void) {
      let (inputs, outputs, steps) = (C / groups, O / groups, outputSteps)
      for b in 0..<B {
        for t in 0..<steps {
          for o in 0..<O {
            for c in 0..<inputs {
              for k in 0..<K {
                let step = t * stride - before + k * dilation
                guard step >= 0, step < T else { continue }
                body(
                  (b * steps + t) * O + o, (b * T + step) * C + o / outputs * inputs + c,
                  (o * inputs + c) * K + k)
              }
            }
          }
        }
      }
    }
  }

  /// Returns the output of a convolution, [B, T′, O] or [B, H′, W′, O], like PyTorch's `nn.Conv1d` and
  /// `nn.Conv2d`, but with the channels as the last axis.
  ///
  /// - Parameters:
  ///   - x: The input, [B, T, C] or [B, H, W, C].
  ///   - weight: The weight, [O, C / groups, K] or [O, C / groups, kernel height, kernel width].
  ///   - bias: The bias, [O]; nil for none.
  @inlinable
  public static func convolutionForward<Scalar: Real & BinaryFloatingPoint>(
    x: [Scalar], weight: [Scalar], bias: [Scalar]?, _ extents: some ConvolutionSums
  ) -> [Scalar] {
    require(x, "x", count: extents.inputCount, in: "convolutionForward")
    require(weight, "weight", count: extents.weightCount, in: "convolutionForward")
    let row = bias ?? [Scalar](repeating: 0, count: extents.O)
    var y = (0..<extents.outputRowCount).flatMap { _ in row }
    extents.forEachProduct { y[$0] += x[$1] * weight[$2] }
    return y
  }

  /// Returns the gradients of a convolution, given the gradient `dy` of its result.
  @inlinable
  public static func convolutionBackward<Scalar: Real & BinaryFloatingPoint>(
    x: [Scalar], weight: [Scalar], dy: [Scalar], _ extents: some ConvolutionSums
  ) -> LayerGradients<Scalar> {
    let rowCount = extents.outputRowCount
    require(dy, "dy", count: rowCount * extents.O, in: "convolutionBackward")
    var gradients = LayerGradients(
      x: [Scalar](repeating: 0, count: x.count),
      weight: [Scalar](repeating: 0, count: weight.count),
      bias: reduceSum(dy, outer: 1, count: rowCount, inner: extents.O))
    extents.forEachProduct { output, input, place in
      gradients.x[input] += dy[output] * weight[place]
      gradients.weight[place] += dy[output] * x[input]
    }
    return gradients
  }
}
