/// A measured row: the part for the JSON file, and the part for the table only.
package struct MeasuredRow {
  package private(set) var row: ResultRow
  /// The interquartile range divided by the median.
  let spread: Double
  /// The notes after the figures.
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
      notes.append("reference skipped: about \(seconds.digits(2)) s per call")
    }
    for metric in metrics { add(metric) }
  }

  /// Adds the speedup of several threads over one.
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
