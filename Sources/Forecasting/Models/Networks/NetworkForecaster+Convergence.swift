import NeuralNetwork

extension NetworkForecaster {
  /// Throws if a trained network is far worse on the windows that it was trained on than the seasonal
  /// profile.
  ///
  /// The training loss shows this a step late, and not at all for the last step. The bound is ten times
  /// the mean absolute error of the profile, or ten scales of a window where that is less than one scale:
  /// training only lowers the error, and no trend, intermittent or new series comes near the bound.
  func checkConvergence(
    of network: EmbeddedNetwork<Architecture.Network>, on windows: NetworkWindows,
    _ head: any ForecastHead
  ) throws(ForecastError) {
    let step = max(windows.count / Self.checkedWindows, 1)
    let sample = Array(stride(from: 0, to: windows.count, by: step).prefix(Self.checkedWindows))
    let batch = windows.batch(sample[...])
    let targets = batch.targets
    var pass = ForwardPass.inference
    func error(of forecast: Tensor<Float>) -> Double {
      Double(meanAbsoluteError(forecast, targets.values, weights: targets.mask).scalar)
    }
    let outputs = network.forward(batch.inputs, &pass)
    let found = error(of: head.prediction(from: outputs, targets).mean / targets.scales)
    let untrained = error(of: targets.profile)
    guard found.isFinite, found <= 10 * max(untrained, 1) else {
      throw .diverged(error: found, untrained: untrained, learningRate: training.learningRate)
    }
  }

  /// Enough windows for a mean, few enough to take no time beside training.
  private static var checkedWindows: Int { 256 }
}
