extension LongTableRows {
  /// Sums the rows of the same series and step whose ids have different spellings. Rows with the
  /// same spelling remain, because they are an error.
  ///
  /// - Throws: An error if such rows differ in a covariate.
  mutating func sumSpellings(of source: any RecordSource) throws(TableError) {
    guard merges else { return }
    var rowOfCell: [Cell: Int] = [:]
    var seen: Set<[Int32]> = []
    var kept: [Int] = []
    for row in series.indices {
      let cell = Cell(series: series[row], step: stepNumbers[row])
      let isNew = seen.insert([series[row], stepNumbers[row], spellings[row]]).inserted
      guard isNew, let first = rowOfCell[cell] else {
        if isNew { rowOfCell[cell] = row }
        kept.append(row)
        continue
      }
      try add(row, to: first, of: source)
    }
    report.table.rowsMerged = series.count - kept.count
    keep(kept)
  }

  private struct Cell: Hashable {
    let series: Int32
    let step: Int32
  }
}
