/// A sequence of dense layers that is recorded as one operation.
///
/// Recording an operation and passing gradients through it is expensive compared with a small
/// layer's arithmetic. With one record per layer, a training step of 2-64-32-1 with 32 rows took 6
/// % longer (`make bench ARGUMENTS="--filter 'mlp/training step B32'"`, before and after). For the
/// same reason the code reads layers through spans: access to an array's element copies it first,
/// and a copy of a layer counts the references to its tensors.
struct DenseChain<Scalar: TensorScalar> {
  /// The layers, with untracked parameters.
  ///
  /// A derivative that held tracked parameters would also hold everything that they were computed
  /// from, and releasing it would recurse through all of it.
  private var layers: [Dense<Scalar>] = []
  /// The gradient sources of each layer's weight and bias.
  private var sources: [GradientSource?] = []

  /// Adds a layer.
  ///
  /// - Returns: False, without adding the layer, if the derivative of its activation does not
  ///   follow from its result.
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

  /// Returns the last layer's output, or the input if there is no layer, and ends the chain.
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

  /// Stops the program unless each layer's input size matches the output before it.
  private func checkInputs(_ input: Shape) {
    var shape = input
    let layers = layers.span
    for index in layers.indices {
      layers[index].checkInput(shape)
      shape[-1] = layers[index].outputSize
    }
  }

  /// Returns the outputs of all layers but the last, stored consecutively.
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

  /// Returns the output of the last layer.
  private func lastOutput(of input: Tensor<Scalar>, _ hidden: Tensor<Scalar>) -> Tensor<Scalar> {
    let last = layers.count - 1
    guard last > 0 else { return input.read { result(of: last, at: $0, input.shape) } }
    let first = hidden.elementCount - input.shape.rowCount * layers.span[last].inputSize
    return hidden.read { result(of: last, at: $0 + first, input.shape) }
  }

  /// Returns the output of a layer.
  ///
  /// - Parameters:
  ///   - x: The address of the layer's input.
  ///   - shape: The shape of the chain's input. Its last extent is ignored.
  private func result(
    of index: Int, at x: UnsafePointer<Scalar>, _ shape: Shape
  ) -> Tensor<Scalar> {
    var shape = shape
    shape[-1] = layers.span[index].outputSize
    return Tensor(shape) { apply(index, to: x, rows: shape.rowCount, into: $0) }
  }

  /// Computes y = f(x Wᵀ + b), where f is one of the fused activations, with a matrix product that
  /// applies the bias and f to its tiles.
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
