/// Dense layers, one after another, as one recorded operation.
///
/// What it takes to record an operation, and to carry gradients through it, is much beside a small
/// layer's arithmetic: recorded layer by layer, a training step of 2-64-32-1 with 32 rows takes 6 %
/// longer (`make bench ARGUMENTS="--filter 'mlp/training step B32'"`, before and after).
struct DenseChain<Scalar: TensorScalar> {
  /// None of their parameters tracked: a derivative that held what these were computed from would be
  /// released recursively, however long that was.
  private var layers: [Dense<Scalar>] = []
  /// Where each layer's weight and bias came from.
  private var sources: [GradientSource?] = []

  /// Adds a layer, or returns false if its activation cannot be differentiated from its result.
  mutating func append(_ layer: consuming Dense<Scalar>) -> Bool {
    guard layer.activation.fused != nil else { return false }
    if layers.isEmpty { reserveCapacity(4) }
    sources.append(layer.weight.detach())
    sources.append(layer.bias?.detach())
    layers.append(layer)
    return true
  }

  private mutating func reserveCapacity(_ count: Int) {
    layers.reserveCapacity(count)
    sources.reserveCapacity(2 * count + 1)
  }

  /// The last layer's output, or the input if there is no layer. This ends the chain.
  @specialized(where Scalar == Float)
  mutating func forward(_ input: Tensor<Scalar>) -> Tensor<Scalar> {
    guard !layers.isEmpty, input.isTracked || sources.contains(where: { $0 != nil }) else {
      var value = input
      for index in layers.indices { value = layers[index].output(of: value) }
      return value
    }
    var values: [Tensor<Scalar>] = []
    values.reserveCapacity(layers.count + 1)
    values.append(input)
    sources.append(values[0].detach())
    for index in layers.indices { values.append(layers[index].output(of: values[index])) }
    let derivative = DenseChainDerivative(layers: layers, values: values)
    return values[layers.count].recorded(from: sources) { received, pass in
      derivative.pullBack(received.first!, into: &pass)
    }
  }
}

extension Dense {
  /// f(x Wᵀ + b), where f is one of the fused activations: a GEMM that applies the bias and f to its
  /// tiles.
  fileprivate func output(of x: Tensor<Scalar>) -> Tensor<Scalar> {
    checkInput(x)
    var shape = x.shape
    shape[-1] = outputSize
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
}
