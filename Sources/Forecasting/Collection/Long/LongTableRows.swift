/// The rows of a long table, by column, in the order of the file.
struct LongTableRows {
  var identities = IdentityTable()
  var identityColumns: IdentityColumns
  var report = ReadingReport()

  // Four numbers of four bytes a row: what a large table costs while it is read.
  private(set) var series: [Int32] = []
  private(set) var days: [Int32] = []
  /// NaN where the row has no value.
  private(set) var values: [Float] = []
  private(set) var lines: [UInt32] = []
  private(set) var covariates: [CovariateReader]

  init(_ schema: TableSchema, _ places: LongTablePlaces) {
    identityColumns = IdentityColumns(
      places: places.identity, separator: schema.identitySeparator)
    covariates = zip(schema.covariates, places.covariates).map { column, place in
      CovariateReader(column, place: place)
    }
  }

  mutating func append(series: Int, day: Int, value: Float, line: Int) {
    self.series.append(Int32(truncatingIfNeeded: series))
    days.append(Int32(truncatingIfNeeded: day))
    values.append(value)
    lines.append(UInt32(clamping: line))
  }

  /// Reads the covariates of the row that was appended last.
  mutating func appendCovariates(_ cursor: borrowing RecordCursor) throws(TableError) {
    for index in covariates.indices { try covariates[index].append(cursor) }
  }
}
