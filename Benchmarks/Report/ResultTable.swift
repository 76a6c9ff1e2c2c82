/// A formatter for the lines of the table, each of which is printed as soon as it is measured.
struct ResultTable {
  /// The width of the longest case name.
  private let caseWidth: Int

  init(_ cases: [Case]) {
    caseWidth = cases.map(\.name.count).max() ?? 0
  }

  var head: String {
    line(
      suite: "suite", name: "case", threads: "threads", median: "median", spread: "spread",
      reference: "reference", ratio: "ratio", rate: "GFLOP/s", share: "of peak", notes: "")
  }

  func line(_ measured: MeasuredRow) -> String {
    let row = measured.row
    return line(
      suite: row.suite, name: row.name, threads: "\(row.threads)", median: row.median.seconds,
      spread: measured.spread.percent, reference: row.reference?.seconds,
      ratio: row.reference.map { "\(($0 / row.median).digits(3))x" },
      rate: row.gigaflops?.digits(3),
      share: row.gigaflops.flatMap { rate in row.peakGigaflops.map { (rate / $0).percent } },
      notes: measured.notes.joined(separator: "; "))
  }

  private func line(
    suite: String, name: String, threads: String, median: String, spread: String,
    reference: String?, ratio: String?, rate: String?, share: String?, notes: String
  ) -> String {
    let cells = [
      suite.left(13), name.left(caseWidth), threads.right(7), median.right(9), spread.right(6),
      (reference ?? "–").right(9), (ratio ?? "–").right(7), (rate ?? "–").right(7),
      (share ?? "–").right(7), notes,
    ]
    return cells.joined(separator: "  ").trimmingSuffix { $0 == " " }
  }
}

extension String {
  /// Returns the text without trailing characters that satisfy a condition.
  fileprivate func trimmingSuffix(while isDropped: (Character) -> Bool) -> String {
    String(self[..<(lastIndex { !isDropped($0) }.map { index(after: $0) } ?? startIndex)])
  }
}
