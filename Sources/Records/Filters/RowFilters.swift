/// The filters of a table, applied while its rows are read.
struct RowFilters {
  private var columns: [FilteredColumn] = []
  /// The position of the order column.
  private var order: Int?
  private var latestOrder: [UInt8] = []
  private(set) var rowsDropped = 0

  /// An error that occurs when a field in a filter's column is not UTF-8.
  struct NotUTF8: Error {
    let place: Int
  }

  /// Creates filters that keep all rows.
  init() {}

  /// Creates filters for the columns of a source.
  ///
  /// - Parameter order: The name of the order column, or `nil` if the table has none.
  init(_ filters: [RowFilter], order: String?, _ columns: ColumnNames) throws(TableError) {
    for filter in filters {
      self.columns.append(FilteredColumn(filter, place: try columns.places(of: [filter.column])[0]))
    }
    if !filters.isEmpty, let order { self.order = try columns.places(of: [order])[0] }
  }

  /// A Boolean value that indicates whether there are no filters.
  var isEmpty: Bool { columns.isEmpty }

  /// The positions of the columns that the filters examine.
  var places: [Int] { columns.map(\.place) }

  /// The effects of the filters, in order.
  var reports: [RowFilterReport] { columns.map(\.report) }

  /// Determines whether a record with all fields is kept, and counts it.
  mutating func keeps(_ record: borrowing Record) throws(NotUTF8) -> Bool {
    let continues = continuesOrder(record)
    var stays = true
    for index in columns.indices {
      let number = try columns[index].number(record, continues: continues)
      // Later filters do not count a dropped row, but the order's next line can need their fields.
      if stays { stays = columns[index].count(number) }
    }
    if !stays { rowsDropped += 1 }
    return stays
  }

  /// Determines whether a record belongs to the same order as the previous one.
  private mutating func continuesOrder(_ record: borrowing Record) -> Bool {
    guard let order else { return false }
    let text = record[order]
    if !text.isEmpty, text.elementsEqual(latestOrder) { return true }
    latestOrder.removeAll(keepingCapacity: true)
    latestOrder.append(contentsOf: text)
    return false
  }
}

/// A filter and the values that it has encountered.
private struct FilteredColumn {
  let place: Int
  private let filter: RowFilter
  private let keys: Set<String>
  /// The distinct fields, and for each whether its rows are kept and the number of its rows.
  private var texts = IdentityTable()
  private var stays: [Bool] = []
  private var counts: [Int] = []
  /// The index of the latest field.
  private var latest = -1

  init(_ filter: RowFilter, place: Int) {
    self.filter = filter
    self.place = place
    keys = Set(filter.values.map(IdentityFolding.key))
  }

  /// Returns the index of a record's field. An empty field in the same order as the previous line
  /// has the index of that line's field.
  mutating func number(
    _ record: borrowing Record, continues: Bool
  ) throws(RowFilters.NotUTF8) -> Int {
    let text = record[place].trimmed
    if continues, text.isEmpty, latest >= 0 { return latest }
    guard let number = texts.number(of: text) else { throw RowFilters.NotUTF8(place: place) }
    if number == counts.count {
      let isNamed = keys.contains(IdentityFolding.key(texts.ids[number]))
      stays.append(isNamed == (filter.action == .keep))
      counts.append(0)
    }
    latest = number
    return number
  }

  /// Counts a row with the given field and returns a Boolean value that indicates whether it is
  /// kept.
  package mutating func count(_ number: Int) -> Bool {
    counts[number] += 1
    return stays[number]
  }

  var report: RowFilterReport {
    let met = counts.indices.filter { counts[$0] > 0 }
    func values(_ staying: Bool) -> [RowFilterReport.Value] {
      met.filter { stays[$0] == staying }
        .map { RowFilterReport.Value(text: texts.ids[$0], rows: counts[$0]) }
        .sorted { ($1.rows, $0.text) < ($0.rows, $1.text) }
    }
    let metKeys = Set(met.map { IdentityFolding.key(texts.ids[$0]) })
    return RowFilterReport(
      column: filter.column, action: filter.action, kept: values(true), dropped: values(false),
      unmet: filter.values.filter { !metKeys.contains(IdentityFolding.key($0)) })
  }
}
