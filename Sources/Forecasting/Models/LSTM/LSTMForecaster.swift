import NeuralNetwork

/// A global LSTM: one network for all series, which sees each window in units of its own scale.
///
/// An encoder LSTM reads the last values and their calendar, a decoder goes on over the calendar of the
/// steps to come, and the network learns how these depart from the seasonal profile of the window. It
/// is trained on windows from all series at once, on the Huber loss in units of the windows' scales, so
/// that large and small series count alike.
///
/// ```swift
/// let forecaster = LSTMForecaster(.init(horizon: 28))
/// let model = try forecaster.fit(history)
/// let forecast = try model.forecast(from: history, horizon: 28)
/// ```
public struct LSTMForecaster: Forecaster {
  /// What to train.
  public let configuration: LSTMForecasterConfiguration
  /// What is shown on standard error while training.
  public var progress = TrainingProgress.none
  /// Whether Ctrl-C ends the training early instead of the process.
  public var stopsOnInterrupt = false

  /// Stops the program if a number of the configuration is out of its range.
  public init(_ configuration: LSTMForecasterConfiguration) {
    guard configuration.isValid else {
      fatalError("LSTMForecaster: a number is out of its range in \(configuration)")
    }
    self.configuration = configuration
  }

  /// Trains a network on all windows of the panel's series that are on sale.
  ///
  /// - Throws: `ForecastError` where a series is too short for a window or has no observed value, or the
  ///   trained network is far off the windows that it was trained on; `TrainingError` where training
  ///   diverges; `CancellationError` if the surrounding task is cancelled.
  public func fit(_ panel: Panel) throws -> FittedLSTMForecaster {
    let panel = panel.onSale.count == panel.seriesCount ? panel : panel.selecting(panel.onSale)
    try check(panel)
    let windows = ForecastWindows(panel, configuration.layout)
    var generator = Xoshiro256(seed: configuration.seed)
    let network = ForecastNetwork(configuration, using: &generator)
    var trainer = Trainer(
      model: network, optimizer: Adam(learningRate: configuration.learningRate),
      options: trainingOptions)
    let delta = Float(configuration.huberDelta)
    let history = try trainer.fit(windows) { network, batch, pass in
      huber(
        network.forward(batch, &pass), batch.targets, delta: delta, weights: batch.targetMask)
    }
    try checkConvergence(of: trainer.model, on: windows)
    return FittedLSTMForecaster(
      configuration: configuration, network: trainer.model,
      isNonnegative: panel.eachSeries.allSatisfy { $0.values.allSatisfy { $0 >= 0 } },
      trainingEnd: history.end, frequency: panel.calendar.frequency, target: panel.target)
  }

  private func check(_ panel: Panel) throws(ForecastError) {
    let needed = configuration.historyNeeded
    for series in panel.eachSeries {
      if series.observedCount == 0 { throw .nothingObserved(id: series.id) }
      if series.steps.count < needed {
        throw .seriesTooShort(id: series.id, steps: series.steps.count, needed: needed)
      }
    }
  }

  private var trainingOptions: TrainingOptions {
    let epochs = configuration.epochs
    let stepsPerEpoch = configuration.stepsPerEpoch
    return TrainingOptions(
      epochs: epochs, batchSize: configuration.batchSize, stepsPerEpoch: stepsPerEpoch,
      gradientClipping: .norm(1),
      schedule: CosineAnnealing(stepCount: epochs * stepsPerEpoch), seed: configuration.seed,
      progress: progress, stopsOnInterrupt: stopsOnInterrupt)
  }
}
