// begin
import NeuralNetwork

/// Fits a network to sin x, and returns its mean squared error.
func fitSine() -> Float {
  var generator = Xoshiro256(seed: 42)
  let x = Tensor<Float>.linear(from: -3, to: 3, count: 256).reshaped(to: [256, 1])
  let y = x.sin()
  var network = Sequential<Float>(
    Dense(inputSize: 1, outputSize: 32, activation: .tanh, using: &generator),
    Dense(inputSize: 32, outputSize: 1, using: &generator))
  var optimizer = Adam<Float>(learningRate: 0.01)
  for _ in 0..<500 {
    let (_, gradients) = valueWithGradient(at: network) { meanSquaredError($0(x), y) }
    optimizer.update(&network, along: gradients)
  }
  return meanSquaredError(network(x), y).scalar
}
// end
