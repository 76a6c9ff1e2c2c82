extension Suites {
  /// Training steps of large batches at increasing thread counts.
  static var dataParallel: [Case] {
    let steps = [
      lstmSuite.trainingStep(.init(T: 28, B: 2048, D: 16, H: 64)),
      lstmSuite.trainingStep(.init(T: 56, B: 512, D: 16, H: 128)),
      rnnSuite.trainingStep(.init(T: 28, B: 2048, D: 16, H: 128)),
    ]
    return steps.map { step in
      Case(
        suite: "data-parallel", name: "\(step.suite) \(step.name)",
        operationCount: step.operationCount, usesEveryThreadCount: true, sample: step.sample,
        make: step.make)
    }
  }
}
