/// A reader of the tables beside the order lines.
struct SideTables {
  let columns: SegmentColumns
  /// The columns of customers' and items' ids.
  let customer: String
  let item: String
  let dateFormat: DateFormat

  /// A campaign before its customers and categories are known.
  struct Period {
    let type: String
    let days: ClosedRange<Int>
  }

  /// Returns the customers of the segment and of the comparison, and the number of others, which lack
  /// a value.
  func customers(
    _ source: any RecordSource, _ segment: SegmentDefinition
  ) throws(TableError) -> (isMember: [String: Bool], withoutTrait: Int) {
    var isMember: [String: Bool] = [:]
    var lines: [String: Int] = [:]
    var withoutTrait = 0
    try Self.forEachRow(of: source, [customer] + segment.columnNames) {
      texts, cursor throws(TableError) in
      if let first = lines.updateValue(cursor.line, forKey: texts[0]) {
        throw cursor.error(.duplicateSeries(id: texts[0], firstLine: .same(first)))
      }
      if let includes = segment.includes(texts.dropFirst()) {
        isMember[texts[0]] = includes
      } else {
        withoutTrait += 1
      }
    }
    return (isMember, withoutTrait)
  }

  /// Returns the category of each item. An item with an empty category is left out.
  func categories(_ source: any RecordSource) throws(TableError) -> [String: String] {
    var categories: [String: String] = [:]
    var lines: [String: Int] = [:]
    try Self.forEachRow(of: source, [item, columns.category]) { texts, cursor throws(TableError) in
      guard !texts[1].isEmpty else { return }
      if let first = categories[texts[0]], let line = lines[texts[0]], first != texts[1] {
        throw cursor.error(
          .staticValueChanges(id: texts[0], from: first, to: texts[1], firstLine: .same(line)))
      }
      categories[texts[0]] = texts[1]
      if lines[texts[0]] == nil { lines[texts[0]] = cursor.line }
    }
    return categories
  }

  /// Returns the type and the days of each campaign.
  func periods(_ source: any RecordSource) throws(TableError) -> [String: Period] {
    var periods: [String: Period] = [:]
    let names = [columns.campaign, columns.campaignType, columns.start, columns.end]
    let format = dateFormat
    try Self.forEachRow(of: source, names) { texts, cursor throws(TableError) in
      let places = try cursor.columns.places(of: names)
      let first = try cursor.time(places[2], format).day
      let last = try cursor.time(places[3], format).day
      guard first <= last else {
        throw cursor.error(
          .unreadable(reason: "the campaign ends before it starts; correct its dates"),
          column: places[3])
      }
      periods[texts[0]] = Period(type: texts[1], days: first...last)
    }
    return periods
  }

  /// Returns the customers, or items, of each campaign.
  func lists(
    _ source: any RecordSource, of column: String
  ) throws(TableError) -> [String: Set<String>] {
    var lists: [String: Set<String>] = [:]
    try Self.forEachRow(of: source, [columns.campaign, column]) { texts, _ throws(TableError) in
      lists[texts[0], default: []].insert(texts[1])
    }
    return lists
  }

  /// Calls a closure with the texts of some columns of each row.
  private static func forEachRow(
    of source: any RecordSource, _ names: [String],
    _ body: ([String], borrowing RecordCursor) throws(TableError) -> Void
  ) throws(TableError) {
    var cursor = RecordCursor(source)
    let places = try cursor.columns.places(of: names)
    var count = 0
    while try cursor.next() {
      try cursor.checkFieldCount()
      count += 1
      var texts: [String] = []
      for place in places {
        guard let text = String(validating: cursor.record[place].trimmed, as: UTF8.self) else {
          throw cursor.error(.invalidUTF8, column: place)
        }
        texts.append(text)
      }
      if texts[0].isEmpty { throw cursor.error(.emptyIdentity, column: places[0]) }
      try body(texts, cursor)
    }
    try cursor.checkHasRows(count)
  }
}
