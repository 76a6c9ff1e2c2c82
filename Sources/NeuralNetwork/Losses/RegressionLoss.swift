/// A loss φ(d) of the error d = prediction − target, defined by its slope.
///
/// With s(d) the slope, up to a factor, the losses of regression are
///
///     φ(d) = a·d·s − b·s²      φ′(d) = f·s
///
/// so that one stored tensor, s, is enough for the value (as inner products, added in double
/// precision) and for the gradient (as one scaling).
struct RegressionLoss<Scalar: TensorScalar>: Sendable {
  /// The function's name, for messages.
  let name: String
  /// The factor a.
  var errorFactor = 1.0
  /// The factor b.
  var slopeFactor = 0.0
  /// The factor f.
  var gradientFactor = 1.0
  /// A closure that returns the slope s, given d.
  var slope: @Sendable (Tensor<Scalar>) -> Tensor<Scalar> = { $0 }

  /// Returns the loss as one recorded operation.
  ///
  /// - Parameters:
  ///   - prediction: The predictions, any shape.
  ///   - target: The targets, in the prediction's shape.
  ///   - weights: The weights, in the prediction's shape; nil for ones.
  ///   - reduction: The reduction of the elements' losses.
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

  /// Returns d, with 0 for elements of weight 0, which are ignored even if they are NaN.
  private func error(
    _ prediction: Tensor<Scalar>, _ target: Tensor<Scalar>, _ weights: Tensor<Scalar>?
  ) -> Tensor<Scalar> {
    let error = prediction - target
    return weights.map { .select($0, error, Tensor(0)) } ?? error
  }

  /// Returns the loss of each element.
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

  /// Returns the loss of each element or of all elements, recorded with a gradient that is a factor
  /// times s.
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
