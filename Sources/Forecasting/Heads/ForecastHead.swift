import NeuralNetwork

/// The meaning of a network's outputs, and the loss that follows from it.
///
/// A network gives O numbers for each step to come. A head says how many these are, how far they are from
/// what was observed, and which forecast they stand for. All heads work with all architectures.
public protocol ForecastHead: Sendable, Codable {
  /// O, the number of outputs for each step to come.
  var outputCount: Int { get }

  /// The levels of the quantiles that the head forecasts, ascending; empty for none.
  var quantileLevels: [Double] { get }

  /// A Boolean value that indicates whether the head forecasts only values of at least 0, and is trained on no
  /// others. The default is `false`.
  var isForNonnegativeValues: Bool { get }

  /// The weight of a window in the loss, unless a training has another.
  ///
  /// A network sees each window in units of its scale. By default all windows have the same weight.
  var weighting: WindowWeighting { get }

  /// Returns the loss of a batch, a scalar of shape `[]`.
  ///
  /// - Parameters:
  ///   - outputs: The outputs of the network, [B, K, O].
  ///   - targets: What was observed. A masked step has no part in the loss.
  func loss(of outputs: Tensor<Float>, _ targets: WindowTargets) -> Tensor<Float>

  /// Returns the forecast that outputs stand for, in units of the target.
  ///
  /// - Parameters:
  ///   - outputs: The outputs of the network, [B, K, O].
  ///   - targets: The scales and profiles of the windows; there are no values.
  func prediction(from outputs: Tensor<Float>, _ targets: WindowTargets) -> HeadPrediction
}

extension ForecastHead {
  public var quantileLevels: [Double] { [] }
  public var weighting: WindowWeighting { .equal }
  public var isForNonnegativeValues: Bool { false }
}

/// A forecast of B windows over K steps, in units of the target.
public struct HeadPrediction: Sendable {
  /// The point forecast, [B, K].
  public var mean: Tensor<Float>
  /// The quantiles at the head's levels, [B, K, Q]; nil where the head has none.
  public var quantiles: Tensor<Float>?

  /// Creates a forecast.
  public init(mean: Tensor<Float>, quantiles: Tensor<Float>? = nil) {
    self.mean = mean
    self.quantiles = quantiles
  }
}

extension WindowTargets {
  /// Returns a location for each step, [B, K], from two outputs of the network: a gain and a shift of the
  /// seasonal profile, profile · (1 + gain) + shift.
  ///
  /// A network whose outputs are 0 so forecasts the profile, a change of level keeps days without sales at
  /// zero, and what the profile lacks can still be added.
  ///
  /// - Parameters:
  ///   - outputs: [B, K, O].
  ///   - first: The place of the gain among the outputs; the shift follows it.
  func location(_ outputs: Tensor<Float>, first: Int = 0) -> Tensor<Float> {
    let gain = outputs[.all, .all, .index(first)]
    let shift = outputs[.all, .all, .index(first + 1)]
    return profile * (gain + 1) + shift
  }
}
