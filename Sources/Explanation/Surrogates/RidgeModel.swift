import Forecasting

/// A linear model whose coefficients are kept small: ridge regression on standardized columns (Hoerl &
/// Kennard 1970).
///
/// The coefficients minimize Σ error² + penalty · Σ coefficient², with the columns divided by their
/// standard deviations. The intercept isn't penalized. This is scikit-learn's `Ridge` after a
/// `StandardScaler`.
public struct RidgeModel: Sendable {
  /// The mean and the standard deviation of each column, [F]. The latter is 0 for constant columns.
  public let means, deviations: [Double]
  /// The change of the prediction for one standard deviation of a column, [F].
  public let coefficients: [Double]
  /// The prediction for columns that all have their means.
  public let intercept: Double

  /// Fits a model. Stops the program if the shapes don't fit, or if there are no examples.
  ///
  /// - Parameters:
  ///   - columns: The columns, [N, F].
  ///   - targets: The targets, [N].
  ///   - penalty: The penalty, which is positive.
  /// - Throws: `LinearAlgebraError` if a number isn't finite.
  public init(
    _ columns: Tensor<Double>, _ targets: Tensor<Double>, penalty: Double = 1
  ) throws(LinearAlgebraError) {
    guard columns.rank == 2, columns.shape[0] >= 1, targets.shape == [columns.shape[0]],
      penalty > 0
    else {
      fatalError(
        "RidgeModel: expected columns [N, F], targets [N] with N of at least 1, and a positive "
          + "penalty, got \(columns.shape), \(targets.shape), and \(penalty)")
    }
    let mean = columns.mean(axis: 0)
    let centered = columns - mean
    let deviation = centered.squared().mean(axis: 0).sqrt()
    let sizes = deviation.scalars
    // The rounding error of a constant column's mean isn't a deviation.
    let usual = zip(sizes, mean.scalars).map { $0 > 1e-12 * max(abs($1), 1) ? $0 : 0 }
    let divisors = Tensor(usual.map { $0 > 0 ? $0 : 1 })
    let scaled = centered / divisors * Tensor(usual.map { $0 > 0 ? 1.0 : 0 })  // [N, F]
    let center = targets.mean().scalar
    let gram = matmul(scaled, scaled, transposingA: true)
    let right = matmul(scaled, (targets - center).expandingShape(at: 1), transposingA: true)
    let penalized = gram + Tensor.identity(columns.shape[1]) * penalty
    coefficients = Array(try solve(penalized, right).scalars)
    means = Array(mean.scalars)
    deviations = usual
    intercept = center
  }

  /// Returns the predictions of examples, [N], from their columns, [N, F].
  public func callAsFunction(_ columns: Tensor<Double>) -> Tensor<Double> {
    guard columns.rank == 2, columns.shape[1] == means.count else {
      fatalError("RidgeModel: expected \(means.count) columns, got \(columns.shape)")
    }
    let slopes = zip(coefficients, deviations).map { $1 > 0 ? $0 / $1 : 0 }
    let slope = Tensor(shape: [means.count, 1], scalars: slopes)
    return matmul(columns - Tensor(means), slope).squeezingShape(at: 1) + intercept
  }
}
