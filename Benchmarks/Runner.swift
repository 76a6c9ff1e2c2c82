import NeuralNetwork

/// A runner that checks and times cases.
package struct Runner {
  private let stopwatch: Stopwatch
  private let referenceLimit: Double

  /// Creates a runner.
  ///
  /// - Parameters:
  ///   - stopwatch: The stopwatch for the cases. The reference gets half of its budget.
  ///   - referenceLimit: The maximum time of a reference call, in seconds. A slower reference is
  ///     run on the case's smaller sample and not timed.
  package init(stopwatch: Stopwatch, referenceLimit: Double) {
    self.stopwatch = stopwatch
    self.referenceLimit = referenceLimit
  }

  /// Checks and times a case at each thread count.
  ///
  /// - Parameters:
  ///   - peaks: The processor's peak at each thread count.
  ///   - report: A closure that receives each row as soon as it is measured.
  /// - Throws: A ``CheckFailure``, or an error from the case.
  package func run(
    _ one: Case, _ peaks: [GEMMPeak], report: (MeasuredRow) throws -> Void
  ) throws {
    let workload = try one.make()
    let reference = try ReferenceRun(
      one, workload, budget: stopwatch.budget / 2, limit: referenceLimit)
    var first: [(name: String, values: [Float])]?
    var singleThreadMedian: Double?
    for peak in peaks {
      Parallelism.threadCount = peak.threadCount
      let results = try reference.check(tolerance: one.tolerance)
      for (result, expected) in zip(results, first ?? []) {
        try ResultCheck.expectIdentical(result.values, expected.values, named: result.name)
      }
      first = first ?? results
      let (timing, metrics) = try measure(workload)
      var row = MeasuredRow(one, peak, timing, reference, metrics)
      if peak.threadCount == 1 { singleThreadMedian = timing.times.median }
      if peak.threadCount > 1, let singleThreadMedian { row.addScaling(from: singleThreadMedian) }
      try report(row)
    }
  }

  private func measure<W: Workload>(_ workload: W) throws -> (Timing, [Metric]) {
    var running = workload
    let timing = try stopwatch.measure { try running.run() }
    return (timing, try running.metrics(of: timing))
  }
}
