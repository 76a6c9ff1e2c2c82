/// The derivative of a ``DenseChain``.
struct DenseChainDerivative<Scalar: TensorScalar> {
  let layers: [Dense<Scalar>]
  /// The chain's input.
  let input: Tensor<Scalar>
  /// The outputs of all layers but the last, stored consecutively.
  let hidden: Tensor<Scalar>
  /// The last layer's output.
  let output: Tensor<Scalar>

  /// Adds the gradients of each layer's weight and bias, and then the gradient of the chain's
  /// input, to a pass.
  ///
  /// - Parameter gradient: The gradient of the last output.
  @specialized(where Scalar == Float)
  func pullBack(_ gradient: Tensor<Scalar>, into pass: inout Backpropagation<Scalar>) {
    let rows = input.shape.rowCount
    let area = rows * widest()
    Tensor<Scalar>.withScratch(count: 2 * area) { scratch in
      input.read { input in
        hidden.read { hiddenStart in
          output.read { output in
            gradient.read { gradient in
              let values = Values(
                input: input, hiddenEnd: hiddenStart + hidden.elementCount, output: output)
              pullBack(gradient, rows, values, scratch, scratch + area, &pass)
            }
          }
        }
      }
    }
  }

  /// The addresses of the forward pass's values.
  private struct Values {
    let input: UnsafePointer<Scalar>
    /// The end of the outputs of all layers but the last.
    let hiddenEnd: UnsafePointer<Scalar>
    let output: UnsafePointer<Scalar>
  }

  /// Returns the largest input or output size of any layer.
  private func widest() -> Int {
    let layers = layers.span
    var widest = 0
    for index in layers.indices {
      widest = max(widest, layers[index].inputSize, layers[index].outputSize)
    }
    return widest
  }

  /// Processes the layers from the last to the first.
  ///
  /// Between two layers, the gradient is in one of the scratch areas. The next gradient is written
  /// to the other area.
  private func pullBack(
    _ gradient: UnsafePointer<Scalar>, _ rows: Int, _ values: Values,
    _ scratch: UnsafeMutablePointer<Scalar>, _ otherScratch: UnsafeMutablePointer<Scalar>,
    _ pass: inout Backpropagation<Scalar>
  ) {
    func area(otherThan area: UnsafePointer<Scalar>) -> UnsafeMutablePointer<Scalar> {
      area == UnsafePointer(scratch) ? otherScratch : scratch
    }
    let layers = layers.span
    var (dy, y, hiddenEnd) = (gradient, values.output, values.hiddenEnd)
    for index in layers.indices.reversed() {
      let dz = layers[index].activation.beforeActivation(
        dy, y, rows * layers[index].outputSize, area(otherThan: dy))
      guard index > 0 else {
        addParameterGradients(of: 0, layers[0].weight.shape, values.input, dz, rows, &pass)
        return addInputGradient(dz, rows, &pass)
      }
      hiddenEnd -= rows * layers[index].inputSize
      addParameterGradients(of: index, layers[index].weight.shape, hiddenEnd, dz, rows, &pass)
      let dx = area(otherThan: dz)
      multiplyByWeight(of: index, dz, rows, into: dx)
      (dy, y) = (UnsafePointer(dx), hiddenEnd)
    }
  }

  /// Adds dzᵀ x and the column sums of dz, if they are wanted. The gradients of frozen layers are
  /// not.
  ///
  /// - Parameter shape: The weight's shape.
  private func addParameterGradients(
    of index: Int, _ shape: Shape, _ x: UnsafePointer<Scalar>, _ dz: UnsafePointer<Scalar>,
    _ rows: Int, _ pass: inout Backpropagation<Scalar>
  ) {
    let (outputSize, inputSize) = (shape[0], shape[1])
    if pass.wantsGradient(ofInput: 2 * index) {
      pass.add(
        Tensor(shape) { target in
          multiplyInTiles(
            MatrixView(dz, rows: rows, columns: outputSize, transposed: true),
            MatrixView(x, rows: rows, columns: inputSize),
            into: MutableMatrixView(target, rows: outputSize, columns: inputSize))
        }, toInput: 2 * index)
    }
    if pass.wantsGradient(ofInput: 2 * index + 1) {
      pass.add(
        Tensor([outputSize]) { sums in
          Scalar._Kernels.reduce(.sum, dz, sums, outer: 1, count: rows, inner: outputSize)
        }, toInput: 2 * index + 1)
    }
  }

  /// Adds the gradient of the chain's input, given the gradient before the first layer's
  /// activation.
  private func addInputGradient(
    _ dz: UnsafePointer<Scalar>, _ rows: Int, _ pass: inout Backpropagation<Scalar>
  ) {
    guard pass.wantsGradient(ofInput: 2 * layers.count) else { return }
    let dx = Tensor<Scalar>(input.shape) { multiplyByWeight(of: 0, dz, rows, into: $0) }
    pass.add(dx, toInput: 2 * layers.count)
  }

  /// Computes dz W.
  private func multiplyByWeight(
    of index: Int, _ dz: UnsafePointer<Scalar>, _ rows: Int,
    into target: UnsafeMutablePointer<Scalar>
  ) {
    let shape = layers.span[index].weight.shape
    layers.span[index].weight.read { weight in
      multiplyInTiles(
        MatrixView(dz, rows: rows, columns: shape[0]),
        MatrixView(weight, rows: shape[0], columns: shape[1]),
        into: MutableMatrixView(target, rows: rows, columns: shape[1]))
    }
  }
}
