/// A loss φ(d) of the error d = prediction − target, written with its slope.
///
/// With s(d) the slope, up to a factor, the losses of regression are
///
///     φ(d) = a·d·s − b·s²      φ′(d) = f·s
///
/// so that one kept tensor, s, serves the value (as inner products, added up in double precision) and
/// the gradient (as one scaling).
struct RegressionLoss<Scalar: TensorScalar>: Sendable {
  /// The function's name, for messages.
  let name: String
  /// a
  var errorFactor = 1.0
  /// b
  var slopeFactor = 0.0
  /// f
  var gradientFactor = 1.0
  /// s, from d.
  var slope: @Sendable (Tensor<Scalar>) -> Tensor<Scalar> = { $0 }

  /// The loss as one recorded operation.
  ///
  /// - Parameters:
  ///   - prediction: Any shape.
  ///   - target: The prediction's shape.
  ///   - weights: The prediction's shape, or nil for ones.
  @specialized(where Scalar == Float)
  func callAsFunction(
    _ prediction: Tensor<Scalar>, _ target: Tensor<Scalar>, weights: Tensor<Scalar>?,
    reduction: Reduction
  ) -> Tensor<Scalar> {
    requireSameShape(target, "a target", as: prediction, of: name)
    if let weights { requireSameShape(weights, "weights", as: prediction, of: name) }
    let weights = weights?.detached
    let error = error(prediction.detached, target.detached, weights)
    let slope = slope(error)
    let weightedSlope = weights.map { slope * $0 } ?? slope
    if reduction == .none {
      let values = elements(error, slope, weightedSlope)
      return recorded(values, from: prediction, target, weights, weightedSlope, gradientFactor)
    }
    let share = reduction == .sum ? 1 : meanFactor(of: prediction.elementCount, weights)
    let total = errorFactor * inner(error, weightedSlope)
    let excess = slopeFactor == 0 ? 0 : slopeFactor * inner(slope, weightedSlope)
    let value = Tensor(Scalar((total - excess) * share))
    return recorded(
      value, from: prediction, target, weights, weightedSlope, gradientFactor * share)
  }

  /// d, 0 for an element without weight: it counts for nothing, even where it is NaN.
  private func error(
    _ prediction: Tensor<Scalar>, _ target: Tensor<Scalar>, _ weights: Tensor<Scalar>?
  ) -> Tensor<Scalar> {
    let error = prediction - target
    return weights.map { .select($0, error, Tensor(0)) } ?? error
  }

  /// The loss of each element.
  private func elements(
    _ error: Tensor<Scalar>, _ slope: Tensor<Scalar>, _ weightedSlope: Tensor<Scalar>
  ) -> Tensor<Scalar> {
    let linear = errorFactor == 1 ? error : error * Scalar(errorFactor)
    let factor = slopeFactor == 0 ? linear : linear - slope * Scalar(slopeFactor)
    return factor * weightedSlope
  }

  private func inner(_ a: Tensor<Scalar>, _ b: Tensor<Scalar>) -> Double {
    a.read { a in b.read { Scalar._Kernels.dot(a, $0, b.elementCount) } }
  }

  /// The loss of each element or of all together, whose gradient is a factor times s.
  private func recorded(
    _ value: Tensor<Scalar>, from prediction: Tensor<Scalar>, _ target: Tensor<Scalar>,
    _ weights: Tensor<Scalar>?, _ slope: Tensor<Scalar>, _ factor: Double
  ) -> Tensor<Scalar> {
    guard prediction.isTracked || target.isTracked else { return value }
    return value.recorded(from: [prediction.gradientSource, target.gradientSource]) {
      [prediction = prediction.detached, target = target.detached] received, pass in
      let gradient = received.first!
      let result: Tensor<Scalar>
      if pass.isDifferentiated(received) {
        let error = error(pass.operand(prediction, 0), pass.operand(target, 1), weights)
        let weightedSlope = weights.map { self.slope(error) * $0 } ?? self.slope(error)
        result = gradient * weightedSlope * Scalar(factor)
      } else if gradient.shape == slope.shape {
        result = gradient * slope * Scalar(factor)
      } else {
        result = slope * Scalar(Double(gradient.scalar) * factor)
      }
      if pass.wantsGradient(ofInput: 1) { pass.add(-result, toInput: 1) }
      pass.add(result, toInput: 0)
    }
  }
}
