import NeuralNetwork

extension NetworkForecaster {
  /// Throws an error if the error of a trained network on its training windows is far larger than
  /// that of the seasonal profile.
  ///
  /// The training loss shows this one step late, and not at all for the last step. The bound is ten
  /// times the mean absolute error of the profile, or ten window scales if that error is less than
  /// one scale. Training normally lowers the error, and no trend, intermittent, or new series comes
  /// near the bound.
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
    let outputs = network.forward(batch, &pass)
    let found = error(of: head.prediction(from: outputs, targets).mean / targets.scales)
    let untrained = error(of: targets.profile)
    guard found.isFinite, found <= 10 * max(untrained, 1) else {
      throw .diverged(error: found, untrained: untrained, learningRate: training.learningRate)
    }
  }

  /// The number of windows, large enough for a mean and small enough to take little time compared
  /// with training.
  private static var checkedWindows: Int { 256 }
}
