import NeuralNetwork

/// A forecast by the normal distribution, for values of any sign with symmetric deviations.
///
/// The loss is the negative log-likelihood in units of the window's scale.
public struct GaussianHead: DistributionHead, Hashable {
  public let quantileLevels: [Double]

  /// Creates a head. Stops the program unless the levels ascend between 0 and 1.
  ///
  /// - Parameter levels: The levels of the quantiles to forecast, in ascending order, or empty for
  ///   the mean alone.
  public init(levels: [Double] = []) {
    quantileLevels = levels
    checkRange()
  }

  /// The number of outputs: a gain and a shift of the window's seasonal profile, and the standard
  /// deviation before it is made positive.
  public var outputCount: Int { 3 }

  public func loss(of outputs: Tensor<Float>, _ targets: WindowTargets) -> Tensor<Float> {
    gaussianLoss(
      mean: targets.location(outputs), standardDeviation: targets.spread(outputs), targets.values,
      weights: targets.weights)
  }

  public func loss(of outputs: Tensor<Float>, atLeast bounds: WindowTargets) -> Tensor<Float> {
    gaussianSurvivalLoss(
      mean: bounds.location(outputs), standardDeviation: bounds.spread(outputs), bounds.values,
      weights: bounds.weights)
  }

  /// Returns the mean and the standard deviation.
  public func parameters(
    from outputs: Tensor<Float>, _ targets: WindowTargets
  ) -> [Tensor<Float>] {
    [targets.location(outputs) * targets.scales, targets.spread(outputs) * targets.scales]
  }

  public func distribution(_ parameters: [Double]) -> NormalDistribution {
    NormalDistribution(mean: parameters[0], standardDeviation: parameters[1])
  }

  public func mean(of parameters: [Tensor<Float>]) -> Tensor<Float> { parameters[0] }
}

extension GaussianHead: RangeChecked {}

extension WindowTargets {
  /// Returns the spread of values around their location, in units of the window's scale, [B, K].
  ///
  /// It is at least a thousandth of the scale. Otherwise, the likelihood of constant series would
  /// grow without bounds.
  ///
  /// - Parameters:
  ///   - outputs: The outputs of the network, [B, K, O].
  ///   - place: The index of the spread among the outputs.
  func spread(_ outputs: Tensor<Float>, at place: Int = 2) -> Tensor<Float> {
    outputs[.all, .all, .index(place)].softplus() + 0.001
  }
}
