public import Tensor
public import Testing

/// Expects two tensors of one shape whose elements are close.
///
/// Elements are close if they differ by at most `tolerance` times the expected one, or times 1 where
/// that is larger; NaN is close to NaN, and an infinity to itself.
///
/// - Parameters:
///   - tolerance: 128 times the scalar type's machine epsilon by default: 1.5e-5 or 2.8e-14.
///   - label: What is compared, for the message.
public func expectClose<Scalar: TensorScalar>(
  _ actual: Tensor<Scalar>, _ expected: Tensor<Scalar>,
  within tolerance: Scalar = defaultTolerance(),
  _ label: @autoclosure () -> String = "", sourceLocation: SourceLocation = #_sourceLocation
) {
  let prefix = label().isEmpty ? "" : "\(label()): "
  guard actual.shape == expected.shape else {
    Issue.record(
      "\(prefix)shape \(actual.shape), expected \(expected.shape)", sourceLocation: sourceLocation)
    return
  }
  let pairs = Array(zip(actual.scalars, expected.scalars))
  let wrong = pairs.indices.filter { !isClose(pairs[$0].0, pairs[$0].1, tolerance) }
  guard let first = wrong.first else { return }
  let position = zip(actual.shape.strides, actual.shape.dimensions).map { first / $0 % $1 }
  Issue.record(
    """
    \(prefix)\(wrong.count) of \(pairs.count) elements of shape \(actual.shape) differ; the first at \
    \(position): \(pairs[first].0), expected \(pairs[first].1), tolerance \(tolerance)
    """, sourceLocation: sourceLocation)
}

/// Expects the elements of a tensor, row-major; see ``expectClose(_:_:within:_:sourceLocation:)``.
public func expectClose<Scalar: TensorScalar>(
  _ actual: Tensor<Scalar>, _ expected: [Scalar], within tolerance: Scalar = defaultTolerance(),
  _ label: @autoclosure () -> String = "", sourceLocation: SourceLocation = #_sourceLocation
) {
  expectClose(
    actual.flattened, Tensor(expected), within: tolerance, label(), sourceLocation: sourceLocation)
}

public func defaultTolerance<Scalar: TensorScalar>() -> Scalar { Scalar.ulpOfOne * 128 }

private func isClose<Scalar: TensorScalar>(
  _ actual: Scalar, _ expected: Scalar, _ tolerance: Scalar
) -> Bool {
  if actual == expected || (actual.isNaN && expected.isNaN) { return true }
  return (actual - expected).magnitude <= tolerance * max(1, expected.magnitude)
}
