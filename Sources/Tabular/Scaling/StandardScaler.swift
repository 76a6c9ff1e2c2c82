import Safetensors

/// Standard scores: each column less its mean, over its standard deviation; as scikit-learn's
/// `StandardScaler`.
///
/// ```swift
/// let scaler = StandardScaler(fittedTo: training)        // [N, F]
/// let scaled = scaler.transformed(test)                  // [M, F]
/// let restored = scaler.restored(scaled)                 // test again
/// ```
///
/// Fit it to the training rows alone: means and deviations of rows that judge the model would tell
/// it about them.
public struct StandardScaler<Scalar: TensorScalar>: Sendable, Equatable {
  /// The mean of each column, [F].
  public let mean: Tensor<Scalar>
  /// What each column is divided by, [F]: its standard deviation with N as the divisor, or 1 where
  /// the column does not vary.
  public let scale: Tensor<Scalar>

  /// The scaler of some rows, [N, F] with N at least 1. Means and deviations are computed in double
  /// precision.
  ///
  /// A column whose variance is no larger than the rounding errors of computing it counts as
  /// constant. A NaN makes the mean and the scale of its column NaN. Stops the program if `rows` is
  /// no matrix or has no row.
  public init(fittedTo rows: Tensor<Scalar>) {
    guard rows.rank == 2, rows.shape[0] >= 1 else {
      fatalError(
        "StandardScaler: expected rows [N, F] with N at least 1, but got shape \(rows.shape)")
    }
    let rows = Tensor<Double>(rows)
    let count = Double(rows.shape[0])
    let mean = rows.mean(axis: 0)
    let scale = zip(mean.scalars, rows.variance(axes: [0]).scalars).map { mean, variance in
      standardScale(mean: mean, variance: variance, count: count)
    }
    self.mean = Tensor<Scalar>(mean)
    self.scale = Tensor<Scalar>(Tensor(scale))
  }

  /// F, the number of columns.
  public var columnCount: Int { mean.elementCount }

  /// Rows in standard scores, (x − mean) / scale: [..., F] → [..., F].
  public func transformed(_ rows: Tensor<Scalar>) -> Tensor<Scalar> {
    check(rows, "transformed")
    return (rows - mean) / scale
  }

  /// Rows in the units of the columns, x · scale + mean: [..., F] → [..., F].
  public func restored(_ rows: Tensor<Scalar>) -> Tensor<Scalar> {
    check(rows, "restored")
    return rows * scale + mean
  }

  private func check(_ rows: Tensor<Scalar>, _ operation: String) {
    guard rows.rank >= 1, rows.shape[-1] == columnCount else {
      fatalError(
        "StandardScaler.\(operation): expected rows [..., \(columnCount)], but got shape "
          + "\(rows.shape)")
    }
  }
}

/// What standard scores are divided by: the standard deviation of `count` values, or 1 where their
/// variance is no larger than the rounding errors of computing it.
package func standardScale(mean: Double, variance: Double, count: Double) -> Double {
  // The bound of scikit-learn's `_is_constant_feature`.
  let rounding = count * mean * Double.ulpOfOne
  let bound = count * Double.ulpOfOne * variance + rounding * rounding
  return variance <= bound ? 1 : variance.squareRoot()
}
