import NeuralNetwork

extension ForecastHead {
  /// Returns the loss of a batch with its lower bounds, a scalar of shape `[]`: the mean of the losses
  /// of observed values and of bounds, by their weights.
  ///
  /// - Parameters:
  ///   - outputs: The outputs of the network, [B, K, O].
  ///   - batch: The actual values, and the lower bounds if stock-outs are censored.
  package func loss(of outputs: Tensor<Float>, _ batch: NetworkBatch) -> Tensor<Float> {
    let observed = loss(of: outputs, batch.targets)
    guard let bounds = batch.bounds else { return observed }
    let weights = [batch.targets, bounds].map { $0.weights.sum().scalar }
    guard weights[1] > 0 else { return observed }
    let share = weights[1] / (weights[0] + weights[1])
    return observed * (1 - share) + loss(of: outputs, atLeast: bounds) * share
  }
}

extension WindowTargets {
  /// Returns targets at which a forecast that exceeds its lower bound is exact, so that a loss of the
  /// error only counts forecasts below their bounds.
  ///
  /// - Parameter forecast: The forecast in units of the window's scale, [B, K].
  func reached(by forecast: Tensor<Float>) -> WindowTargets {
    var reached = self
    reached.values = .maximum(values, forecast.detached) * mask
    return reached
  }
}
