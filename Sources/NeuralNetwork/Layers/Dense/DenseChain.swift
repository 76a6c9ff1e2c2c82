/// Dense layers, one after another, as one recorded operation.
///
/// What it takes to record an operation, and to carry gradients through it, is much beside a small
/// layer's arithmetic: recorded layer by layer, a training step of 2-64-32-1 with 32 rows took 6 %
/// longer (`make bench ARGUMENTS="--filter 'mlp/training step B32'"`, before and after). For the same
/// reason layers are looked at through spans: an array's element is copied first, and a copy of a layer
/// counts the references to its tensors.
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
    guard !layers.isEmpty else { return input }
    checkInputs(input.shape)
    guard input.isTracked || sources.contains(where: { $0 != nil }) else {
      var value = input
      for index in layers.indices {
        value = value.read { result(of: index, at: $0, value.shape) }
      }
      return value
    }
    var input = input
    sources.append(input.detach())
    let hidden = hiddenValues(of: input)
    let output = lastOutput(of: input, hidden)
    let derivative = DenseChainDerivative(
      layers: layers, input: input, hidden: hidden, output: output)
    return output.recorded(from: sources) { received, pass in
      if pass.isDifferentiated(received) {
        derivative.pullBackDifferentiably(received.first!, into: &pass)
      } else {
        derivative.pullBack(received.first!, into: &pass)
      }
    }
  }

  /// Stops the program unless each layer fits the one before, and the first the input.
  private func checkInputs(_ input: Shape) {
    var shape = input
    let layers = layers.span
    for index in layers.indices {
      layers[index].checkInput(shape)
      shape[-1] = layers[index].outputSize
    }
  }

  /// The outputs of all layers but the last, one behind another.
  private func hiddenValues(of input: Tensor<Scalar>) -> Tensor<Scalar> {
    let rows = input.shape.rowCount
    let hidden = 0..<(layers.count - 1)
    var count = 0
    for index in hidden { count += rows * layers.span[index].outputSize }
    return Tensor([count]) { target in
      input.read { input in
        var (x, y) = (input, target)
        for index in hidden {
          apply(index, to: x, rows: rows, into: y)
          x = UnsafePointer(y)
          y += rows * layers.span[index].outputSize
        }
      }
    }
  }

  /// The output of the last layer.
  private func lastOutput(of input: Tensor<Scalar>, _ hidden: Tensor<Scalar>) -> Tensor<Scalar> {
    let last = layers.count - 1
    guard last > 0 else { return input.read { result(of: last, at: $0, input.shape) } }
    let first = hidden.elementCount - input.shape.rowCount * layers.span[last].inputSize
    return hidden.read { result(of: last, at: $0 + first, input.shape) }
  }

  /// The output of a layer, from where its input is.
  ///
  /// - Parameter shape: The input's; its last extent does not matter.
  private func result(
    of index: Int, at x: UnsafePointer<Scalar>, _ shape: Shape
  ) -> Tensor<Scalar> {
    var shape = shape
    shape[-1] = layers.span[index].outputSize
    return Tensor(shape) { apply(index, to: x, rows: shape.rowCount, into: $0) }
  }

  /// y = f(x Wᵀ + b), where f is one of the fused activations: a GEMM that applies the bias and f to
  /// its tiles.
  private func apply(
    _ index: Int, to x: UnsafePointer<Scalar>, rows: Int, into y: UnsafeMutablePointer<Scalar>
  ) {
    let layers = layers.span
    let (shape, function) = (layers[index].weight.shape, layers[index].activation.fused!)
    layers[index].weight.read { weight in
      withOptionalPointer(to: layers[index].bias) { bias in
        multiplyInTiles(
          MatrixView(x, rows: rows, columns: shape[1]),
          MatrixView(weight, rows: shape[0], columns: shape[1], transposed: true),
          into: MutableMatrixView(y, rows: rows, columns: shape[0]), bias: bias,
          epilogue: function)
      }
    }
  }
}
