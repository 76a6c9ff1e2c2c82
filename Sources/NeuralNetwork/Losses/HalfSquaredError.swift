/// Returns half the squared error, ½ Σ (y − ŷ)², whose gradient is the error ŷ − y itself.
///
/// Stops the program unless all shapes are equal: losses do not broadcast.
///
/// - Parameters:
///   - prediction: ŷ, any shape.
///   - target: y, the same shape.
///   - weights: w, the same shape, as in ``meanSquaredError(_:_:weights:reduction:)``.
///   - reduction: The reduction of the elements' losses, by default their sum.
/// - Returns: A scalar, of shape `[]`, or the elements' losses, ½ w (y − ŷ)², for `.none`.
public func halfSquaredError<Scalar: TensorScalar>(
  _ prediction: Tensor<Scalar>, _ target: Tensor<Scalar>, weights: Tensor<Scalar>? = nil,
  reduction: Reduction = .sum
) -> Tensor<Scalar> {
  RegressionLoss(name: "halfSquaredError", errorFactor: 0.5)(
    prediction, target, weights: weights, reduction: reduction)
}
