import NeuralNetwork

/// A forecast by Student's t distribution: of values of any sign with occasional outliers.
///
/// The loss is the negative log-likelihood in units of the window's scale. The forecast is the center of the
/// distribution, which is its mean and its median: where values are skewed, as sales are, their sums are
/// not those of the forecasts.
public struct StudentTHead: DistributionHead, Hashable {
  public let quantileLevels: [Double]

  /// Creates a head. Levels that are not ascending between 0 and 1 stop the program.
  ///
  /// - Parameter levels: The levels of the quantiles to forecast, ascending; empty for the mean alone.
  public init(levels: [Double] = []) {
    quantileLevels = levels
    checkRange()
  }

  /// A gain and a shift of the window's seasonal profile, and scale and degrees of freedom before they are
  /// made positive.
  public var outputCount: Int { 4 }

  public func loss(of outputs: Tensor<Float>, _ targets: WindowTargets) -> Tensor<Float> {
    studentTLoss(
      location: targets.location(outputs), scale: targets.spread(outputs),
      degreesOfFreedom: degreesOfFreedom(outputs), targets.values, weights: targets.weights)
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

  /// Returns the degrees of freedom, [B, K]: above 2, so that there is a variance.
  private func degreesOfFreedom(_ outputs: Tensor<Float>) -> Tensor<Float> {
    outputs[.all, .all, .index(3)].softplus() + 2
  }
}

extension StudentTHead: RangeChecked {
  package var fault: String? { Forecasting.fault(ofLevels: quantileLevels) }
}
