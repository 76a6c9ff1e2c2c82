import NeuralNetwork

/// A forecast of one number for each step, trained on a loss of its error in units of the window's
/// scale.
///
/// The loss determines the number: the mean with ``Loss/squared``, so that sums over series and
/// steps are correct; the median with ``Loss/absolute``; a value between them with
/// ``Loss/huber(delta:)``.
public struct PointHead: ForecastHead, Hashable {
  /// A loss of the error.
  public enum Loss: Hashable, Sendable, Codable {
    /// The squared error, for which the forecast is a mean.
    case squared
    /// The absolute error, for which the forecast is a median.
    case absolute
    /// The squared error near the target, and the absolute error beyond `delta` units of the window's
    /// scale.
    ///
    /// Sales are skewed: a sum of many medians is far below the median of the sum, while means are
    /// affected by single large orders. On the example data, a delta of 1 costs 1 to 6 % of MASE
    /// compared with one near 0, and halves the bias.
    case huber(delta: Double)
  }

  /// The loss.
  public let loss: Loss

  /// Creates a head. Stops the program unless delta is positive.
  public init(_ loss: Loss) {
    self.loss = loss
    checkRange()
  }

  /// The number of outputs: a gain and a shift of the window's seasonal profile.
  public var outputCount: Int { 2 }

  public func loss(of outputs: Tensor<Float>, _ targets: WindowTargets) -> Tensor<Float> {
    let location = targets.location(outputs)
    switch loss {
    case .squared:
      return meanSquaredError(location, targets.values, weights: targets.squaredErrorWeights())
    case .absolute:
      return meanAbsoluteError(location, targets.values, weights: targets.weights)
    case .huber(let delta):
      return huber(location, targets.values, delta: Float(delta), weights: targets.weights)
    }
  }

  public func prediction(
    from outputs: Tensor<Float>, _ targets: WindowTargets
  ) -> HeadPrediction {
    HeadPrediction(mean: targets.location(outputs) * targets.scales)
  }
}

extension PointHead: RangeChecked {
  package var fault: String? {
    guard case .huber(let delta) = loss, !(delta > 0) else { return nil }
    return "expected a delta above 0, got \(delta)"
  }
}
