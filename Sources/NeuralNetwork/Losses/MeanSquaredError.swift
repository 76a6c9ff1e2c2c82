/// The mean squared error, mean (y − ŷ)², as PyTorch's `mse_loss`.
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
///   - weights: w, the same shape; the mean is then Σ w (y − ŷ)² / Σ w. An element of weight 0 counts
///     for nothing, even if it is NaN; without any weight the loss and its gradient are 0. Weights
///     are constants: they get no gradient.
///   - reduction: What becomes of the elements' losses.
/// - Returns: A scalar, of shape `[]`; with `.none` the elements' losses, w (y − ŷ)².
@specialized(where Scalar == Float)
public func meanSquaredError<Scalar: TensorScalar>(
  _ prediction: Tensor<Scalar>, _ target: Tensor<Scalar>, weights: Tensor<Scalar>? = nil,
  reduction: Reduction = .mean
) -> Tensor<Scalar> {
  RegressionLoss(name: "meanSquaredError", gradientFactor: 2)(
    prediction, target, weights: weights, reduction: reduction)
}
