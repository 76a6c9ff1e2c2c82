/// A convolution over the rows and columns of images.
///
///     y[h, w, o] = f(b[o] + Σ x[h · stride + i · dilation, w · stride + j · dilation, c] W[o, c, i, j])
///
/// The parameters have the names and layouts of PyTorch's `nn.Conv2d`: `weight`
/// [O, C / groups, kernel height, kernel width] and `bias` [O]. As in the other layers, channels are
/// the last axis of the input and of the output. `x.transposed([0, 2, 3, 1])` converts PyTorch's
/// [B, C, H, W].
///
/// ```swift
/// var generator = Xoshiro256(seed: 42)
/// let layer = Conv2d<Float>(
///   inputSize: 3, outputSize: 32, kernelSize: 3, stride: 2, padding: 1, using: &generator)
/// let y = layer(x)      // x [B, H, W, 3] → y [B, H / 2, W / 2, 32]
/// ```
public struct Conv2d<Scalar: TensorScalar>: Layer {
  /// The weight, [O, C / groups, kernel height, kernel width].
  public var weight: Tensor<Scalar>
  /// The bias, [O]; nil for a layer without a bias.
  public var bias: Tensor<Scalar>?
  /// The distances between the places at which the kernel is applied.
  public let stride: Extents2D
  /// The zeros on each side of the rows and of the columns of the input.
  public let padding: Extents2D
  /// The distances between the rows and between the columns that the kernel reads.
  public let dilation: Extents2D
  /// The number of groups of channels, each of which has its own kernels.
  public let groups: Int
  /// The activation function f.
  public let activation: Activation

  /// Creates a layer with random weights and a bias of zeros.
  ///
  /// Stops the program unless the sizes are positive and the channels can be divided into groups.
  ///
  /// - Parameters:
  ///   - inputSize: C, the number of input channels.
  ///   - outputSize: O, the number of output channels.
  ///   - kernelSize: The numbers of rows and columns that an output depends on.
  ///   - stride: The distances between the places at which the kernel is applied.
  ///   - padding: The zeros on each side of the rows and of the columns of the input.
  ///   - dilation: The distances between the rows and between the columns that the kernel reads.
  ///   - groups: The number of groups of channels, each of which has its own kernels.
  ///   - activation: The activation function f.
  ///   - initializer: The distribution of the weights, with a fan-in of C / groups times the kernel
  ///     size and a fan-out of O. By default it is `heUniform` for ReLU and `glorotUniform` for all
  ///     other activations.
  ///   - hasBias: A Boolean value that indicates whether the layer has a bias.
  ///   - generator: The source of the random weights.
  public init(
    inputSize: Int, outputSize: Int, kernelSize: Extents2D, stride: Extents2D = 1,
    padding: Extents2D = 0, dilation: Extents2D = 1, groups: Int = 1,
    activation: Activation = .linear, initializer: Initializer? = nil, hasBias: Bool = true,
    using generator: inout Xoshiro256
  ) {
    guard min(inputSize, outputSize, kernelSize.least, groups) > 0, inputSize % groups == 0 else {
      fatalError(
        "Conv2d: sizes must be positive and channels a multiple of the groups, but are inputSize "
          + "\(inputSize), outputSize \(outputSize), kernelSize \(kernelSize), groups \(groups)")
    }
    let inputs = inputSize / groups
    let initializer = initializer ?? (activation == .relu ? .heUniform : .glorotUniform)
    let weight: Tensor<Scalar> = initializer.tensor(
      [outputSize, inputs * kernelSize.height * kernelSize.width], using: &generator)
    self.init(
      weight: weight.reshaped(to: [outputSize, inputs, kernelSize.height, kernelSize.width]),
      bias: hasBias ? .zeros([outputSize]) : nil, stride: stride, padding: padding,
      dilation: dilation, groups: groups, activation: activation)
  }

  /// Creates a layer with the given parameters.
  ///
  /// Stops the program unless `weight` has shape [O, C / groups, kernel height, kernel width] and
  /// `bias` has shape [O], O is a multiple of the groups, strides and dilations are positive, and the
  /// padding is not negative.
  public init(
    weight: Tensor<Scalar>, bias: Tensor<Scalar>?, stride: Extents2D = 1, padding: Extents2D = 0,
    dilation: Extents2D = 1, groups: Int = 1, activation: Activation = .linear
  ) {
    checkLayerParameters(
      of: "Conv2d", weight: weight, "[O, C / groups, kernel height, kernel width]", rank: 4,
      bias: bias)
    guard min(stride.least, dilation.least, groups) > 0, padding.least >= 0,
      weight.shape[0] % groups == 0
    else {
      fatalError(
        "Conv2d: expected a positive stride and dilation, a padding of at least 0, and outputs that "
          + "are a multiple of the groups, but got \(stride), \(dilation), \(padding), and "
          + "\(weight.shape[0]) in \(groups) groups")
    }
    self.weight = weight
    self.bias = bias
    self.stride = stride
    self.padding = padding
    self.dilation = dilation
    self.groups = groups
    self.activation = activation
  }

  /// C, the number of input channels.
  public var inputSize: Int { weight.shape[1] * groups }
  /// O, the number of output channels.
  public var outputSize: Int { weight.shape[0] }
  /// The numbers of rows and columns that an output depends on.
  public var kernelSize: Extents2D {
    Extents2D(height: weight.shape[2], width: weight.shape[3])
  }

  @specialized(where Scalar == Float)
  public mutating func visitParameters(_ visit: ParameterVisitor<Scalar>) {
    visit("weight", &weight)
    visit("bias", &bias)
  }

  /// Returns the convolution: [B, H, W, C] → [B, H′, W′, O], where H′ is
  /// ⌊(H + 2 · padding − dilation · (kernel height − 1) − 1) / stride⌋ + 1, and W′ likewise.
  @specialized(where Scalar == Float)
  public func forward(_ input: Tensor<Scalar>, _ pass: inout ForwardPass) -> Tensor<Scalar> {
    guard input.rank == 4, input.shape[3] == inputSize else {
      fatalError("\(self): expected an input [B, H, W, \(inputSize)], but got shape \(input.shape)")
    }
    let (rows, columns) = ConvolutionAxis.ofImages(
      input.shape, kernelSize: kernelSize, stride: stride, padding: padding, dilation: dilation)
    return ConvolutionLayout(
      batch: input.shape[0], inputSize: inputSize, outputSize: outputSize, groups: groups,
      rows: rows, columns: columns
    ).convolution(
      of: input, weight, bias, activation,
      shape: [input.shape[0], rows.outputExtent, columns.outputExtent, outputSize],
      named: "Conv2d")
  }
}

extension Conv2d: CustomStringConvertible {
  public var description: String {
    "Conv2d(\(inputSize) → \(outputSize), kernel: \(kernelSize)"
      + (stride == 1 ? "" : ", stride: \(stride)") + (padding == 0 ? "" : ", padding: \(padding)")
      + (dilation == 1 ? "" : ", dilation: \(dilation)")
      + (groups > 1 ? ", groups: \(groups)" : "")
      + (activation == .linear ? "" : ", \(activation)") + (bias == nil ? ", no bias" : "") + ")"
  }
}
