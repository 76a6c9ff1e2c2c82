/// Returns the mean squared error, mean (y − ŷ)², like PyTorch's `mse_loss`.
///
/// ```swift
/// let loss = meanSquaredError(model(x), y)
/// let masked = meanSquaredError(model(x), y, weights: isObserved)
/// ```
///
/// Stops the program unless all shapes are equal: losses do not broadcast.
///
/// - Parameters:
///   - prediction: ŷ, any shape.
///   - target: y, the same shape.
///   - weights: w, the same shape; nil for ones. The mean is Σ w (y − ŷ)² / Σ w. An element of
///     weight 0 is ignored, even if it is NaN. If all weights are 0, the loss and its gradient are
///     0. Weights are constants: they get no gradient.
///   - reduction: The reduction of the elements' losses.
/// - Returns: A scalar, of shape `[]`, or the elements' losses, w (y − ŷ)², for `.none`.
@specialized(where Scalar == Float)
public func meanSquaredError<Scalar: TensorScalar>(
  _ prediction: Tensor<Scalar>, _ target: Tensor<Scalar>, weights: Tensor<Scalar>? = nil,
  reduction: Reduction = .mean
) -> Tensor<Scalar> {
  RegressionLoss(name: "meanSquaredError", gradientFactor: 2)(
    prediction, target, weights: weights, reduction: reduction)
}
