/// Returns the value of a function at a point and its gradient there.
///
/// ```swift
/// let (value, gradient) = valueWithGradient(at: Tensor<Double>([1, 2, 3])) { x in
///   (x * x).sum()
/// }
/// // value 14, gradient [2, 4, 6]
/// ```
///
/// The function may itself compute gradients, to any order. In the gradient penalty of a
/// Wasserstein GAN, the outer gradient is that of the critic's weights:
///
/// ```swift
/// let gradients = gradient(at: weight) { weight in
///   let slope = gradient(at: x) { x in matmul(x, weight).tanh().sum() }
///   return (slope.squared().sum(axis: 1).sqrt() - 1).squared().mean()
/// }
/// ```
///
/// Recurrent layers, ``cholesky(_:)``, and ``determinant(_:)`` have a first derivative only. An
/// inner gradient through them stops the program if the outer gradient depends on it.
///
/// - Parameters:
///   - x: The point, of any shape.
///   - f: The function. Its result must have one element.
/// - Returns: The value, in the result's shape, and the gradient, in the shape of `x`. The gradient
///   is zero if the result does not depend on `x`. Both are tracked if an outer gradient depends on
///   them.
public func valueWithGradient<Scalar: TensorScalar>(
  at x: Tensor<Scalar>, in f: (Tensor<Scalar>) throws -> Tensor<Scalar>
) rethrows -> (value: Tensor<Scalar>, gradient: Tensor<Scalar>) {
  let (value, gradients) = try valueWithGradients(at: [x]) { try f($0[0]) }
  return (value, gradients[0])
}

/// Returns the value of a function of two tensors and its gradients; see
/// ``valueWithGradient(at:in:)``.
public func valueWithGradient<Scalar: TensorScalar>(
  at x: Tensor<Scalar>, _ y: Tensor<Scalar>,
  in f: (Tensor<Scalar>, Tensor<Scalar>) throws -> Tensor<Scalar>
) rethrows -> (value: Tensor<Scalar>, gradients: (Tensor<Scalar>, Tensor<Scalar>)) {
  let (value, gradients) = try valueWithGradients(at: [x, y]) { try f($0[0], $0[1]) }
  return (value, (gradients[0], gradients[1]))
}

/// Returns the value of a function of any number of tensors and its gradient with respect to each;
/// see ``valueWithGradient(at:in:)``.
@specialized(where Scalar == Float)
public func valueWithGradients<Scalar: TensorScalar>(
  at point: [Tensor<Scalar>], in f: ([Tensor<Scalar>]) throws -> Tensor<Scalar>
) rethrows -> (value: Tensor<Scalar>, gradients: [Tensor<Scalar>]) {
  var variables = GradientVariables<Scalar>()
  var tracked = point
  for index in tracked.indices { variables.track(&tracked[index]) }
  return variables.valueWithGradients(of: try f(tracked))
}

/// Returns the gradient of a function at a point; see ``valueWithGradient(at:in:)``.
public func gradient<Scalar: TensorScalar>(
  at x: Tensor<Scalar>, in f: (Tensor<Scalar>) throws -> Tensor<Scalar>
) rethrows -> Tensor<Scalar> {
  try valueWithGradient(at: x, in: f).gradient
}
