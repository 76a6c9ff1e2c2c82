/// A fully connected layer: y = f(x Wᵀ + b).
///
/// Parameters, as in PyTorch's `nn.Linear`: `weight` [O, D] and `bias` [O].
///
/// ```swift
/// var generator = Xoshiro256(seed: 42)
/// let layer = Dense<Float>(inputSize: 3, outputSize: 5, activation: .relu, using: &generator)
/// let y = layer(Tensor.ones([7, 3]))   // [7, 5]
/// ```
public struct Dense<Scalar: TensorScalar>: Layer {
  /// [O, D]
  public var weight: Tensor<Scalar>
  /// [O], or nil for a layer without.
  public var bias: Tensor<Scalar>?
  /// The function f.
  public let activation: Activation

  /// A layer with random weights and a bias of zeros.
  ///
  /// - Parameters:
  ///   - inputSize: D.
  ///   - outputSize: O.
  ///   - activation: The function f.
  ///   - initializer: How weights are drawn. By default He's for ReLU and Glorot's for the others.
  ///   - hasBias: Whether there is a bias.
  ///   - generator: Where the random weights come from.
  public init(
    inputSize: Int, outputSize: Int, activation: Activation = .linear,
    initializer: Initializer? = nil, hasBias: Bool = true, using generator: inout Xoshiro256
  ) {
    let initializer = initializer ?? (activation == .relu ? .heUniform : .glorotUniform)
    weight = initializer.tensor([outputSize, inputSize], using: &generator)
    bias = hasBias ? .zeros([outputSize]) : nil
    self.activation = activation
  }

  /// A layer with the given parameters.
  ///
  /// Stops the program unless `weight` is [O, D] and `bias` [O].
  public init(weight: Tensor<Scalar>, bias: Tensor<Scalar>?, activation: Activation = .linear) {
    guard weight.rank == 2, bias == nil || bias!.shape == [weight.shape[0]] else {
      fatalError(
        "Dense: expected a weight [O, D] and a bias [O], but got \(weight.shape) and "
          + "\(bias.map { "\($0.shape)" } ?? "none")")
    }
    self.weight = weight
    self.bias = bias
    self.activation = activation
  }

  /// D, the number of input features.
  public var inputSize: Int { weight.shape[1] }
  /// O, the number of outputs.
  public var outputSize: Int { weight.shape[0] }

  @specialized(where Scalar == Float)
  public mutating func visitParameters(_ visit: ParameterVisitor<Scalar>) {
    visit("weight", &weight)
    visit("bias", &bias)
  }

  /// f(x Wᵀ + b): [..., D] → [..., O].
  @specialized(where Scalar == Float)
  public func forward(_ input: Tensor<Scalar>, _ pass: inout ForwardPass) -> Tensor<Scalar> {
    guard input.rank >= 1, input.shape[-1] == inputSize else {
      fatalError(
        "\(self): expected an input [..., \(inputSize)], but got shape \(input.shape)")
    }
    guard let epilogue = activation.fused else {
      return activation(affine(input, weight, bias, .linear))
    }
    return affine(input, weight, bias, epilogue)
  }
}

extension Dense: CustomStringConvertible {
  public var description: String {
    "Dense(\(inputSize) → \(outputSize), \(activation)\(bias == nil ? ", no bias" : ""))"
  }
}

/// f(x Wᵀ + b) as one recorded operation: a GEMM, and the bias and f in one pass over its result.
@specialized(where Scalar == Float)
private func affine<Scalar: TensorScalar>(
  _ x: Tensor<Scalar>, _ weight: Tensor<Scalar>, _ bias: Tensor<Scalar>?, _ epilogue: _Epilogue
) -> Tensor<Scalar> {
  let inputSize = weight.shape[1]
  let outputSize = weight.shape[0]
  let rows = x.shape[0..<(x.rank - 1)].elementCount
  let y = Tensor<Scalar>(x.shape[0..<(x.rank - 1)].appending(outputSize)) { target in
    x.read { x in
      weight.read { weight in
        withOptionalPointer(to: bias) { bias in
          multiplyInTiles(
            MatrixView(x, rows: rows, columns: inputSize),
            MatrixView(weight, rows: outputSize, columns: inputSize, transposed: true),
            into: MutableMatrixView(target, rows: rows, columns: outputSize), bias: bias,
            epilogue: epilogue)
        }
      }
    }
  }
  guard x.isTracked || weight.isTracked || bias?.isTracked == true else { return y }
  let inputs = bias.map { [x, weight, $0] } ?? [x, weight]
  let needsX = x.isTracked
  return Tensor.recorded([y], from: inputs) {
    [
      x = x.detached.reshaped(to: [rows, inputSize] as Shape), weight = weight.detached, y,
      hasBias = bias != nil
    ] gradients in
    let dz = y.preActivationGradient(gradients[0]!, epilogue)
      .reshaped(to: [rows, outputSize] as Shape)
    let shape = y.shape[0..<(y.rank - 1)].appending(inputSize)
    let dx = needsX ? product(dz, weight, shape: shape) : nil
    let dWeight = product(dz, x, transposingA: true, shape: weight.shape)
    return hasBias ? [dx, dWeight, dz.columnSums] : [dx, dWeight]
  }[0]
}

/// The product of two matrices that fit, in a shape of as many elements: what `matmul` does beside it
/// takes longer than a small product.
private func product<Scalar: TensorScalar>(
  _ a: Tensor<Scalar>, _ b: Tensor<Scalar>, transposingA: Bool = false, shape: Shape
) -> Tensor<Scalar> {
  Tensor(shape) { target in
    a.read { aStart in
      b.read { bStart in
        multiplyInTiles(
          MatrixView(
            aStart, rows: a.shape[0], columns: a.shape[1], transposed: transposingA),
          MatrixView(bStart, rows: b.shape[0], columns: b.shape[1]),
          into: MutableMatrixView(
            target, rows: a.shape[transposingA ? 1 : 0], columns: b.shape[1]))
      }
    }
  }
}

extension Tensor {
  /// The sums over the rows of a matrix.
  fileprivate var columnSums: Tensor {
    Tensor([shape[1]]) { sums in
      read {
        Scalar._Kernels.reduce(.sum, $0, sums, outer: 1, count: shape[0], inner: shape[1])
      }
    }
  }

  /// The gradient before the activation, where this tensor is the activation's result.
  fileprivate func preActivationGradient(_ gradient: Tensor, _ epilogue: _Epilogue) -> Tensor {
    switch epilogue {
    case .linear: gradient
    case .relu: selfDifferentiated(.relu, gradient)
    case .sigmoid: selfDifferentiated(.sigmoid, gradient)
    case .tanh: selfDifferentiated(.tanh, gradient)
    }
  }
}
