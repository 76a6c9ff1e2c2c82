/// Dense layers, one after another, as one recorded operation.
///
/// What it takes to record an operation, and to carry gradients through it, is much beside a small
/// layer's arithmetic: recorded layer by layer, a training step of 2-64-32-1 with 32 rows takes 6 %
/// longer (`make bench ARGUMENTS="--filter 'mlp/training step B32'"`, before and after).
struct DenseChain<Scalar: TensorScalar> {
  private var layers: [Dense<Scalar>] = []
  private var isTracked = false

  /// Adds a layer, or returns false if its activation cannot be differentiated from its result.
  mutating func append(_ layer: Dense<Scalar>) -> Bool {
    guard layer.activation.fused != nil else { return false }
    layers.append(layer)
    isTracked = isTracked || layer.weight.isTracked || layer.bias?.isTracked == true
    return true
  }

  /// The last layer's output, or the input if there is no layer.
  @specialized(where Scalar == Float)
  func forward(_ input: Tensor<Scalar>) -> Tensor<Scalar> {
    guard isTracked || (input.isTracked && !layers.isEmpty) else {
      var value = input
      for layer in layers { value = layer.output(of: value) }
      return value
    }
    var values = [input.detached]
    values.reserveCapacity(layers.count + 1)
    for layer in layers { values.append(layer.output(of: values[values.count - 1])) }
    return recorded(values, from: input)
  }

  /// The last of `values`, which are the input and all outputs, with the derivative of the chain.
  private func recorded(_ values: [Tensor<Scalar>], from input: Tensor<Scalar>) -> Tensor<Scalar> {
    var inputs = [input]
    inputs.reserveCapacity(2 * layers.count + 1)
    for layer in layers {
      inputs.append(layer.weight)
      if let bias = layer.bias { inputs.append(bias) }
    }
    let inputCount = inputs.count
    let needsInput = input.isTracked
    return Tensor.recorded([values[layers.count]], from: inputs) {
      [layers = layers.map { $0.detached }] gradients in
      var results = [Tensor<Scalar>?](repeating: nil, count: inputCount)
      var place = inputCount
      var gradient = gradients[0]!
      for (index, layer) in layers.enumerated().reversed() {
        let dz = values[index + 1].preActivationGradient(gradient, layer.activation)
        if layer.bias != nil {
          place -= 1
          results[place] = layer.biasGradient(dz)
        }
        place -= 1
        results[place] = layer.weightGradient(dz, values[index])
        if index > 0 || needsInput {
          gradient = layer.inputGradient(dz, shape: values[index].shape)
        }
      }
      if needsInput { results[0] = gradient }
      return results
    }[0]
  }
}

extension Dense {
  fileprivate var detached: Dense {
    var result = self
    result.weight = weight.detached
    result.bias = bias?.detached
    return result
  }

  /// f(x Wᵀ + b), where f is one of the fused activations: a GEMM that applies the bias and f to its
  /// tiles.
  fileprivate func output(of x: Tensor<Scalar>) -> Tensor<Scalar> {
    checkInput(x)
    let shape = x.shape[0..<(x.rank - 1)].appending(outputSize)
    let rows = shape.rowCount
    return Tensor(shape) { target in
      x.read { x in
        weight.read { weight in
          withOptionalPointer(to: bias) { bias in
            multiplyInTiles(
              MatrixView(x, rows: rows, columns: inputSize),
              MatrixView(weight, rows: outputSize, columns: inputSize, transposed: true),
              into: MutableMatrixView(target, rows: rows, columns: outputSize), bias: bias,
              epilogue: activation.fused!)
          }
        }
      }
    }
  }

  /// dzᵀ x, where dz is the gradient before the activation.
  fileprivate func weightGradient(_ dz: Tensor<Scalar>, _ x: Tensor<Scalar>) -> Tensor<Scalar> {
    let rows = dz.shape.rowCount
    return Tensor(weight.shape) { target in
      dz.read { dz in
        x.read { x in
          multiplyInTiles(
            MatrixView(dz, rows: rows, columns: outputSize, transposed: true),
            MatrixView(x, rows: rows, columns: inputSize),
            into: MutableMatrixView(target, rows: outputSize, columns: inputSize))
        }
      }
    }
  }

  /// The sums of dz over its rows.
  fileprivate func biasGradient(_ dz: Tensor<Scalar>) -> Tensor<Scalar> {
    let rows = dz.shape.rowCount
    return Tensor([outputSize]) { sums in
      dz.read { Scalar._Kernels.reduce(.sum, $0, sums, outer: 1, count: rows, inner: outputSize) }
    }
  }

  /// dz W, in the shape of the input.
  fileprivate func inputGradient(_ dz: Tensor<Scalar>, shape: Shape) -> Tensor<Scalar> {
    let rows = dz.shape.rowCount
    return Tensor(shape) { target in
      dz.read { dz in
        weight.read { weight in
          multiplyInTiles(
            MatrixView(dz, rows: rows, columns: outputSize),
            MatrixView(weight, rows: outputSize, columns: inputSize),
            into: MutableMatrixView(target, rows: rows, columns: inputSize))
        }
      }
    }
  }
}

extension Shape {
  /// How many rows there are, all but the last axis taken together.
  fileprivate var rowCount: Int { self[0..<(rank - 1)].elementCount }
}

extension Tensor {
  /// The gradient before the activation, where this tensor is the activation's result.
  fileprivate func preActivationGradient(_ gradient: Tensor, _ activation: Activation) -> Tensor {
    switch activation {
    case .relu: selfDifferentiated(.relu, gradient)
    case .sigmoid: selfDifferentiated(.sigmoid, gradient)
    case .tanh: selfDifferentiated(.tanh, gradient)
    case .linear, .softplus, .softmax: gradient
    }
  }
}
