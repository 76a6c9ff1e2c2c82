/// A row as it was measured: what the JSON file keeps of it, and what only the table shows.
package struct MeasuredRow {
  package private(set) var row: ResultRow
  /// The distance of the quartiles over the median.
  let spread: Double
  /// What is said behind the figures.
  package private(set) var notes: [String]

  init(
    _ one: Case, _ peak: GEMMPeak, _ timing: Timing, _ reference: ReferenceRun,
    _ metrics: [Metric]
  ) {
    let times = timing.times
    row = ResultRow(
      suite: one.suite, name: one.name, threads: peak.threadCount, median: times.median,
      minimum: times.minimum, reference: reference.median,
      gigaflops: one.operationCount.map { $0 / times.median / 1e9 },
      peakGigaflops: one.operationCount.map { _ in peak.gigaflops })
    spread = times.relativeSpread
    notes = []
    if let seconds = reference.skippedSeconds {
      notes.append("reference skipped: about \(seconds.digits(2)) s a call")
    }
    for metric in metrics { add(metric) }
  }

  /// Adds by how much several threads are faster than one.
  mutating func addScaling(from singleThreadMedian: Double) {
    let scaling = singleThreadMedian / row.median
    add(Metric(name: "scaling", value: scaling, text: "\(scaling.digits(3))x one thread"))
  }

  private mutating func add(_ metric: Metric) {
    row.metrics = row.metrics ?? [:]
    row.metrics?[metric.name] = metric.value
    notes.append(metric.text)
  }
}
