// Sales of four products from how often they are bought and what they cost, by a network of two
// hidden units that is trained by gradient descent: a whole training run that fits on a page.
//
//   swift run -c release FourProducts

import Forecasting
import NeuralNetwork

// The sales, which the network predicts, are not an input.
let inputs = Tensor<Float>([[2, 50], [3, 100], [1, 75], [4, 150]])  // orders a customer, price
let sales = Tensor<Float>([[100], [200], [150], [300]])  // units

// All in standard scores: gradient descent is slow where one input is fifty times another.
let inputScaler = StandardScaler(fittedTo: inputs)
let salesScaler = StandardScaler(fittedTo: sales)
let x = inputScaler.transformed(inputs)  // [4, 2]
let y = salesScaler.transformed(sales)  // [4, 1]

// ŷ = W₂ σ(W₁ x + b₁) + b₂. The initial weights are small and different, so that the units learn
// different things. They are fixed instead of random, so that the run can be checked by hand.
var network = Sequential<Float>(
  Dense(weight: Tensor([[0.5, -0.25], [-0.75, 0.25]]), bias: .zeros([2]), activation: .sigmoid),
  Dense(weight: Tensor([[0.75, -0.5]]), bias: .zeros([1])))

/// L = ½ Σ (y − ŷ)² over the four products.
func loss(of network: Sequential<Float>) -> Tensor<Float> { halfSquaredError(network(x), y) }

// W ← W − α ∂L/∂W, and b likewise.
var optimizer = GradientDescent<Float>(learningRate: 0.1)
for step in 0..<1000 {
  let (value, gradients) = valueWithGradient(at: network, in: loss)
  if [0, 1, 2, 5, 10, 100, 500].contains(step) { print("step \(step): loss \(value.scalar)") }
  optimizer.update(&network, along: gradients)
}
print("step 1000: loss \(loss(of: network).scalar)")

let predictions = salesScaler.restored(network(x))
for product in 0..<4 {
  print(
    "product \(product + 1): sold \(sales[at: product, 0]), fitted \(predictions[at: product, 0])")
}
