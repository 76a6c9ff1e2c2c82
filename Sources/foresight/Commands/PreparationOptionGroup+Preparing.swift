import Forecasting

extension PreparationOptionGroup {
  /// Reads and prepares the panel of a table, with advice in its errors.
  ///
  /// - Parameters:
  ///   - sources: The sources of the main table.
  ///   - lastDay: The last day of the history, or nil for the last one of the table.
  func prepare(_ sources: [String], until lastDay: CalendarDate? = nil) throws -> PreparedPanel {
    var preparation = try preparation()
    preparation.lastDay = lastDay
    let directory = schema.directory
    let main = try MainTable(sources)
    for further in preparation.schema.sources {
      try SourceReference(further, relativeTo: directory).declare()
    }
    return try AdvisedError.advising(
      columns: schema.columnSource, dates: schema.dateSource, named: schema.columnOptions(table)
    ) {
      let source = try main.open(table.format)
      if !table.idColumn.isEmpty {
        preparation.schema.setIdentity(table.identity.names(in: source.columns))
      }
      return try preparation.prepare(source) {
        name, format throws(TableError) in
        try SourceReference(name, relativeTo: directory).open(format)
      }
    }
  }
}

extension DataSchema {
  /// The sources of the tables other than the main one.
  fileprivate var sources: [String] {
    tables.flatMap { [$0.source] + ($0.periods.map { [$0.source] } ?? []) }
  }
}
