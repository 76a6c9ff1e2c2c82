import NeuralNetwork

/// Something to time, with its definition in plain Swift to hold it against.
///
/// A workload is a value that comes with its random data: a copy begins where the original stood.
package protocol Workload {
  /// How many calls in a row are held against the reference: 2 for training, where only the second
  /// call sees what the optimizer did in the first.
  var checkedCallCount: Int { get }

  /// One call of what is timed.
  mutating func run() throws

  /// What a call gives, by name.
  mutating func results() throws -> [(name: String, value: Tensor<Float>)]

  /// The same by the reference kernels, in the same order: one call of the reference.
  mutating func referenceResults() -> [[Float]]

  /// What is told of the timed calls beyond their time.
  mutating func metrics(of timing: Timing) throws -> [Metric]
}

extension Workload {
  package var checkedCallCount: Int { 1 }

  package func metrics(of timing: Timing) -> [Metric] { [] }
}

/// A figure that belongs to some cases only.
package struct Metric {
  /// Its name in the JSON file, which ends with the unit.
  let name: String
  let value: Double
  /// How the table shows it.
  let text: String

  package init(name: String, value: Double, text: String) {
    self.name = name
    self.value = value
    self.text = text
  }
}

/// A function of fixed operands, and its definition.
struct Computation<Output>: Workload {
  private let fast: () -> Output
  private let tensors: (Output) -> [(name: String, value: Tensor<Float>)]
  private let reference: () -> [[Float]]
  private let metrics: (Timing) -> [Metric]

  /// - Parameters:
  ///   - fast: One call of what is timed.
  ///   - tensors: Its results by name.
  ///   - reference: The results by the reference kernels, in the same order.
  ///   - metrics: What is told beyond the time.
  init(
    _ fast: @escaping () -> Output,
    tensors: @escaping (Output) -> [(name: String, value: Tensor<Float>)],
    reference: @escaping () -> [[Float]],
    metrics: @escaping (Timing) -> [Metric] = { _ in [] }
  ) {
    self.fast = fast
    self.tensors = tensors
    self.reference = reference
    self.metrics = metrics
  }

  func run() { keep(fast()) }

  func results() -> [(name: String, value: Tensor<Float>)] { tensors(fast()) }

  func referenceResults() -> [[Float]] { reference() }

  func metrics(of timing: Timing) -> [Metric] { metrics(timing) }
}

extension Computation<Tensor<Float>> {
  /// A function with one result.
  init(
    _ fast: @escaping () -> Tensor<Float>, reference: @escaping () -> [Float],
    metrics: @escaping (Timing) -> [Metric] = { _ in [] }
  ) {
    self.init(
      fast, tensors: { [("result", $0)] }, reference: { [reference()] }, metrics: metrics)
  }
}

/// Uses a value as far as the optimizer can tell, so that the work that made it is not removed.
@inline(never) @_optimize(none)
func keep<Value>(_ value: Value) {}
