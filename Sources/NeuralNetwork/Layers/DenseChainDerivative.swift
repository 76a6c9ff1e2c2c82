/// How gradients flow back through a ``DenseChain``.
struct DenseChainDerivative<Scalar: TensorScalar> {
  let layers: [Dense<Scalar>]
  /// The chain's input.
  let input: Tensor<Scalar>
  /// The outputs of all layers but the last, one behind another.
  let hidden: Tensor<Scalar>
  /// The last layer's output.
  let output: Tensor<Scalar>

  /// Adds the gradients of each layer's weight and bias, and then that of the chain's input, to a pass.
  ///
  /// Between two layers they lie in one of two scratch areas; what is computed from one goes to the
  /// other.
  ///
  /// - Parameter gradient: That of the last output.
  @specialized(where Scalar == Float)
  func pullBack(_ gradient: Tensor<Scalar>, into pass: inout Backpropagation<Scalar>) {
    let layers = layers.span
    let rows = input.shape.rowCount
    var widest = 0
    for index in layers.indices {
      widest = max(widest, layers[index].inputSize, layers[index].outputSize)
    }
    let size = rows * widest
    Tensor<Scalar>.withScratch(count: 2 * size) { scratch in
      func area(otherThan area: UnsafePointer<Scalar>) -> UnsafeMutablePointer<Scalar> {
        area == UnsafePointer(scratch) ? scratch + size : scratch
      }
      withValues { input, hiddenEnd, output in
        gradient.read { gradient in
          var (dy, y) = (gradient, output)
          var hiddenEnd = hiddenEnd
          for index in layers.indices.reversed() {
            let dz = layers[index].activation.beforeActivation(
              dy, y, rows * layers[index].outputSize, area(otherThan: dy))
            hiddenEnd -= index == 0 ? 0 : rows * layers[index].inputSize
            let x = index == 0 ? input : hiddenEnd
            layers[index].addParameterGradients(x, dz, rows, layer: index, to: &pass)
            if index > 0 {
              let dx = area(otherThan: dz)
              layers[index].multiplyByWeight(dz, rows, into: dx)
              (dy, y) = (UnsafePointer(dx), x)
            } else if pass.wantsGradient(ofInput: 2 * layers.count) {
              pass.add(
                Tensor(self.input.shape) { layers[0].multiplyByWeight(dz, rows, into: $0) },
                toInput: 2 * layers.count)
            }
          }
        }
      }
    }
  }

  /// Calls a closure with where the input, the end of the hidden values, and the output are.
  private func withValues(
    _ body: (UnsafePointer<Scalar>, UnsafePointer<Scalar>, UnsafePointer<Scalar>) -> Void
  ) {
    input.read { input in
      hidden.read { start in
        output.read { body(input, start + hidden.elementCount, $0) }
      }
    }
  }
}

extension Dense {
  /// dzᵀ x, and the sums of dz over its rows, where they are wanted: not of layers that are frozen.
  fileprivate func addParameterGradients(
    _ x: UnsafePointer<Scalar>, _ dz: UnsafePointer<Scalar>, _ rows: Int, layer: Int,
    to pass: inout Backpropagation<Scalar>
  ) {
    let (inputSize, outputSize) = (inputSize, outputSize)  // so that no closure copies the layer
    if pass.wantsGradient(ofInput: 2 * layer) {
      pass.add(
        Tensor(weight.shape) { target in
          multiplyInTiles(
            MatrixView(dz, rows: rows, columns: outputSize, transposed: true),
            MatrixView(x, rows: rows, columns: inputSize),
            into: MutableMatrixView(target, rows: outputSize, columns: inputSize))
        }, toInput: 2 * layer)
    }
    if pass.wantsGradient(ofInput: 2 * layer + 1) {
      pass.add(
        Tensor([outputSize]) { sums in
          Scalar._Kernels.reduce(.sum, dz, sums, outer: 1, count: rows, inner: outputSize)
        }, toInput: 2 * layer + 1)
    }
  }

  /// dz W
  fileprivate func multiplyByWeight(
    _ dz: UnsafePointer<Scalar>, _ rows: Int, into target: UnsafeMutablePointer<Scalar>
  ) {
    let (inputSize, outputSize) = (inputSize, outputSize)
    weight.read { weight in
      multiplyInTiles(
        MatrixView(dz, rows: rows, columns: outputSize),
        MatrixView(weight, rows: outputSize, columns: inputSize),
        into: MutableMatrixView(target, rows: rows, columns: inputSize))
    }
  }
}

extension Activation {
  /// The gradient before the activation, from that after it and the result: there, or in `target`.
  fileprivate func beforeActivation<Scalar: TensorScalar>(
    _ dy: UnsafePointer<Scalar>, _ y: UnsafePointer<Scalar>, _ count: Int,
    _ target: UnsafeMutablePointer<Scalar>
  ) -> UnsafePointer<Scalar> {
    guard let function = selfDifferentiating else { return dy }
    parallelChunks(count) { start, count in
      Scalar._Kernels.unaryBackward(
        function, y: y + start, dy: dy + start, dx: target + start, count)
    }
    return UnsafePointer(target)
  }

  /// What gives the gradient before the activation from that after it and its result; nil if they are
  /// the same.
  private var selfDifferentiating: _SelfDifferentiatingFunction? {
    switch self {
    case .relu: .relu
    case .sigmoid: .sigmoid
    case .tanh: .tanh
    case .linear, .softplus, .softmax: nil
    }
  }
}
