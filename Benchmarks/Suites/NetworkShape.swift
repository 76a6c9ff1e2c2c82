import NeuralNetwork

/// The sizes of a network, of which training steps and forward passes are timed.
protocol NetworkShape {
  associatedtype Model: Layer where Model.Scalar == Float
  associatedtype Definition: ReferenceModel

  /// The name of the suite, such as `mlp`.
  var suite: String { get }
  /// The sizes, as they are shown in the table.
  var name: String { get }
  /// B, the batch size.
  var batch: Int { get set }
  /// A batch size for which the reference is fast.
  var sampleBatch: Int { get }
  /// The number of floating-point operations in a forward pass.
  var operationCount: Double { get }

  /// Returns the network and random data.
  func setUp() -> NetworkSetUp<Model, Definition>
}

/// A network, random data, and the reference model with the same parameters.
struct NetworkSetUp<Model, Definition> {
  let model: Model
  let x, y: Tensor<Float>
  let reference: Definition
}

extension NetworkShape {
  var sampleBatch: Int { max(1, batch / 16) }

  var trainingStep: Case {
    oneCase("training step", passes: 3) { shape in
      let setUp = shape.setUp()
      return TrainingWork(setUp.model, x: setUp.x, y: setUp.y, reference: setUp.reference)
    }
  }

  var forward: Case {
    oneCase("forward", passes: 1) { shape in
      let setUp = shape.setUp()
      return InferenceWork(model: setUp.model, x: setUp.x, reference: setUp.reference)
    }
  }

  private func oneCase(
    _ kind: String, passes: Double, _ work: @escaping (Self) -> any Workload
  ) -> Case {
    var small = self
    small.batch = sampleBatch
    let share = Double(small.batch) / Double(batch)
    return Case(
      suite: suite, name: "\(kind) \(name)", operationCount: passes * operationCount,
      sample: small.batch == batch ? nil : .init(share: share) { [small] in work(small) }
    ) { work(self) }
  }
}

extension Array where Element: NetworkShape {
  /// All training steps, followed by all forward passes.
  var cases: [Case] { map(\.trainingStep) + map(\.forward) }
}
