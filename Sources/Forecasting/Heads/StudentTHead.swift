import NeuralNetwork

/// A forecast by Student's t distribution, for values of any sign with occasional outliers.
///
/// The loss is the negative log-likelihood in units of the window's scale. The forecast is the
/// center of the distribution, which is its mean and its median. If values are skewed, as sales
/// are, sums of these forecasts are biased.
public struct StudentTHead: DistributionHead, Hashable {
  public let quantileLevels: [Double]

  /// Creates a head. Stops the program unless the levels ascend between 0 and 1.
  ///
  /// - Parameter levels: The levels of the quantiles to forecast, in ascending order, or empty for
  ///   the mean alone.
  public init(levels: [Double] = []) {
    quantileLevels = levels
    checkRange()
  }

  /// The number of outputs: a gain and a shift of the window's seasonal profile, and the scale and
  /// the degrees of freedom before they are made positive.
  public var outputCount: Int { 4 }

  public func loss(of outputs: Tensor<Float>, _ targets: WindowTargets) -> Tensor<Float> {
    studentTLoss(
      location: targets.location(outputs), scale: targets.spread(outputs),
      degreesOfFreedom: degreesOfFreedom(outputs), targets.values, weights: targets.weights)
  }

  public func loss(of outputs: Tensor<Float>, atLeast bounds: WindowTargets) -> Tensor<Float> {
    studentTSurvivalLoss(
      location: bounds.location(outputs), scale: bounds.spread(outputs),
      degreesOfFreedom: degreesOfFreedom(outputs), bounds.values, weights: bounds.weights)
  }

  /// Returns location, scale, and degrees of freedom.
  public func parameters(
    from outputs: Tensor<Float>, _ targets: WindowTargets
  ) -> [Tensor<Float>] {
    [
      targets.location(outputs) * targets.scales, targets.spread(outputs) * targets.scales,
      degreesOfFreedom(outputs),
    ]
  }

  public func distribution(_ parameters: [Double]) -> StudentTDistribution {
    StudentTDistribution(
      location: parameters[0], scale: parameters[1], degreesOfFreedom: parameters[2])
  }

  public func mean(of parameters: [Tensor<Float>]) -> Tensor<Float> { parameters[0] }

  /// Returns the degrees of freedom, [B, K], which are above 2, so that the variance is finite.
  private func degreesOfFreedom(_ outputs: Tensor<Float>) -> Tensor<Float> {
    outputs[.all, .all, .index(3)].softplus() + 2
  }
}

extension StudentTHead: RangeChecked {}
