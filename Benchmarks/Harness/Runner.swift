import NeuralNetwork

/// Checks and times cases.
struct Runner {
  let stopwatch: Stopwatch
  /// References that take longer than this, in seconds a call, are checked on a smaller sample and
  /// not timed.
  let referenceLimit: Double

  /// Checks and times a case at each number of threads.
  ///
  /// - Parameters:
  ///   - peaks: The numbers of threads, and what the processor can do with them.
  ///   - report: Gets each row as soon as it is measured.
  /// - Throws: ``CheckFailure``, and what the case throws.
  func run(
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
      let (measurement, metrics) = try measure(workload)
      var row = MeasuredRow(one, peak, measurement, reference, metrics)
      if peak.threadCount == 1 { singleThreadMedian = measurement.times.median }
      if peak.threadCount > 1, let singleThreadMedian { row.addScaling(from: singleThreadMedian) }
      try report(row)
    }
  }

  private func measure<W: Workload>(_ workload: W) throws -> (Measurement, [Metric]) {
    var running = workload
    let measurement = try stopwatch.measure { try running.run() }
    return (measurement, try running.metrics(of: measurement))
  }
}
