import NeuralNetwork
import TestSupport
import Testing

/// Each of the caller's own bugs stops the program with a message that names the operation, what was
/// expected and what came, in debug and in release builds.
@Suite struct MistakeTests {
  @Test(arguments: Mistake.all.indices)
  func stopsTheProgram(_ index: Int) async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { [index] in
      Mistake.all[index].make()
    }
    let expected = Mistake.all[index].message
    #expect(message(of: result).contains("Fatal error: \(expected)\n"))
  }
}

private struct Mistake: Sendable {
  let message: String
  let make: @Sendable () -> Void

  init(_ message: String, _ make: @escaping @Sendable () -> Void) {
    self.message = message
    self.make = make
  }

  static let all = layers + losses + optimizers

  private static let layers = [
    Mistake("Dense(3 → 2, linear): expected an input [..., 3], but got shape [5, 4]") {
      _ = linear(Float.self)(.zeros([5, 4]))
    },
    Mistake("Dense: expected a weight [O, D] and a bias [O], but got [2, 3] and [3]") {
      _ = Dense<Float>(weight: .zeros([2, 3]), bias: .zeros([3]))
    },
    Mistake("LSTM: expected an input [B, T, 2], but got shape [3, 5, 4]") {
      _ = lstm()(.zeros([3, 5, 4]))
    },
    Mistake("LSTM: expected a hidden state [2, 3, 4], but got shape [1, 3, 4]") {
      _ = lstm()(
        .zeros([3, 5, 2]), state: .init(hidden: .zeros([1, 3, 4]), cell: .zeros([2, 3, 4])))
    },
    Mistake("LSTM: expected a cell state [2, 3, 4], but got shape [2, 5, 4]") {
      _ = lstm()(
        .zeros([3, 5, 2]), state: .init(hidden: .zeros([2, 3, 4]), cell: .zeros([2, 5, 4])))
    },
    Mistake("RNN: expected an input [B, T, 2], but got shape [5, 2]") {
      var generator = anyGenerator()
      _ = RNN<Float>(inputSize: 2, hiddenSize: 4, using: &generator)(.zeros([5, 2]))
    },
    Mistake("Dropout: a dropout rate must be in 0..<1, but is 1.0") {
      _ = Dropout<Float>(rate: 1)
    },
  ]

  private static let losses =
    [
      doesNotBroadcast("meanSquaredError") { _ = meanSquaredError($0, $1) },
      doesNotBroadcast("halfSquaredError") { _ = halfSquaredError($0, $1) },
      doesNotBroadcast("meanAbsoluteError") { _ = meanAbsoluteError($0, $1) },
      doesNotBroadcast("huber") { _ = huber($0, $1) },
      doesNotBroadcast("binaryCrossEntropy") { _ = binaryCrossEntropy(logits: $0, $1) },
      doesNotBroadcast("binaryCrossEntropy") { _ = binaryCrossEntropy(probabilities: $0, $1) },
    ] + [
      Mistake("huber: expected weights of the prediction's shape [3, 5], but got shape [5]") {
        _ = huber(.zeros([3, 5]), Tensor<Float>.zeros([3, 5]), weights: .zeros([5]))
      },
      Mistake("huber: delta must be positive, but is 0.0") {
        _ = huber(.zeros([3]), Tensor<Float>.zeros([3]), delta: 0)
      },
      Mistake("binaryCrossEntropy: probabilities must be in 0...1, but one is 1.5") {
        _ = binaryCrossEntropy(probabilities: Tensor<Float>([0.5, 1.5]), .zeros([2]))
      },
      Mistake("softmaxCrossEntropy: logits of shape [2, 3, 5] need 6 labels, but got 2") {
        _ = softmaxCrossEntropy(logits: Tensor<Float>.zeros([2, 3, 5]), labels: [1, 2])
      },
      Mistake("softmaxCrossEntropy: the label of row 1 is 5, outside 0..<5") {
        _ = softmaxCrossEntropy(logits: Tensor<Float>.zeros([2, 5]), labels: [1, 5])
      },
      Mistake(
        "softmaxCrossEntropy: expected target probabilities of the prediction's shape [2, 5], "
          + "but got shape [5]"
      ) {
        _ = softmaxCrossEntropy(logits: Tensor<Float>.zeros([2, 5]), probabilities: .zeros([5]))
      },
    ]

  /// A column of predictions against a vector of targets.
  private static func doesNotBroadcast(
    _ loss: String, _ make: @escaping @Sendable (Tensor<Float>, Tensor<Float>) -> Void
  ) -> Mistake {
    Mistake("\(loss): expected a target of the prediction's shape [3, 1], but got shape [3]") {
      make(.zeros([3, 1]), .zeros([3]))
    }
  }

  private static let optimizers = [
    update("Adam: expected the gradient of weight, but got that of bias") {
      Gradients(names: ["bias", "weight"], values: [$0.bias!, $0.weight])
    },
    update("Adam: expected the gradient of bias, but got none") {
      Gradients(names: ["weight"], values: [$0.weight])
    },
    update("Adam: got a gradient of extra, which the model does not have") {
      Gradients(names: ["weight", "bias", "extra"], values: [$0.weight, $0.bias!, $0.weight])
    },
    update("Adam: expected a gradient of weight of shape [2, 3], but got shape [3, 2]") {
      Gradients(names: ["weight", "bias"], values: [$0.weight.transposed, $0.bias!])
    },
    Mistake(
      "AdamW: expected a gradient of weight of shape [2, 3] as in earlier steps, but got shape [5, 4]"
    ) {
      var optimizer = AdamW<Float>()
      var model = linear(Float.self)
      optimizer.update(&model, along: gradients(of: model, 0))
      var other = Dense<Float>(weight: .zeros([5, 4]), bias: .zeros([5]))
      optimizer.update(&other, along: gradients(of: other, 0))
    },
    Mistake(
      #"SGD: expected gradients of ["weight", "bias"] as in earlier steps, but got gradients of "#
        + #"["weight"]"#
    ) {
      var optimizer = SGD<Float>(learningRate: 0.1, momentum: 0.9)
      var model = linear(Float.self)
      optimizer.update(&model, along: gradients(of: model, 0))
      model.bias = nil
      optimizer.update(&model, along: gradients(of: model, 0))
    },
    Mistake("SGD: Nesterov momentum needs a momentum above 0") {
      _ = SGD<Float>(learningRate: 0.1, isNesterov: true)
    },
    Mistake("StepDecay: the number of steps must be positive, but is 0") {
      _ = StepDecay(stepCount: 0)
    },
  ]

  private static func update(
    _ message: String, _ gradients: @escaping @Sendable (Dense<Float>) -> Gradients<Float>
  ) -> Mistake {
    Mistake(message) {
      var model = linear(Float.self)
      var optimizer = Adam<Float>()
      optimizer.update(&model, along: gradients(model))
    }
  }
}

private func lstm() -> LSTM<Float> {
  var generator = anyGenerator()
  return LSTM(inputSize: 2, hiddenSize: 4, layerCount: 2, using: &generator)
}
