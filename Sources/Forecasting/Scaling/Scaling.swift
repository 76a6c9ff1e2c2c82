/// A way to bring values to a common scale, not yet fitted to any.
///
/// All are increasing maps and can be undone. Of values that do not vary, or are none, no spread
/// can be learnt, and 1 takes its place: constant values become 0, or the lower end under
/// ``minMax(from:to:)``. Under ``meanSize`` they become 1 or −1, and zeros stay zeros. A spread or a
/// size below 2.2 · 10⁻¹⁵ counts as none, as in scikit-learn; ``standard`` asks whether the spread is
/// more than the rounding of the mean. Nothing ever becomes NaN or infinite: what is beyond single
/// precision becomes its greatest number.
public enum Scaling: Sendable, Hashable, Codable {
  /// Linear, so that the least value becomes `from` and the greatest `to`; as scikit-learn's
  /// `MinMaxScaler`.
  case minMax(from: Double = 0, to: Double = 1)
  /// z-scores: less the mean, over the standard deviation with N as its divisor; as scikit-learn's
  /// `StandardScaler`.
  case standard
  /// Less the median, over the distance of the quartiles; as scikit-learn's `RobustScaler`. Of
  /// values half of which are the same, such as 0, the quartiles may be, too: they are divided by
  /// 1.
  case robust
  /// Over the mean of |y|. Zeros stay zeros.
  case meanSize
  /// sign(y) · log(1 + |y|): log(1 + y), and its mirror image for negative values.
  case signedLog
  /// ((y + shift)^λ − 1) / λ, and log(y + shift) for λ = 0 (Box & Cox 1964). Sales have zeros, so
  /// the shift is 1 by default; a value of −shift or less is an error, in training and after it.
  ///
  /// λ is sought within `bounds`, by default those of R's `forecast::BoxCox.lambda`. Where it is
  /// below 0 great values crowd below −1 / λ, and where it is above 1 they grow beyond all others:
  /// λ is only sought where single precision restores the greatest value of the training part to a
  /// part in eight thousand, from −0.8 on for values of ten thousand.
  case boxCox(
    _ estimate: BoxCoxEstimate = .likelihood, shift: Double = 1,
    bounds: ClosedRange<Double> = -1...2)
}

/// How λ of a Box-Cox transformation is found. Values that do not vary have a λ of 1.
public enum BoxCoxEstimate: String, Sendable, Hashable, Codable {
  /// By maximum likelihood: the transformed values are as normal as may be. As
  /// `scipy.stats.boxcox`.
  case likelihood
  /// By Guerrero (1993): among the seasons of a series, standard deviation / mean^(1 − λ) varies as
  /// little as may be, relative to its mean; as R's `forecast::BoxCox.lambda`. Seasons are counted
  /// back from the end of the training part; of those with gaps what is observed counts.
  case guerrero
}
