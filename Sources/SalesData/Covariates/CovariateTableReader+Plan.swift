extension CovariateTableReader {
  /// Reads a plan: a table with values of known-future columns that a panel lacks, such as the prices and
  /// promotions of the weeks to come.
  ///
  /// A column that the panel already has keeps its values and receives those that it lacks. Other columns
  /// are added. Stops the program if a column is not known-future.
  ///
  /// - Throws: A `TableError` like ``read(_:into:)-(RecordSource,_)``, or a `CovariateError` if the plan
  ///   and the panel have different values for a step.
  public func readPlan(_ source: any RecordSource, for panel: Panel) throws -> CovariatePanel {
    try read(source, completing: panel, replacesFuture: false)
  }

  /// Reads changes of a plan: a table with values of known-future columns that replace those that a panel
  /// has for the steps after its end. An empty field changes nothing.
  ///
  /// Stops the program if a column is not known-future.
  ///
  /// - Throws: The errors of ``readPlan(_:for:)``. The table and the panel must agree on the past.
  public func readChanges(_ source: any RecordSource, of panel: Panel) throws -> CovariatePanel {
    try read(source, completing: panel, replacesFuture: true)
  }

  private func read(
    _ source: any RecordSource, completing panel: Panel, replacesFuture: Bool
  ) throws -> CovariatePanel {
    if let column = columns.first(where: { $0.role != .known }) {
      fatalError(
        "CovariateTableReader: expected known-future columns, but "
          + "\(column.column.debugDescription) is \(column.role.rawValue)")
    }
    var reader = self
    let present = Set(panel.knownCovariates.map(\.name))
    for place in columns.indices {
      if let column = try? panel.knownCovariate(columns[place].column) {
        reader.columns[place].kind = column.kind
      }
    }
    let names = columns.map(\.column)
    let read = try reader.read(source, into: panel.removing(present.intersection(names)))
    let completed = try names.reduce(panel) { panel, name throws(CovariateError) in
      try panel.completing(name, from: read.panel, replacesFuture: replacesFuture)
    }
    var report = read.report
    report.columns = try report.columns.map {
      try completed.knownCovariate($0.name).planned(after: panel.calendar.count)
    }
    return CovariatePanel(panel: completed, report: report)
  }
}

extension KnownCovariate {
  /// Returns the counts of the values after the panel's end: those that a plan is about.
  fileprivate func planned(after panelEnd: Int) throws(CovariateError) -> CovariateReport.Column {
    let ahead = panelEnd..<max(panelEnd, end)
    var missing = 0
    for row in rows {
      missing +=
        kind == .numeric
        ? try numberWindow(of: row, over: ahead).missing.count { $0 }
        : try codes(of: row, over: ahead).count { $0 == Vocabulary.unknown }
    }
    return CovariateReport.Column(
      name: name, role: .known, values: rows.count * ahead.count, missing: missing,
      futureSteps: ahead.count)
  }
}
