import Safetensors

/// A scaler that standardizes columns to a mean of 0 and a standard deviation of 1, as in
/// scikit-learn's `StandardScaler`.
///
/// ```swift
/// let scaler = StandardScaler(fittedTo: training)        // [N, F]
/// let scaled = scaler.transformed(test)                  // [M, F]
/// let restored = scaler.restored(scaled)                 // test again
/// ```
///
/// Fit the scaler to the training rows only. Means and deviations of test rows would leak
/// information about them to the model.
public struct StandardScaler<Scalar: TensorScalar>: Sendable, Equatable {
  /// The mean of each column, [F].
  public let mean: Tensor<Scalar>
  /// The divisor of each column, [F]: its standard deviation with divisor N, or 1 if the column is
  /// constant.
  public let scale: Tensor<Scalar>

  /// Creates a scaler from the statistics of rows, [N, F] with N at least 1. Means and deviations
  /// are computed in double precision.
  ///
  /// A column is constant if its variance does not exceed the rounding errors of computing it. A
  /// NaN makes the mean and scale of its column NaN. Stops the program if `rows` is not a matrix or
  /// has no rows.
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

  /// The number of columns, F.
  public var columnCount: Int { mean.elementCount }

  /// Returns the standardized rows, (x − mean) / scale: [..., F] → [..., F].
  public func transformed(_ rows: Tensor<Scalar>) -> Tensor<Scalar> {
    check(rows, "transformed")
    return (rows - mean) / scale
  }

  /// Returns rows in the original units, x · scale + mean: [..., F] → [..., F].
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

/// Returns the divisor of a column: the standard deviation of `count` values, or 1 if their
/// variance does not exceed the rounding errors of computing it.
package func standardScale(mean: Double, variance: Double, count: Double) -> Double {
  // The bound of scikit-learn's `_is_constant_feature`.
  let rounding = count * mean * Double.ulpOfOne
  let bound = count * Double.ulpOfOne * variance + rounding * rounding
  return variance <= bound ? 1 : variance.squareRoot()
}
