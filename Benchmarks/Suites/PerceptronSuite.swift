import NeuralNetwork

extension Suites {
  static var mlp: [Case] {
    [
      PerceptronShape(batch: 32, widths: [2, 64, 32, 1]),
      PerceptronShape(batch: 256, widths: [64, 256, 256, 28]),
    ].cases
  }
}

/// The batch size, and the widths of the input and of three dense layers.
private struct PerceptronShape: NetworkShape {
  var batch: Int
  let widths: [Int]

  var suite: String { "mlp" }
  var name: String { "B\(batch) \(widths.map { "\($0)" }.joined(separator: "-"))" }

  /// The reference is fast for the whole batch.
  var sampleBatch: Int { batch }

  var operationCount: Double {
    2 * Double(batch * zip(widths, widths.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 })
  }

  func setUp() -> NetworkSetUp<Sequential<Float>, ReferencePerceptron> {
    var generator = Xoshiro256(seed: 3)
    let model = Sequential<Float>(
      (1..<widths.count).map { layer in
        // The last layer is linear.
        Dense<Float>(
          inputSize: widths[layer - 1], outputSize: widths[layer],
          activation: layer < widths.count - 1 ? .relu : .linear, using: &generator)
      })
    let x = Tensor<Float>.random([batch, widths.first!], seed: 1)
    let y = Tensor<Float>.random([batch, widths.last!], seed: 2)
    return NetworkSetUp(
      model: model, x: x, y: y,
      reference: ReferencePerceptron(
        parameters: model.parameters.map(\.value.scalars), widths: widths, x: x.scalars,
        y: y.scalars, batch: batch))
  }
}
