import NeuralNetwork

/// The results and the time of the reference kernels for a case.
struct ReferenceRun {
  /// The checked workload: the case's own, or its smaller sample.
  private let workload: any Workload
  /// The reference's results for each checked call.
  private let expected: [[[Float]]]
  /// The median time of a call in seconds; nil if it cannot be compared or takes too long.
  let median: Double?
  /// The estimated time of a call, if it is too long to be measured.
  let skippedSeconds: Double?

  /// Runs the reference on the case, or on its sample if a call would take longer than `limit`
  /// seconds.
  init(_ one: Case, _ workload: any Workload, budget: Duration, limit: Double) throws {
    if let sample = one.sample {
      let small = Self.run(try sample.make(), budget: .zero)
      let estimate = small.times.minimum / sample.share
      if estimate > limit {
        self.init(
          workload: small.workload, expected: small.expected, median: nil, skippedSeconds: estimate)
        return
      }
    }
    let whole = Self.run(workload, budget: one.isReferenceTimed ? budget : .zero)
    self.init(
      workload: workload, expected: whole.expected,
      median: one.isReferenceTimed ? whole.times.median : nil, skippedSeconds: nil)
  }

  /// Checks a fresh copy of the workload against the reference.
  ///
  /// - Returns: All results, by name.
  /// - Throws: A ``CheckFailure``, or an error from the workload.
  func check(tolerance: Float) throws -> [(name: String, values: [Float])] {
    var running = workload
    var all: [(name: String, values: [Float])] = []
    for (call, expected) in expected.enumerated() {
      let results = try running.results()
      guard results.count == expected.count else {
        fatalError(
          "ReferenceRun: \(results.count) results, but the reference has \(expected.count)")
      }
      for (result, expected) in zip(results, expected) {
        let name = call == 0 ? result.name : "\(result.name) (call \(call + 1))"
        let values = result.value.scalars
        try ResultCheck.expectClose(values, expected, tolerance: tolerance, named: name)
        all.append((name, values))
      }
    }
    return all
  }

  private init(
    workload: any Workload, expected: [[[Float]]], median: Double?, skippedSeconds: Double?
  ) {
    self.workload = workload
    self.expected = expected
    self.median = median
    self.skippedSeconds = skippedSeconds
  }

  /// Runs the checked calls, and further calls until the budget is spent.
  private static func run<W: Workload>(
    _ workload: W, budget: Duration
  ) -> (workload: W, expected: [[[Float]]], times: Statistics) {
    var running = workload
    var expected: [[[Float]]] = []
    var times: [Double] = []
    let end = ContinuousClock.now + budget
    repeat {
      times.append(
        Stopwatch.seconds {
          let results = running.referenceResults()
          keep(results)
          if expected.count < workload.checkedCallCount { expected.append(results) }
        })
    } while expected.count < workload.checkedCallCount || ContinuousClock.now < end
    return (workload, expected, Statistics(times))
  }
}
