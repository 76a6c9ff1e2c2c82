/// A convolution over the steps of sequences.
///
///     y[t, o] = f(b[o] + Σ x[t · stride + k · dilation, c] W[o, c, k])
///
/// The parameters have the names and layouts of PyTorch's `nn.Conv1d`: `weight` [O, C / groups, K]
/// and `bias` [O]. As in the recurrent layers, steps come before channels in the input and in the
/// output.
///
/// ```swift
/// var generator = Xoshiro256(seed: 42)
/// let layer = Conv1d<Float>(
///   inputSize: 8, outputSize: 32, kernelSize: 3, padding: .causal, dilation: 4, using: &generator)
/// let y = layer(x)      // x [B, T, 8] → y [B, T, 32]
/// ```
public struct Conv1d<Scalar: TensorScalar>: Layer {
  /// The weight, [O, C / groups, K].
  public var weight: Tensor<Scalar>
  /// The bias, [O]; nil for a layer without a bias.
  public var bias: Tensor<Scalar>?
  /// The distance between the steps at which the kernel is applied.
  public let stride: Int
  /// The zeros around the steps of the input.
  public let padding: ConvolutionPadding
  /// The distance between the steps that the kernel reads.
  public let dilation: Int
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
  ///   - kernelSize: K, the number of steps that an output step depends on.
  ///   - stride: The distance between the steps at which the kernel is applied.
  ///   - padding: The zeros around the steps of the input.
  ///   - dilation: The distance between the steps that the kernel reads.
  ///   - groups: The number of groups of channels, each of which has its own kernels.
  ///   - activation: The activation function f.
  ///   - initializer: The distribution of the weights, with a fan-in of C / groups · K and a fan-out
  ///     of O. By default it is `heUniform` for ReLU and `glorotUniform` for all other activations.
  ///   - hasBias: A Boolean value that indicates whether the layer has a bias.
  ///   - generator: The source of the random weights.
  public init(
    inputSize: Int, outputSize: Int, kernelSize: Int, stride: Int = 1,
    padding: ConvolutionPadding = .none, dilation: Int = 1, groups: Int = 1,
    activation: Activation = .linear, initializer: Initializer? = nil, hasBias: Bool = true,
    using generator: inout Xoshiro256
  ) {
    guard inputSize > 0, outputSize > 0, kernelSize > 0, groups > 0, inputSize % groups == 0 else {
      fatalError(
        "Conv1d: sizes must be positive and channels a multiple of the groups, but are inputSize "
          + "\(inputSize), outputSize \(outputSize), kernelSize \(kernelSize), groups \(groups)")
    }
    let inputs = inputSize / groups
    let initializer = initializer ?? (activation == .relu ? .heUniform : .glorotUniform)
    let weight: Tensor<Scalar> = initializer.tensor(
      [outputSize, inputs * kernelSize], using: &generator)
    self.init(
      weight: weight.reshaped(to: [outputSize, inputs, kernelSize]),
      bias: hasBias ? .zeros([outputSize]) : nil, stride: stride, padding: padding,
      dilation: dilation, groups: groups, activation: activation)
  }

  /// Creates a layer with the given parameters.
  ///
  /// Stops the program unless `weight` has shape [O, C / groups, K] and `bias` has shape [O], O is a
  /// multiple of the groups, and the numbers are positive.
  public init(
    weight: Tensor<Scalar>, bias: Tensor<Scalar>?, stride: Int = 1,
    padding: ConvolutionPadding = .none, dilation: Int = 1, groups: Int = 1,
    activation: Activation = .linear
  ) {
    checkLayerParameters(of: "Conv1d", weight: weight, "[O, C / groups, K]", rank: 3, bias: bias)
    guard min(stride, dilation, groups) > 0, weight.shape[0] % groups == 0 else {
      fatalError(
        "Conv1d: expected a positive stride and dilation, and outputs that are a multiple of the "
          + "groups, but got \(stride), \(dilation), and \(weight.shape[0]) in \(groups) groups")
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
  /// K, the number of steps that an output step depends on.
  public var kernelSize: Int { weight.shape[2] }

  @specialized(where Scalar == Float)
  public mutating func visitParameters(_ visit: ParameterVisitor<Scalar>) {
    visit("weight", &weight)
    visit("bias", &bias)
  }

  /// Returns the convolution: [B, T, C] → [B, T′, O]. Without padding, T′ is
  /// ⌊(T − dilation · (K − 1) − 1) / stride⌋ + 1.
  @specialized(where Scalar == Float)
  public func forward(_ input: Tensor<Scalar>, _ pass: inout ForwardPass) -> Tensor<Scalar> {
    guard input.rank == 3, input.shape[2] == inputSize else {
      fatalError("\(self): expected an input [B, T, \(inputSize)], but got shape \(input.shape)")
    }
    let axis = ConvolutionAxis(
      extent: input.shape[1], kernelSize: kernelSize, stride: stride, dilation: dilation,
      zeros: padding.zeros(reach: dilation * (kernelSize - 1)))
    return ConvolutionLayout(
      batch: input.shape[0], inputSize: inputSize, outputSize: outputSize, groups: groups,
      rows: .single, columns: axis
    ).convolution(
      of: input, weight, bias, activation,
      shape: [input.shape[0], axis.outputExtent, outputSize], named: "Conv1d")
  }
}

/// The zeros around the steps of a convolution's input.
public enum ConvolutionPadding: Sendable, Hashable, Codable {
  /// No zeros.
  case none
  /// A number of zeros before the first step, and as many after the last one.
  case both(Int)
  /// As many zeros before the first step as the kernel reaches back, so that no output depends on
  /// later steps.
  case causal

  /// Returns the number of zeros before the first step and after the last one.
  ///
  /// - Parameter reach: The number of steps that the kernel reaches back.
  func zeros(reach: Int) -> (before: Int, after: Int) {
    switch self {
    case .none: (0, 0)
    case .both(let count): (count, count)
    case .causal: (reach, 0)
    }
  }
}

extension Conv1d: CustomStringConvertible {
  public var description: String {
    "Conv1d(\(inputSize) → \(outputSize), kernel: \(kernelSize)"
      + (stride > 1 ? ", stride: \(stride)" : "") + (padding == .none ? "" : ", \(padding)")
      + (dilation > 1 ? ", dilation: \(dilation)" : "") + (groups > 1 ? ", groups: \(groups)" : "")
      + (activation == .linear ? "" : ", \(activation)") + (bias == nil ? ", no bias" : "") + ")"
  }
}
