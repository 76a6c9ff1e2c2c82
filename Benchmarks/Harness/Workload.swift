import NeuralNetwork

/// Timed work, with its definition in plain Swift for comparison.
///
/// A workload is a value that includes its random data: a copy starts from the same state.
package protocol Workload {
  /// The number of consecutive calls to check against the reference. It is 2 for training, since
  /// only the second call depends on the optimizer's first update.
  var checkedCallCount: Int { get }

  /// Performs one timed call.
  mutating func run() throws

  /// Returns the results of a call, by name.
  mutating func results() throws -> [(name: String, value: Tensor<Float>)]

  /// Returns the results of the reference kernels for one call, in the same order.
  mutating func referenceResults() -> [[Float]]

  /// Returns further figures about the timed calls.
  mutating func metrics(of timing: Timing) throws -> [Metric]
}

extension Workload {
  package var checkedCallCount: Int { 1 }

  package func metrics(of timing: Timing) -> [Metric] { [] }
}

/// A figure that only some cases have.
package struct Metric {
  /// The name in the JSON file, which ends with the unit.
  let name: String
  let value: Double
  /// The text in the table.
  let text: String

  package init(name: String, value: Double, text: String) {
    self.name = name
    self.value = value
    self.text = text
  }
}

/// A workload that computes a function of fixed operands.
struct Computation<Output>: Workload {
  private let fast: () -> Output
  private let tensors: (Output) -> [(name: String, value: Tensor<Float>)]
  private let reference: () -> [[Float]]
  private let metrics: (Timing) -> [Metric]

  /// Creates a workload.
  ///
  /// - Parameters:
  ///   - fast: A closure that performs one timed call.
  ///   - tensors: A closure that returns the call's results by name.
  ///   - reference: A closure that returns the results of the reference kernels, in the same order.
  ///   - metrics: A closure that returns further figures.
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
  /// Creates a workload with one result.
  init(
    _ fast: @escaping () -> Tensor<Float>, reference: @escaping () -> [Float],
    metrics: @escaping (Timing) -> [Metric] = { _ in [] }
  ) {
    self.init(
      fast, tensors: { [("result", $0)] }, reference: { [reference()] }, metrics: metrics)
  }
}

/// Uses a value, as far as the compiler can tell, so that the work that produced it is not removed.
@inline(never) @_optimize(none)
func keep<Value>(_ value: Value) {}
