/// Returns the mean absolute error, mean |y − ŷ|, like PyTorch's `l1_loss`. Its gradient is 0 where
/// y = ŷ.
///
/// Stops the program unless all shapes are equal: losses do not broadcast.
///
/// - Parameters:
///   - prediction: ŷ, any shape.
///   - target: y, the same shape.
///   - weights: w, the same shape, as in ``meanSquaredError(_:_:weights:reduction:)``.
///   - reduction: The reduction of the elements' losses.
/// - Returns: A scalar, of shape `[]`, or the elements' losses, w |y − ŷ|, for `.none`.
public func meanAbsoluteError<Scalar: TensorScalar>(
  _ prediction: Tensor<Scalar>, _ target: Tensor<Scalar>, weights: Tensor<Scalar>? = nil,
  reduction: Reduction = .mean
) -> Tensor<Scalar> {
  RegressionLoss(name: "meanAbsoluteError") { $0.sign() }(
    prediction, target, weights: weights, reduction: reduction)
}
