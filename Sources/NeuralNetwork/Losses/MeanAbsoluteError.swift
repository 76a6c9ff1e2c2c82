/// The mean absolute error, mean |y − ŷ|, as PyTorch's `l1_loss`. Where y = ŷ its gradient is 0.
///
/// Stops the program unless all shapes are equal: losses do not broadcast.
///
/// - Parameters:
///   - prediction: ŷ, any shape.
///   - target: y, the same shape.
///   - weights: w, the same shape, as in ``meanSquaredError(_:_:weights:reduction:)``.
///   - reduction: What becomes of the elements' losses.
/// - Returns: A scalar, of shape `[]`; with `.none` the elements' losses, w |y − ŷ|.
public func meanAbsoluteError<Scalar: TensorScalar>(
  _ prediction: Tensor<Scalar>, _ target: Tensor<Scalar>, weights: Tensor<Scalar>? = nil,
  reduction: Reduction = .mean
) -> Tensor<Scalar> {
  RegressionLoss(name: "meanAbsoluteError") { $0.sign() }(
    prediction, target, weights: weights, reduction: reduction)
}
