import NeuralNetwork

/// A trained network whose mean forecasts can be differentiated by its inputs.
package protocol DifferentiableNetwork: FittedNetwork {
  /// Returns all windows of a panel whose future steps lie within it, with their actual values.
  ///
  /// - Throws: The errors of ``FeatureWindows``.
  func pastWindows(of panel: Panel) throws -> NetworkWindows

  /// Returns the window of each series whose history ends with the panel.
  func latestWindows(of history: Panel) throws -> NetworkWindows

  /// Returns the inputs of each network of the ensemble.
  func inputs(of batch: NetworkBatch) -> [ForecastInputs]

  /// Returns the mean forecasts, [B, K], in units of the target, from the inputs of each network of
  /// the ensemble.
  func means(at inputs: [ForecastInputs]) -> Tensor<Float>
}

extension DifferentiableNetwork {
  /// Returns the mean forecasts of windows, [B, K], in units of the target.
  package func means(of batch: NetworkBatch) -> Tensor<Float> { means(at: inputs(of: batch)) }
}

extension FittedNetworkForecaster: DifferentiableNetwork {
  package func pastWindows(of panel: Panel) throws -> NetworkWindows {
    let layout = specification.layout
    return NetworkWindows(
      try FeatureWindows(of: panel, layout), layout, specification.encoding)
  }

  package func inputs(of batch: NetworkBatch) -> [ForecastInputs] {
    network.members.map { member in
      let inputs = member.embedding(batch.inputs)
      return ForecastInputs(
        history: inputs.history, future: inputs.future, statics: inputs.statics,
        profile: batch.targets.profile, scales: batch.targets.scales, levels: batch.targets.levels)
    }
  }

  package func means(at inputs: [ForecastInputs]) -> Tensor<Float> {
    let means = zip(network.members, inputs).map { member, inputs in
      member.means(
        at: inputs.channels, inputs.targets, specification.head,
        FeedbackRange(isNonnegative: specification.isNonnegative))
    }
    let sum = means.dropFirst().reduce(means[0]) { $0 + $1 }
    let mean = sum * (1 / Float(means.count)) + inputs[0].levels
    return specification.isNonnegative ? mean.relu() : mean
  }
}
