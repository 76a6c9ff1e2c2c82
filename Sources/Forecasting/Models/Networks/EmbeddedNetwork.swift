import NeuralNetwork

/// A network together with the vectors of its categories.
package struct EmbeddedNetwork<Network: ForecastNetwork>: Module {
  private var vectors: CategoryVectors
  /// The network, which only sees channels.
  package var network: Network

  init(_ vectors: CategoryVectors, _ network: Network) {
    self.vectors = vectors
    self.network = network
  }

  package mutating func visitParameters(_ visit: ParameterVisitor<Float>) {
    visit("categories", &vectors)
    network.visitParameters(visit)
  }

  /// Returns the outputs of a batch, [B, K, O].
  package func forward(_ inputs: NetworkInputs, _ pass: inout ForwardPass) -> Tensor<Float> {
    network.forward(vectors.forward(inputs, &pass), &pass)
  }

  /// Returns the inputs with the vectors of their categories among the channels, as in a forecast.
  func embedding(_ inputs: NetworkInputs) -> NetworkInputs {
    var pass = ForwardPass.inference
    return vectors.forward(inputs, &pass)
  }
}

extension ForecastArchitecture {
  /// Creates a network with random weights, and the vectors of an encoding's categories.
  package func embeddedNetwork(
    _ extents: NetworkExtents, _ encoding: InputEncoding, using generator: inout Xoshiro256
  ) -> EmbeddedNetwork<Network> {
    let network = network(extents, using: &generator)
    return EmbeddedNetwork(CategoryVectors(encoding, using: &generator), network)
  }
}
