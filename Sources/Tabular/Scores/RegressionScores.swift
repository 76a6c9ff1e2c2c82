import Safetensors

/// The errors of predictions, as defined by scikit-learn's metrics of the same names.
///
/// With e = prediction − actual, the sums run over all n elements in double precision. Undefined
/// scores are `nil`, never NaN.
///
/// ```swift
/// let predictions = Tensor<Float>([2.5, 0, 2, 8])
/// let actual = Tensor<Float>([3, -0.5, 2, 7])
/// print(RegressionScores(of: predictions, against: actual))
/// // MSE 0.375, RMSE 0.612, MAE 0.500, R² 0.9486
/// ```
public struct RegressionScores: Sendable, Equatable {
  /// The number of scored elements, n.
  public let count: Int
  /// Mean squared error, Σe² / n, in squared units of the target.
  public let mse: Double?
  /// Root mean squared error, √(Σe² / n), in units of the target.
  public let rmse: Double?
  /// Mean absolute error, Σ|e| / n, in units of the target.
  public let mae: Double?
  /// Coefficient of determination R², 1 − Σe² / Σ(actual − mean of actual)²: 1 for no error, 0 for
  /// predicting the mean of these elements. It is `nil` if the actual values are constant.
  public let r2: Double?

  /// Computes the scores of predictions.
  ///
  /// Stops the program if the shapes differ.
  ///
  /// - Parameters:
  ///   - predictions: The predictions, of any shape.
  ///   - actual: The actual values, of the same shape.
  public init<Scalar: TensorScalar>(
    of predictions: Tensor<Scalar>, against actual: Tensor<Scalar>
  ) {
    guard predictions.shape == actual.shape else {
      fatalError(
        "RegressionScores: expected predictions and actual values of one shape, but got "
          + "\(predictions.shape) and \(actual.shape)")
    }
    count = actual.elementCount
    guard count > 0 else {
      (mse, rmse, mae, r2) = (nil, nil, nil, nil)
      return
    }
    let actual = Tensor<Double>(actual.detached)
    let error = Tensor<Double>(predictions.detached) - actual
    let mse = error.squared().mean().scalar
    let variance = actual.variance().scalar
    self.mse = mse
    rmse = mse.squareRoot()
    mae = error.abs().mean().scalar
    r2 = variance > 0 ? 1 - mse / variance : nil
  }
}

extension RegressionScores: CustomStringConvertible {
  /// One line, such as `MSE 0.613, RMSE 0.783, MAE 0.650, R² 0.9002`, with a dash for undefined
  /// scores.
  public var description: String {
    func text(_ value: Double?, _ decimals: Int) -> String {
      value?.fixed(decimals, leastDigits: 2) ?? "–"
    }
    return "MSE \(text(mse, 3)), RMSE \(text(rmse, 3)), MAE \(text(mae, 3)), R² \(text(r2, 4))"
  }
}
