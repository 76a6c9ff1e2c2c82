/// The scaling of a feature's numbers for the input of a network.
public enum ColumnScaling: Hashable, Sendable, Codable {
  /// No scaling: flags, shares, sines.
  case none
  /// (x − mean) / deviation, with the mean and the standard deviation of the training part.
  case standard(mean: Float, deviation: Float)
  /// sign(d) · log(1 + |d| / scale) of the difference d = x − level, with the level and the scale of
  /// each window, for numbers in units of the target.
  case window
}

extension ColumnScaling {
  /// Chooses the scaling of numbers that aren't in units of the target. They aren't scaled if all
  /// lie between −1 and 1.
  init(fitting numbers: NumberStatistics) {
    self =
      numbers.largestMagnitude > 1
      ? .standard(mean: numbers.mean, deviation: numbers.deviation > 0 ? numbers.deviation : 1)
      : .none
  }

  /// Returns the scaled number of a window with a level and a scale.
  ///
  /// A number far outside of the training part, such as a mistyped price, counts as ``limit``. It must
  /// not drive the network beyond what its other inputs support.
  @inline(__always)
  func callAsFunction(_ number: Float, level: Float, scale: Float) -> Float {
    switch self {
    case .none: min(max(number, -Self.limit), Self.limit)
    case .standard(let mean, let deviation):
      min(max((number - mean) / deviation, -Self.limit), Self.limit)
    case .window: signedLog((number - level) / scale)
    }
  }

  /// The largest magnitude of a scaled number.
  static let limit: Float = 50
}
