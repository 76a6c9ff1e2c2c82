import Forecasting

/// Integrated gradients of a function of several inputs (Sundararajan, Taly & Yan 2017).
///
/// The contribution of an element is its difference from the baseline times the mean derivative by
/// it, along the straight path from the baseline to the input. The contributions of all elements add
/// up to the difference of the function, except for the error of the numerical integral.
package enum IntegratedGradients {
  /// Returns the contributions of all elements of the inputs to R of K results.
  ///
  /// - Parameters:
  ///   - inputs: The inputs, with a leading axis of extent 1.
  ///   - baseline: The inputs at the start of the path, of the same shapes.
  ///   - results: The indices of the R results.
  ///   - resultCount: The number of results, K.
  ///   - pointCount: The number of points of the Gauss-Legendre rule on the path.
  ///   - function: The function of inputs with any leading extent B, whose result is [B, K].
  /// - Returns: For each input, the contributions with the leading axis R.
  package static func contributions(
    at inputs: [Tensor<Float>], from baseline: [Tensor<Float>], results: [Int], of resultCount: Int,
    pointCount: Int, function: ([Tensor<Float>]) -> Tensor<Float>
  ) throws -> [Tensor<Float>] {
    let path = PathIntegral(count: pointCount)
    let differences = zip(inputs, baseline).map { $0 - $1 }
    var sums = differences.map { Tensor<Float>.zeros($0.shape.replacingFirst(by: results.count)) }
    let piece = max(1, rowLimit / results.count)
    let chosen = Tensor<Float>.identity(resultCount).gathered(at: results)  // [R, K]
    for first in stride(from: 0, to: pointCount, by: piece) {
      try Task.checkCancellation()
      let points = path.points[first..<min(first + piece, pointCount)]
      // Row p · R + r is at point p, and only its result r counts.
      let rows = zip(baseline, differences).map { start, difference in
        Tensor.concatenated(
          points.map { point in
            let place = start + difference * Float(point)
            return place.broadcast(to: place.shape.replacingFirst(by: results.count))
          })
      }
      let weights = Tensor<Float>.concatenated(
        path.weights[points.indices].map { chosen * Float($0) })
      let gradients = valueWithGradients(at: rows) { (function($0) * weights).sum() }.gradients
      for place in sums.indices {
        let shape = sums[place].shape
        sums[place] += gradients[place].reshaped(to: [points.count] + shape.extents).sum(axis: 0)
      }
    }
    return zip(sums, differences).map { $0 * $1 }
  }

  /// The number of rows in a batch, large enough to keep the processor busy.
  private static let rowLimit = 512
}

extension Shape {
  /// The extents as an array.
  fileprivate var extents: [Int] { (0..<rank).map { self[$0] } }

  /// Returns the shape with another leading extent.
  fileprivate func replacingFirst(by extent: Int) -> Shape { Shape([extent] + extents.dropFirst()) }
}
