import NeuralNetwork

/// A simple recurrent network that reads the history, and a decoder that forecasts future steps from its last state.
public typealias RNNArchitecture = RecurrentArchitecture<RNN<Float>>

extension RNN: RecurrentEncoder where Scalar == Float {
  public static var architectureName: String { "RNN" }
  public static var gateCount: Int { 1 }

  public static func layer(
    _ inputSize: Int, _ sizes: RNNArchitecture, using generator: inout Xoshiro256
  ) -> RNN {
    RNN(
      inputSize: inputSize, hiddenSize: sizes.hiddenSize, layerCount: sizes.layerCount,
      dropout: sizes.dropout, using: &generator)
  }

  public static func hidden(of state: Tensor<Float>) -> Tensor<Float> { state }
}
