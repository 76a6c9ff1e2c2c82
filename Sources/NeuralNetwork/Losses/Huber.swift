/// Returns the Huber loss (Huber 1964), which is squared near the target and absolute far from it,
/// so that the gradient of an outlier is bounded, like PyTorch's `huber_loss`:
///
///     ½ (y − ŷ)²               where |y − ŷ| ≤ δ
///     δ (|y − ŷ| − ½ δ)        elsewhere
///
/// Stops the program unless all shapes are equal (losses do not broadcast) and δ is positive.
///
/// - Parameters:
///   - prediction: ŷ, any shape.
///   - target: y, the same shape.
///   - delta: δ, in the unit of y.
///   - weights: w, the same shape, as in ``meanSquaredError(_:_:weights:reduction:)``.
///   - reduction: The reduction of the elements' losses.
/// - Returns: A scalar, of shape `[]`, or the elements' losses times w for `.none`.
public func huber<Scalar: TensorScalar>(
  _ prediction: Tensor<Scalar>, _ target: Tensor<Scalar>, delta: Scalar = 1,
  weights: Tensor<Scalar>? = nil, reduction: Reduction = .mean
) -> Tensor<Scalar> {
  guard delta > 0 else { fatalError("huber: delta must be positive, but is \(delta)") }
  // With s = clamp(d, ±δ), the loss is s (d − ½ s) on both branches.
  return RegressionLoss(name: "huber", slopeFactor: 0.5) { $0.clamped(to: -delta...delta) }(
    prediction, target, weights: weights, reduction: reduction)
}
