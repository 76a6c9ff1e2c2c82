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
    for batch: NetworkBatch, _ head: any ForecastHead
  ) -> HeadPrediction {
    let predictions = members.map { network in
      var pass = ForwardPass.inference
      return head.prediction(from: network.forward(batch.inputs, &pass), batch.targets)
    }
    let share = 1 / Float(members.count)
    return predictions.dropFirst().reduce(predictions[0]) { sum, one in
      HeadPrediction(
        mean: sum.mean + one.mean,
        quantiles: sum.quantiles.map { $0 + one.quantiles! })
    }.scaled(by: share).raised(by: batch.targets.levels)
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
