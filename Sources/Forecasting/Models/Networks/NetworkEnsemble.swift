import NeuralNetwork

/// Networks of the same architecture, trained from different seeds, whose forecasts are averaged.
///
/// Training from different seeds results in different weights, whose errors partly cancel out.
package struct NetworkEnsemble<Network: ForecastNetwork>: Module {
  /// The networks, of which there is at least one.
  package var members: [EmbeddedNetwork<Network>]

  init(_ members: [EmbeddedNetwork<Network>]) { self.members = members }

  /// Visits the parameters of a single network under its own names, and those of several with their
  /// indices as prefixes.
  package mutating func visitParameters(_ visit: ParameterVisitor<Float>) {
    if members.count == 1 {
      members[0].visitParameters(visit)
    } else {
      for place in members.indices { visit("\(place)", &members[place]) }
    }
  }

  /// Returns the mean of the networks' forecasts, and the mean of their quantiles at each level.
  func prediction(
    for batch: NetworkBatch, _ head: any ForecastHead, _ range: FeedbackRange
  ) -> HeadPrediction {
    let predictions = members.map { $0.prediction(for: batch, head, range) }
    let share = 1 / Float(members.count)
    return predictions.dropFirst().reduce(predictions[0]) { sum, one in
      HeadPrediction(
        mean: sum.mean + one.mean,
        quantiles: sum.quantiles.map { $0 + one.quantiles! })
    }.scaled(by: share).raised(by: batch.targets.levels)
  }

  /// Returns sample paths of windows, of which each network draws an equal part, or nil if the networks
  /// aren't autoregressive or the head can't be sampled.
  ///
  /// - Parameters:
  ///   - batch: The windows.
  ///   - head: The distributions.
  ///   - ids: The ids of the windows' series.
  ///   - sampling: The number of paths, their random numbers, and the range of their values.
  func sampled(
    _ batch: NetworkBatch, _ head: any ForecastHead, ids: [String], _ sampling: PathSampling
  ) -> SampledWindows? {
    guard let head = head as? any SamplingHead else { return nil }
    var parts: [SampledWindows] = []
    for (place, member) in members.enumerated() {
      guard let network = member.network as? any AutoregressiveNetwork else { return nil }
      let paths = Array(stride(from: place, to: sampling.count, by: members.count))
      guard !paths.isEmpty else { continue }
      var part = network.sampled(
        member.channels(of: batch.inputs), batch.targets, head, ids: ids, paths: paths, sampling)
      part.means = part.means * (Float(paths.count) / Float(sampling.count))
      parts.append(part)
    }
    return SampledWindows(
      values: .concatenated(parts.map(\.values), axis: 1),
      means: parts.dropFirst().reduce(parts[0].means) { $0 + $1.means })
  }
}

extension HeadPrediction {
  /// Returns the forecast with all numbers multiplied by a factor.
  fileprivate func scaled(by factor: Float) -> HeadPrediction {
    factor == 1
      ? self : HeadPrediction(mean: mean * factor, quantiles: quantiles.map { $0 * factor })
  }

  /// Returns the forecast with the level of each window added, [B, 1].
  fileprivate func raised(by levels: Tensor<Float>) -> HeadPrediction {
    HeadPrediction(
      mean: mean + levels, quantiles: quantiles.map { $0 + levels.expandingShape(at: 2) })
  }
}
