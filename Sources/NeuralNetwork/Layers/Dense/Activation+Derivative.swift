extension Activation {
  /// Returns the gradient before the activation, given the gradient after it and its result.
  ///
  /// - Returns: `target`, or `dy` if the two gradients are the same.
  func beforeActivation<Scalar: TensorScalar>(
    _ dy: UnsafePointer<Scalar>, _ y: UnsafePointer<Scalar>, _ count: Int,
    _ target: UnsafeMutablePointer<Scalar>
  ) -> UnsafePointer<Scalar> {
    guard let function = selfDifferentiating else { return dy }
    let (y, dy, dx) = (SendablePointer(y), SendablePointer(dy), SendablePointer(target))
    parallelChunks(count) { start, count in
      Scalar._Kernels.unaryBackward(
        function, y: y.pointer + start, dy: dy.pointer + start, dx: dx.pointer + start, count)
    }
    return UnsafePointer(target)
  }

  /// Returns the gradient before the activation, given the gradient after it and its result.
  func beforeActivation<Scalar: TensorScalar>(
    _ gradient: Tensor<Scalar>, _ result: Tensor<Scalar>
  ) -> Tensor<Scalar> {
    guard selfDifferentiating != nil else { return gradient }
    return Tensor(gradient.shape) { target in
      gradient.read { dy in
        result.read { y in _ = beforeActivation(dy, y, gradient.elementCount, target) }
      }
    }
  }

  /// The function that computes the gradient before the activation from the gradient after it and
  /// the result; nil if the two gradients are the same, or if the activation is not fused.
  private var selfDifferentiating: _SelfDifferentiatingFunction? {
    switch self {
    case .relu: .relu
    case .sigmoid: .sigmoid
    case .tanh: .tanh
    case .linear, .softplus, .softmax: nil
    }
  }
}
