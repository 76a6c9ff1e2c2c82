import NeuralNetwork

/// A forecast of the mean and of quantiles that never cross.
///
/// The middle quantile is a gain and a shift of the window's seasonal profile. Each quantile
/// further out adds a positive distance to its neighbor. The quantiles are trained on the pinball
/// loss (Koenker & Bassett 1978), and the mean, which has its own outputs, on the squared error,
/// both in units of the window's scale.
public struct QuantileHead: ForecastHead, Hashable {
  public let quantileLevels: [Double]

  /// Creates a head. Stops the program unless there is at least one level and the levels ascend
  /// between 0 and 1.
  public init(levels: [Double]) {
    quantileLevels = levels
    checkRange()
  }

  /// The number of outputs: a gain and a shift of the mean, the same of the middle quantile, and
  /// the distances of the others.
  public var outputCount: Int { 4 + quantileLevels.count - 1 }

  public func loss(of outputs: Tensor<Float>, _ targets: WindowTargets) -> Tensor<Float> {
    let quantiles = quantiles(outputs, targets)  // [B, K, Q]
    let weights = targets.weights.expandingShape(at: 2)  // [B, K, 1]
    let levels = Tensor<Float>(quantileLevels.map { Float($0) })  // [Q]
    let error = targets.values.expandingShape(at: 2) - quantiles
    let pinball = (error * levels + (-error).relu()) * weights
    let total =
      Float(quantileLevels.count) * max(targets.weights.sum().scalar, .leastNormalMagnitude)
    let mean = meanSquaredError(
      targets.location(outputs), targets.values, weights: targets.squaredErrorWeights())
    return pinball.sum() / total + mean
  }

  /// Returns the loss of lower bounds: the pinball loss of each quantile below its bound (Powell
  /// 1986), and the squared error of a mean below it. Forecasts above their bounds have none.
  public func loss(of outputs: Tensor<Float>, atLeast bounds: WindowTargets) -> Tensor<Float> {
    let quantiles = quantiles(outputs, bounds)  // [B, K, Q]
    let weights = bounds.weights.expandingShape(at: 2)  // [B, K, 1]
    let levels = Tensor<Float>(quantileLevels.map { Float($0) })  // [Q]
    let shortfall = (bounds.values.expandingShape(at: 2) - quantiles).relu()
    let total =
      Float(quantileLevels.count) * max(bounds.weights.sum().scalar, .leastNormalMagnitude)
    let location = bounds.location(outputs)
    let reached = bounds.reached(by: location)
    return (shortfall * levels * weights).sum() / total
      + meanSquaredError(location, reached.values, weights: reached.squaredErrorWeights())
  }

  public func prediction(
    from outputs: Tensor<Float>, _ targets: WindowTargets
  ) -> HeadPrediction {
    HeadPrediction(
      mean: targets.location(outputs) * targets.scales,
      quantiles: quantiles(outputs, targets) * targets.scales.expandingShape(at: 2))
  }

  public func mean(from outputs: Tensor<Float>, _ targets: WindowTargets) -> Tensor<Float> {
    targets.location(outputs) * targets.scales
  }

  /// Returns the quantiles in units of the window's scale, [B, K, Q].
  private func quantiles(_ outputs: Tensor<Float>, _ targets: WindowTargets) -> Tensor<Float> {
    let middle = quantileLevels.count / 2
    var quantiles = [targets.location(outputs, first: 2)]
    func distance(_ place: Int) -> Tensor<Float> {
      outputs[.all, .all, .index(4 + place)].softplus()
    }
    for place in 0..<middle { quantiles.insert(quantiles[0] - distance(place), at: 0) }
    for place in middle..<quantileLevels.count - 1 {
      quantiles.append(quantiles[quantiles.count - 1] + distance(place))
    }
    return .stacked(quantiles, axis: 2)
  }
}

extension QuantileHead: RangeChecked {
  package var fault: String? { levelFault(of: quantileLevels, areRequired: true) }
}
