import NeuralNetwork
import ReferenceKernels

extension Suites {
  /// One update of all parameters along given gradients.
  static var optimizers: [Case] {
    // The parameters of an LSTM with D 8 and H 64 and its dense layer, and a dense layer with a
    // million.
    let small = ParameterList([[256, 8], [256, 64], [256], [256], [1, 64], [1]])
    let large = ParameterList([[1024, 1024], [1024]])
    return [small, large].flatMap { $0.cases }
  }
}

/// The shapes of a model's parameters.
private struct ParameterList {
  let shapes: [Shape]

  init(_ shapes: [Shape]) { self.shapes = shapes }

  private var count: Int { shapes.reduce(0) { $0 + $1.elementCount } }

  var cases: [Case] {
    [
      oneCase("SGD", SGD(learningRate: 0.01), ReferenceSGD(learningRate: 0.01)),
      oneCase(
        "SGD with momentum", SGD(learningRate: 0.01, momentum: 0.9),
        ReferenceSGD(learningRate: 0.01, momentum: 0.9)),
      oneCase("Adam", Adam(), ReferenceAdam()),
      oneCase(
        "AdamW", AdamW(weightDecay: 0.01),
        ReferenceAdam(weightDecay: 0.01, decoupledWeightDecay: true)),
    ]
  }

  private func oneCase(
    _ name: String, _ optimizer: some Optimizer<Float>, _ reference: some ReferenceOptimizer
  ) -> Case {
    Case(suite: "optimizers", name: "\(name), \(count) in \(shapes.count)", tolerance: 1e-5) {
      OptimizerWork(ParameterModel(shapes), optimizer, reference)
    }
  }
}

/// A model of parameters without a computation.
private struct ParameterModel: Module {
  var values: [Tensor<Float>]

  init(_ shapes: [Shape]) {
    values = shapes.enumerated().map { .random($0.element, seed: UInt64($0.offset)) }
  }

  mutating func visitParameters(_ visit: ParameterVisitor<Float>) {
    for index in values.indices { visit("\(index)", &values[index]) }
  }
}

private struct OptimizerWork<Method: Optimizer, Definition: ReferenceOptimizer>: Workload
where Method.Scalar == Float {
  private var model: ParameterModel
  private let gradients: Gradients<Float>
  private var optimizer: Method
  private var reference: Definition
  private var referenceParameters, referenceGradients: [[Float]]

  init(_ model: ParameterModel, _ optimizer: Method, _ reference: Definition) {
    self.model = model
    self.optimizer = optimizer
    self.reference = reference
    let parameters = model.parameters
    gradients = Gradients(
      names: parameters.map(\.name),
      values: parameters.enumerated().map {
        .random($0.element.value.shape, seed: UInt64(100 + $0.offset))
      })
    referenceParameters = parameters.map(\.value.scalars)
    referenceGradients = gradients.values.map(\.scalars)
  }

  /// The first step is a special case for momentum and Adam.
  var checkedCallCount: Int { 3 }

  mutating func run() { optimizer.update(&model, along: gradients) }

  mutating func results() -> [(name: String, value: Tensor<Float>)] {
    run()
    return model.parameters
  }

  mutating func referenceResults() -> [[Float]] {
    reference.update(&referenceParameters, along: referenceGradients)
    return referenceParameters
  }

  func metrics(of timing: Timing) -> [Metric] {
    Metric.perElement(model.parameterCount)(timing)
  }
}
