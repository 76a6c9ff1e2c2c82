import NeuralNetwork

extension Suites {
  /// The memory that training steps take from the system after warm-up.
  static var allocation: [Case] {
    let steps = [
      lstmSuite.trainingStep(.init(T: 28, B: 32, D: 8, H: 64)),
      lstmSuite.trainingStep(.init(T: 28, B: 256, D: 16, H: 64)),
      rnnSuite.trainingStep(.init(T: 28, B: 32, D: 8, H: 64)),
    ]
    return (steps + mlp.filter { $0.name.hasPrefix("training") }).map { step in
      Case(suite: "allocation", name: "\(step.suite) \(step.name)", sample: step.sample) {
        counting(try step.make())
      }
    }
  }

  private static func counting(_ step: some Workload) -> any Workload { AllocationWork(step: step) }
}

/// A training step whose system memory use is counted.
private struct AllocationWork<Step: Workload>: Workload {
  var step: Step

  private static var countedStepCount: Int { 100 }

  var checkedCallCount: Int { step.checkedCallCount }

  mutating func run() throws { try step.run() }

  mutating func results() throws -> [(name: String, value: Tensor<Float>)] { try step.results() }

  mutating func referenceResults() -> [[Float]] { step.referenceResults() }

  mutating func metrics(of timing: Timing) throws -> [Metric] {
    // The first reading of the counters allocates memory itself.
    _ = SystemMemory.now
    let before = SystemMemory.now
    for _ in 0..<Self.countedStepCount { try step.run() }
    let taken = SystemMemory.now.since(before)
    guard taken.poolBufferCount == 0 else {
      throw AllocationError(stepCount: Self.countedStepCount, taken: taken)
    }
    return taken.metrics(of: Self.countedStepCount)
  }
}

/// An error for training steps that take memory from the system after warm-up.
private struct AllocationError: Error, CustomStringConvertible {
  let stepCount: Int
  let taken: SystemMemory

  var description: String {
    "\(stepCount) warm steps took \(taken.poolBufferCount) buffers with \(taken.poolByteCount) bytes "
      + "from the system, but should take none"
  }
}

extension SystemMemory {
  fileprivate func metrics(of stepCount: Int) -> [Metric] {
    let pool = "\(stepCount) steps: \(poolBufferCount) buffers, \(poolByteCount) B by the pool"
    var metrics = [
      Metric(name: "pool_buffers", value: Double(poolBufferCount), text: pool),
      Metric(
        name: "page_faults", value: Double(pageFaultCount), text: "\(pageFaultCount) page faults"),
    ]
    if let mappedByteCount {
      metrics.append(
        Metric(
          name: "mapped_bytes", value: Double(mappedByteCount), text: "\(mappedByteCount) B mapped")
      )
    }
    return metrics
  }
}
