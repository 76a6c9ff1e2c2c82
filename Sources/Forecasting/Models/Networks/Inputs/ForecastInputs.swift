import NeuralNetwork

/// The inputs of one network's mean forecasts of B windows, as numbers by which the forecasts can be
/// differentiated.
///
/// Categories are replaced by their vectors, which follow the numeric channels: those that the network
/// sees, and then those whose interactions it sees.
package struct ForecastInputs: Sendable {
  /// The channels of each past step, [B, T, C].
  package var history: Tensor<Float>
  /// The channels of each future step, [B, K, C′].
  package var future: Tensor<Float>
  /// The channels of each series, [B, S].
  package var statics: Tensor<Float>
  /// The forecast of a network whose outputs are 0, in units of the scales, [B, K].
  package var profile: Tensor<Float>
  /// The units of the profile, [B, 1], and the levels that it starts from, [B, 1].
  package let scales, levels: Tensor<Float>

  package init(
    history: Tensor<Float>, future: Tensor<Float>, statics: Tensor<Float>, profile: Tensor<Float>,
    scales: Tensor<Float>, levels: Tensor<Float>
  ) {
    self.history = history
    self.future = future
    self.statics = statics
    self.profile = profile
    self.scales = scales
    self.levels = levels
  }

  /// The tensors by which forecasts are differentiated: history, future, statics, and profile.
  package var tensors: [Tensor<Float>] {
    get { [history, future, statics, profile] }
    set {
      (history, future, statics, profile) = (newValue[0], newValue[1], newValue[2], newValue[3])
    }
  }

  /// The channels, as the input of a network that sees no categories.
  var channels: NetworkInputs {
    NetworkInputs(history: history, future: future, statics: statics)
  }

  /// The scales and profiles, with masked values.
  var targets: WindowTargets {
    let masked = Tensor<Float>.zeros(profile.shape)
    return WindowTargets(
      values: masked, mask: masked, profile: profile, scales: scales, levels: levels)
  }
}
