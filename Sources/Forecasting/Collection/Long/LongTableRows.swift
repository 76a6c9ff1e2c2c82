/// The rows of a long table, by column, in the order of the file.
struct LongTableRows {
  var identities = IdentityTable()
  var identityColumns: IdentityColumns
  var report = ReadingReport()

  // Four numbers of four bytes a row: what a large table costs while it is read.
  private(set) var series: [Int32] = []
  /// The ids of the series, each at its number.
  private(set) var ids: [String] = []
  /// The running numbers of the steps, as ``Frequency/number(of:)`` counts them.
  private(set) var stepNumbers: [Int32] = []
  /// NaN where the row has no value.
  private(set) var values: [Float] = []
  private(set) var lines: [UInt32] = []
  private(set) var covariates: [CovariateReader]

  /// The most rows that a series has.
  private(set) var mostRowsOfOneSeries = 0
  private var rowCounts: [Int] = []
  /// The offset from UTC of the first row, and its line.
  private var firstOffset: (seconds: Int?, line: Int)?

  init(_ schema: TableSchema, _ places: LongTablePlaces) {
    identityColumns = IdentityColumns(
      places: places.identity, separator: schema.identitySeparator)
    covariates = zip(schema.covariates, places.covariates).map { column, place in
      CovariateReader(column, place: place)
    }
  }

  mutating func append(series: Int, step: Int, value: Float, line: Int) {
    self.series.append(Int32(truncatingIfNeeded: series))
    stepNumbers.append(Int32(truncatingIfNeeded: step))
    values.append(value)
    lines.append(UInt32(clamping: line))
    if series == rowCounts.count { rowCounts.append(0) }
    rowCounts[series] += 1
    mostRowsOfOneSeries = max(mostRowsOfOneSeries, rowCounts[series])
  }

  /// The fault of a date with another offset from UTC than the first row's: days of two time zones do
  /// not lie on one calendar.
  mutating func faultOfOffset(of time: WrittenTime, line: Int) -> TableError.Fault? {
    guard let firstOffset else {
      firstOffset = (time.offset, line)
      return nil
    }
    if firstOffset.seconds == time.offset { return nil }
    return .mixedOffsets(firstLine: .same(firstOffset.line))
  }

  /// Numbers the series in canonical order, when all rows are read.
  mutating func sortSeries() {
    let order = IdentityOrder(identities.ids)
    for row in series.indices { series[row] = order.places[Int(series[row])] }
    ids = order.ids
  }

  /// Reads the covariates of the row that was appended last.
  mutating func appendCovariates(_ cursor: borrowing RecordCursor) throws(TableError) {
    for index in covariates.indices { try covariates[index].append(cursor) }
  }
}
