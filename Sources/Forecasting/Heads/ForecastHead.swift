import NeuralNetwork

/// The interpretation of a network's outputs, and the loss that follows from it.
///
/// A network computes O numbers for each future step. A head defines how many these are, their
/// loss, and the forecast that they represent. Every head works with every architecture.
public protocol ForecastHead: Sendable, Codable {
  /// The number of outputs for each future step, O.
  var outputCount: Int { get }

  /// The levels of the quantiles that the head forecasts, in ascending order, or empty for none.
  var quantileLevels: [Double] { get }

  /// A Boolean value that indicates whether the head forecasts only values of at least 0, and can
  /// only be trained on such values. The default is `false`.
  var isForNonnegativeValues: Bool { get }

  /// The default weight of a window in the loss.
  ///
  /// A network sees each window in units of its scale. By default, all windows have the same
  /// weight.
  var weighting: WindowWeighting { get }

  /// Returns the loss of a batch, a scalar of shape `[]`.
  ///
  /// - Parameters:
  ///   - outputs: The outputs of the network, [B, K, O].
  ///   - targets: The actual values. Masked steps don't count in the loss.
  func loss(of outputs: Tensor<Float>, _ targets: WindowTargets) -> Tensor<Float>

  /// Returns the loss of lower bounds, a scalar of shape `[]`: the units sold on days on which an item
  /// was sold out, so that its demand is unknown, but not less.
  ///
  /// For a distribution, it is the negative logarithm of the probability of at least the bound. By
  /// default, it is one-sided: the ordinary loss where the mean is below the bound, and no gradient
  /// elsewhere. Such a loss never lowers a forecast, but it doesn't raise one above the bound.
  ///
  /// - Parameters:
  ///   - outputs: The outputs of the network, [B, K, O].
  ///   - bounds: The lower bounds. Masked steps don't count in the loss.
  func loss(of outputs: Tensor<Float>, atLeast bounds: WindowTargets) -> Tensor<Float>

  /// Returns the forecast that the outputs represent, in units of the target.
  ///
  /// - Parameters:
  ///   - outputs: The outputs of the network, [B, K, O].
  ///   - targets: The scales and profiles of the windows. Their values are masked.
  func prediction(from outputs: Tensor<Float>, _ targets: WindowTargets) -> HeadPrediction

  /// Returns the point forecast that the outputs represent, [B, K], in units of the target.
  ///
  /// Unlike ``prediction(from:_:)``, the result can be differentiated by the outputs and by the
  /// profiles. By default, it is the mean of the prediction.
  ///
  /// - Parameters:
  ///   - outputs: The outputs of the network, [B, K, O].
  ///   - targets: The scales and profiles of the windows. Their values are masked.
  func mean(from outputs: Tensor<Float>, _ targets: WindowTargets) -> Tensor<Float>
}

extension ForecastHead {
  public var quantileLevels: [Double] { [] }
  public var weighting: WindowWeighting { .equal }
  public var isForNonnegativeValues: Bool { false }

  public func mean(from outputs: Tensor<Float>, _ targets: WindowTargets) -> Tensor<Float> {
    prediction(from: outputs, targets).mean
  }

  public func loss(of outputs: Tensor<Float>, atLeast bounds: WindowTargets) -> Tensor<Float> {
    let forecast = mean(from: outputs.detached, bounds) / bounds.scales
    return loss(of: outputs, bounds.reached(by: forecast))
  }
}

/// A forecast of B windows over K steps, in units of the target.
public struct HeadPrediction: Sendable {
  /// The point forecast, [B, K].
  public var mean: Tensor<Float>
  /// The quantiles at the head's levels, [B, K, Q], or nil if the head has none.
  public var quantiles: Tensor<Float>?

  /// Creates a forecast.
  public init(mean: Tensor<Float>, quantiles: Tensor<Float>? = nil) {
    self.mean = mean
    self.quantiles = quantiles
  }
}

extension WindowTargets {
  /// Returns a location for each step, [B, K], from two outputs of the network, a gain and a shift
  /// of the seasonal profile: profile · (1 + gain) + shift.
  ///
  /// With this form, outputs of 0 give the profile, a change of level keeps days without sales at
  /// zero, and a shift can add what the profile lacks.
  ///
  /// - Parameters:
  ///   - outputs: The outputs of the network, [B, K, O].
  ///   - first: The index of the gain among the outputs. The shift follows it.
  func location(_ outputs: Tensor<Float>, first: Int = 0) -> Tensor<Float> {
    let gain = outputs[.all, .all, .index(first)]
    let shift = outputs[.all, .all, .index(first + 1)]
    return profile * (gain + 1) + shift
  }
}
