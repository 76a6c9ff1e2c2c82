internal import RealModule
import Forecasting

/// The points of a Gauss-Legendre rule on the path from 0 to 1, and their weights, whose sum is 1.
struct PathIntegral: Sendable {
  /// The points, ascending.
  let points: [Double]
  /// The weights.
  let weights: [Double]

  /// Creates a rule with `count` points, the roots of the Legendre polynomial of that degree.
  init(count: Int) {
    var points = [Double](repeating: 0, count: count)
    var weights = points
    for place in 0..<count {
      // Newton's method from the usual approximation of the root.
      var root = Double.cos(.pi * (Double(place) + 0.75) / (Double(count) + 0.5))
      var slope = 1.0
      for _ in 0..<100 {
        let (value, derivative) = Self.legendre(degree: count, at: root)
        slope = derivative
        let step = value / derivative
        root -= step
        if abs(step) < 1e-15 { break }
      }
      points[count - 1 - place] = (root + 1) / 2
      weights[count - 1 - place] = 1 / ((1 - root * root) * slope * slope)
    }
    (self.points, self.weights) = (points, weights)
  }

  /// Returns the Legendre polynomial and its derivative.
  private static func legendre(degree: Int, at x: Double) -> (value: Double, derivative: Double) {
    var (before, value) = (1.0, x)
    for order in 1..<max(degree, 1) {
      let n = Double(order)
      (before, value) = (value, ((2 * n + 1) * x * value - n * before) / (n + 1))
    }
    return (value, Double(degree) * (x * value - before) / (x * x - 1))
  }
}
