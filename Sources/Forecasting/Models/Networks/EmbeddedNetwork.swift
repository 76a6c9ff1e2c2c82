import NeuralNetwork

/// A network together with the vectors of its categories, and the interactions of its columns.
package struct EmbeddedNetwork<Network: ForecastNetwork>: Module {
  private var vectors: CategoryVectors
  private var interactions: ColumnInteractions?
  /// The network, which only sees channels.
  package var network: Network

  init(_ vectors: CategoryVectors, _ interactions: ColumnInteractions?, _ network: Network) {
    self.vectors = vectors
    self.interactions = interactions
    self.network = network
  }

  package mutating func visitParameters(_ visit: ParameterVisitor<Float>) {
    visit("categories", &vectors)
    visit("interactions", &interactions)
    network.visitParameters(visit)
  }

  /// Returns the outputs of a batch with known values, [B, K, O], for a loss.
  package func forward(_ batch: NetworkBatch, _ pass: inout ForwardPass) -> Tensor<Float> {
    var inputs = batch.inputs
    inputs.categories = inputs.categories.hidingSome(&pass)
    inputs = channels(of: inputs)
    guard let network = network as? any AutoregressiveNetwork else {
      return network.forward(inputs, &pass)
    }
    return network.forward(inputs, knowing: batch.targets, &pass)
  }

  /// Returns the forecast of a batch, as differences from the levels.
  func prediction(
    for batch: NetworkBatch, _ head: any ForecastHead, _ range: FeedbackRange
  ) -> HeadPrediction {
    let inputs = channels(of: batch.inputs)
    if let network = network as? any AutoregressiveNetwork {
      return network.recursivePrediction(from: inputs, batch.targets, head, range)
    }
    var pass = ForwardPass.inference
    return head.prediction(from: network.forward(inputs, &pass), batch.targets)
  }

  /// Returns the mean forecasts of windows, [B, K], as differences from the levels, as a function that
  /// can be differentiated.
  ///
  /// - Parameters:
  ///   - inputs: The inputs with the vectors of their categories, of ``embedding(_:)``.
  ///   - targets: The scales and profiles of the windows.
  ///   - head: The head.
  ///   - range: The range of values that are fed back.
  func means(
    at inputs: NetworkInputs, _ targets: WindowTargets, _ head: any ForecastHead,
    _ range: FeedbackRange
  ) -> Tensor<Float> {
    let inputs = interactions?.forward(inputs) ?? inputs
    if let network = network as? any AutoregressiveNetwork {
      return network.means(at: inputs, targets, head, range)
    }
    var pass = ForwardPass.inference
    return head.mean(from: network.forward(inputs, &pass), targets)
  }

  /// Returns the inputs with the vectors of their categories among the channels: those that the network
  /// sees, and those whose interactions it sees.
  func embedding(_ inputs: NetworkInputs) -> NetworkInputs {
    let inputs = vectors.forward(inputs)
    return interactions?.embedding(inputs) ?? inputs
  }

  /// Returns the inputs with the channels that the network sees.
  func channels(of inputs: NetworkInputs) -> NetworkInputs {
    let inputs = embedding(inputs)
    return interactions?.forward(inputs) ?? inputs
  }
}

extension ForecastArchitecture {
  /// Creates a network with random weights, and the vectors of an encoding's columns.
  package func embeddedNetwork(
    _ extents: NetworkExtents, _ encoding: InputEncoding, using generator: inout Xoshiro256
  ) -> EmbeddedNetwork<Network> {
    let network = network(extents, using: &generator)
    let vectors = CategoryVectors(encoding, using: &generator)
    return EmbeddedNetwork(vectors, ColumnInteractions(encoding, using: &generator), network)
  }
}
