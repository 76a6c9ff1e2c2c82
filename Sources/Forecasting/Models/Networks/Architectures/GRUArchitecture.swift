import NeuralNetwork

/// A GRU that reads the history, and a decoder that forecasts future steps from its last state.
public typealias GRUArchitecture = RecurrentArchitecture<GRU<Float>>

extension GRU: RecurrentEncoder where Scalar == Float {
  public static var architectureName: String { "GRU" }
  public static var gateCount: Int { 3 }

  public static func layer(
    _ inputSize: Int, _ sizes: GRUArchitecture, using generator: inout Xoshiro256
  ) -> GRU {
    GRU(
      inputSize: inputSize, hiddenSize: sizes.hiddenSize, layerCount: sizes.layerCount,
      dropout: sizes.dropout, using: &generator)
  }

  public static func hidden(of state: Tensor<Float>) -> Tensor<Float> { state }
}
