/// The filters of a table while its rows are read.
struct RowFilters {
  private var columns: [FilteredColumn] = []
  /// The place of the column of the order.
  private var order: Int?
  private var latestOrder: [UInt8] = []
  private(set) var rowsDropped = 0

  /// A field of a filter's column that is not UTF-8.
  struct NotUTF8: Error {
    let place: Int
  }

  /// Filters that keep all rows.
  init() {}

  /// - Parameter order: The name of the column of the order; nil where the table has none.
  init(_ filters: [RowFilter], order: String?, _ columns: ColumnNames) throws(TableError) {
    for filter in filters {
      self.columns.append(FilteredColumn(filter, place: try columns.places(of: [filter.column])[0]))
    }
    if !filters.isEmpty, let order { self.order = try columns.places(of: [order])[0] }
  }

  /// A Boolean value that indicates whether there is no filter.
  var isEmpty: Bool { columns.isEmpty }

  /// The places of the columns that are looked at.
  var places: [Int] { columns.map(\.place) }

  /// What the filters did, one after another.
  var reports: [RowFilterReport] { columns.map(\.report) }

  /// Decides whether a record of all fields stays, and counts it.
  mutating func keeps(_ record: borrowing Record) throws(NotUTF8) -> Bool {
    let continues = continuesOrder(record)
    var stays = true
    for index in columns.indices {
      let number = try columns[index].number(record, continues: continues)
      // Later filters do not count a row that is dropped, but the order's next line may need their
      // fields.
      if stays { stays = columns[index].count(number) }
    }
    if !stays { rowsDropped += 1 }
    return stays
  }

  /// Decides whether a record is of the same order as the one before.
  private mutating func continuesOrder(_ record: borrowing Record) -> Bool {
    guard let order else { return false }
    let text = record[order]
    if !text.isEmpty, text.elementsEqual(latestOrder) { return true }
    latestOrder.removeAll(keepingCapacity: true)
    latestOrder.append(contentsOf: text)
    return false
  }
}

/// One filter, with what it met.
private struct FilteredColumn {
  let place: Int
  private let filter: RowFilter
  private let keys: Set<String>
  /// The fields that were met, and of each whether its rows stay and the number of its rows.
  private var texts = IdentityTable()
  private var stays: [Bool] = []
  private var counts: [Int] = []
  /// The number of the latest field.
  private var latest = -1

  init(_ filter: RowFilter, place: Int) {
    self.filter = filter
    self.place = place
    keys = Set(filter.values.map(IdentityFolding.key))
  }

  /// The number of a record's field. An empty one of the same order as the line before has the number
  /// of that line's.
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

  /// Counts a row with the field of a number, and says whether it stays.
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
