import ReferenceKernels

/// A sequence of dense layers with ReLU after all but the last.
struct ReferencePerceptron: ReferenceModel {
  /// The weight and bias of each layer, in order.
  var parameters: [[Float]]
  private let widths: [Int]
  private let x: [Float]  // [B, D]
  private let y: [Float]  // [B, O]
  private let batch: Int

  /// Creates a perceptron.
  ///
  /// - Parameter widths: D, the widths of the hidden layers, and O.
  init(parameters: [[Float]], widths: [Int], x: [Float], y: [Float], batch: Int) {
    self.parameters = parameters
    self.widths = widths
    self.x = x
    self.y = y
    self.batch = batch
  }

  func predictions() -> [Float] { activations().last! }

  func lossAndGradients() -> (loss: Float, gradients: [[Float]]) {
    let activations = activations()
    let (loss, lossGradient) = Reference.meanSquaredError(activations.last!, y)
    var dy = lossGradient
    var gradients: [[Float]] = []
    for layer in (0..<layerCount).reversed() {
      let back = Reference.denseBackward(
        x: activations[layer], weight: parameters[2 * layer], y: activations[layer + 1], dy: dy,
        activation: activation(of: layer), B: batch, D: widths[layer], O: widths[layer + 1])
      gradients = [back.weight, back.bias] + gradients
      dy = back.x
    }
    return (loss, gradients)
  }

  private var layerCount: Int { widths.count - 1 }

  private func activation(of layer: Int) -> Reference.Activation {
    layer == layerCount - 1 ? .linear : .relu
  }

  /// Returns the input and the output of each layer.
  private func activations() -> [[Float]] {
    (0..<layerCount).reduce(into: [x]) { results, layer in
      results.append(
        Reference.denseForward(
          x: results[layer], weight: parameters[2 * layer], bias: parameters[2 * layer + 1],
          activation: activation(of: layer), B: batch, D: widths[layer], O: widths[layer + 1]))
    }
  }
}
