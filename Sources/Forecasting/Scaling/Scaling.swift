/// A method that brings values to a common scale, not yet fitted.
///
/// All scalings are increasing and invertible. If values don't vary, or if there are none, the
/// spread is replaced by 1: constant values become 0, or the lower end under ``minMax(from:to:)``.
/// Under ``meanSize``, they become 1 or −1, and zeros stay zeros. A spread or a size below 2.2 ·
/// 10⁻¹⁵ counts as zero, as in scikit-learn. ``standard`` checks that the spread is larger than the
/// rounding error of the mean. Results are never NaN or infinite: values outside the range of
/// single precision are clamped to it.
public enum Scaling: Sendable, Hashable, Codable {
  /// Linear scaling that maps the minimum to `from` and the maximum to `to`, as scikit-learn's
  /// `MinMaxScaler`.
  case minMax(from: Double = 0, to: Double = 1)
  /// Z-scores: the difference from the mean, divided by the standard deviation with N as the
  /// divisor, as scikit-learn's `StandardScaler`.
  case standard
  /// The difference from the median, divided by the distance between the quartiles, as
  /// scikit-learn's `RobustScaler`. If half of the values are equal, such as 0, the quartiles may
  /// be too; the divisor is then 1.
  case robust
  /// Division by the mean of |y|. Zeros stay zeros.
  case meanSize
  /// sign(y) · log(1 + |y|): log(1 + y), and its mirror image for negative values.
  case signedLog
  /// ((y + shift)^λ − 1) / λ, or log(y + shift) if λ = 0 (Box & Cox 1964). Because sales contain
  /// zeros, the default shift is 1. A value of −shift or less is an error, in training and
  /// afterwards.
  ///
  /// λ is searched for within `bounds`, by default those of R's `forecast::BoxCox.lambda`. If it is
  /// negative, large values are close together below −1 / λ, and if it is above 1, they dominate
  /// all others. The search is therefore limited to λ for which single precision restores the
  /// largest value of the training part with a relative error of 1/8000, which is λ ≥ −0.8 for
  /// values of ten thousand.
  case boxCox(
    _ estimate: BoxCoxEstimate = .likelihood, shift: Double = 1,
    bounds: ClosedRange<Double> = -1...2)
}

/// The estimator of λ of a Box-Cox transformation. If values don't vary, λ is 1.
public enum BoxCoxEstimate: String, Sendable, Hashable, Codable {
  /// Maximum likelihood, which makes the transformed values as close to normal as possible, as
  /// `scipy.stats.boxcox`.
  case likelihood
  /// The method of Guerrero (1993), as R's `forecast::BoxCox.lambda`: standard deviation / mean^(1
  /// − λ) varies as little as possible between the seasons of a series, relative to its mean.
  /// Seasons are counted back from the end of the training part. Gaps are skipped.
  case guerrero
}
