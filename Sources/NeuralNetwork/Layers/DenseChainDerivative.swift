/// How gradients flow back through a ``DenseChain``.
struct DenseChainDerivative<Scalar: TensorScalar> {
  let layers: [Dense<Scalar>]
  /// The chain's input, and the output of each layer.
  let values: [Tensor<Scalar>]
  private let rows: Int

  init(layers: [Dense<Scalar>], values: [Tensor<Scalar>]) {
    self.layers = layers
    self.values = values
    rows = values[0].shape.rowCount
  }

  /// Adds the gradients of each layer's weight and bias, and then that of the chain's input, to a pass.
  ///
  /// Between two layers they lie in one of two scratch areas; what is computed from one goes to the
  /// other.
  ///
  /// - Parameter gradient: That of the last output.
  @specialized(where Scalar == Float)
  func pullBack(_ gradient: Tensor<Scalar>, into pass: inout Backpropagation<Scalar>) {
    let size = rows * (layers.lazy.map { max($0.inputSize, $0.outputSize) }.max() ?? 0)
    Tensor<Scalar>.withScratch(count: 2 * size) { scratch in
      func area(otherThan area: UnsafePointer<Scalar>) -> UnsafeMutablePointer<Scalar> {
        area == UnsafePointer(scratch) ? scratch + size : scratch
      }
      gradient.read { gradient in
        var dy = gradient
        for index in layers.indices.reversed() {
          let dz = beforeActivation(of: index, dy, area(otherThan: dy))
          addParameterGradients(of: index, dz, to: &pass)
          if index > 0 {
            let dx = area(otherThan: dz)
            multiplyByWeight(of: index, dz, into: dx)
            dy = UnsafePointer(dx)
          } else if pass.wantsGradient(ofInput: 2 * layers.count) {
            let dx = Tensor(values[0].shape) { multiplyByWeight(of: 0, dz, into: $0) }
            pass.add(dx, toInput: 2 * layers.count)
          }
        }
      }
    }
  }

  /// The gradient before a layer's activation, from that after it: there, or in `target`.
  private func beforeActivation(
    of index: Int, _ dy: UnsafePointer<Scalar>, _ target: UnsafeMutablePointer<Scalar>
  ) -> UnsafePointer<Scalar> {
    guard let function = layers[index].activation.selfDifferentiating else { return dy }
    values[index + 1].read { y in
      parallelChunks(values[index + 1].elementCount) { start, count in
        Scalar._Kernels.unaryBackward(
          function, y: y + start, dy: dy + start, dx: target + start, count)
      }
    }
    return UnsafePointer(target)
  }

  /// dzᵀ x, and the sums of dz over its rows, where they are wanted: not of layers that are frozen.
  private func addParameterGradients(
    of index: Int, _ dz: UnsafePointer<Scalar>, to pass: inout Backpropagation<Scalar>
  ) {
    let (inputSize, outputSize) = (layers[index].inputSize, layers[index].outputSize)
    if pass.wantsGradient(ofInput: 2 * index) {
      let weight = Tensor(layers[index].weight.shape) { target in
        values[index].read { x in
          multiplyInTiles(
            MatrixView(dz, rows: rows, columns: outputSize, transposed: true),
            MatrixView(x, rows: rows, columns: inputSize),
            into: MutableMatrixView(target, rows: outputSize, columns: inputSize))
        }
      }
      pass.add(weight, toInput: 2 * index)
    }
    if let shape = layers[index].bias?.shape, pass.wantsGradient(ofInput: 2 * index + 1) {
      let bias = Tensor(shape) { sums in
        Scalar._Kernels.reduce(.sum, dz, sums, outer: 1, count: rows, inner: outputSize)
      }
      pass.add(bias, toInput: 2 * index + 1)
    }
  }

  /// dz W
  private func multiplyByWeight(
    of index: Int, _ dz: UnsafePointer<Scalar>, into target: UnsafeMutablePointer<Scalar>
  ) {
    let (inputSize, outputSize) = (layers[index].inputSize, layers[index].outputSize)
    layers[index].weight.read { weight in
      multiplyInTiles(
        MatrixView(dz, rows: rows, columns: outputSize),
        MatrixView(weight, rows: outputSize, columns: inputSize),
        into: MutableMatrixView(target, rows: rows, columns: inputSize))
    }
  }
}

extension Activation {
  /// What gives the gradient before the activation from that after it and its result; nil if they are
  /// the same.
  fileprivate var selfDifferentiating: _SelfDifferentiatingFunction? {
    switch self {
    case .relu: .relu
    case .sigmoid: .sigmoid
    case .tanh: .tanh
    case .linear, .softplus, .softmax: nil
    }
  }
}
