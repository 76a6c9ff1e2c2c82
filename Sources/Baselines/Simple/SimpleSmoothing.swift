/// Simple exponential smoothing of an array of values, with the first value as the initial level.
///
/// Source: Hyndman & Athanasopoulos, Forecasting: Principles and Practice, section 8.1. The search
/// and its bounds are those of statsforecast.
enum SimpleSmoothing {
  /// Returns the level after all values, and the sum of the squared one-step errors.
  static func run(_ values: [Double], alpha: Double) -> (level: Double, squares: Double) {
    var level = values[0]
    var squares = 0.0
    for value in values.dropFirst() {
      let error = value - level
      squares += error * error
      level = alpha * value + (1 - alpha) * level
    }
    return (level, squares)
  }

  /// Returns the smoothing weight with the smallest squared error, found by golden-section search
  /// within bounds.
  static func bestAlpha(_ values: [Double], in bounds: ClosedRange<Double>) -> Double {
    let ratio = (5.0.squareRoot() + 1) / 2
    func squares(_ alpha: Double) -> Double { run(values, alpha: alpha).squares }
    var (low, high) = (bounds.lowerBound, bounds.upperBound)
    var (left, right) = (high - (high - low) / ratio, low + (high - low) / ratio)
    var (leftSquares, rightSquares) = (squares(left), squares(right))
    while high - low >= 1e-12, leftSquares != rightSquares {
      if leftSquares < rightSquares {
        (high, right, rightSquares) = (right, left, leftSquares)
        left = high - (high - low) / ratio
        leftSquares = squares(left)
      } else {
        (low, left, leftSquares) = (left, right, rightSquares)
        right = low + (high - low) / ratio
        rightSquares = squares(right)
      }
    }
    return (high + low) / 2
  }

  /// Returns the level after all values, smoothed with the best weight.
  static func bestLevel(_ values: [Double], in bounds: ClosedRange<Double>) -> Double {
    run(values, alpha: bestAlpha(values, in: bounds)).level
  }
}
