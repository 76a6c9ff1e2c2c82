import NeuralNetwork

extension Suites {
  static var mlp: [Case] {
    let shapes = [
      PerceptronShape(batch: 32, widths: [2, 64, 32, 1]),
      PerceptronShape(batch: 256, widths: [64, 256, 256, 28]),
    ]
    return shapes.map(\.trainingStep) + shapes.map(\.forward)
  }
}

/// The batch size, and the widths of the input and of three dense layers.
private struct PerceptronShape {
  let batch: Int
  let widths: [Int]

  var trainingStep: Case {
    oneCase("training step", passes: 3) { setUp in
      TrainingWork(setUp.model, x: setUp.x, y: setUp.y, reference: setUp.reference)
    }
  }

  var forward: Case {
    oneCase("forward", passes: 1) { setUp in
      InferenceWork(model: setUp.model, x: setUp.x, reference: setUp.reference)
    }
  }

  private func oneCase(
    _ name: String, passes: Double, _ work: @escaping (SetUp) -> any Workload
  ) -> Case {
    let weightCount = zip(widths, widths.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 }
    return Case(
      suite: "mlp",
      name: "\(name) B\(batch) \(widths.map { "\($0)" }.joined(separator: "-"))",
      operationCount: passes * 2 * Double(batch * weightCount)
    ) { work(SetUp(self)) }
  }

  /// A model, random data, and the reference model with the same parameters.
  struct SetUp {
    let model: Sequential<Float>
    let x, y: Tensor<Float>
    let reference: ReferencePerceptron

    init(_ shape: PerceptronShape) {
      let (batch, widths) = (shape.batch, shape.widths)
      model = Self.perceptron(widths)
      x = .random([batch, widths.first!], seed: 1)
      y = .random([batch, widths.last!], seed: 2)
      reference = ReferencePerceptron(
        parameters: model.parameters.map(\.value.scalars), widths: widths, x: x.scalars,
        y: y.scalars, batch: batch)
    }

    /// Returns dense layers, of which the last is linear.
    private static func perceptron(_ widths: [Int]) -> Sequential<Float> {
      var generator = Xoshiro256(seed: 3)
      let layers = (1..<widths.count).map { layer in
        Dense<Float>(
          inputSize: widths[layer - 1], outputSize: widths[layer],
          activation: layer < widths.count - 1 ? .relu : .linear, using: &generator)
      }
      return Sequential(layers)
    }
  }
}
