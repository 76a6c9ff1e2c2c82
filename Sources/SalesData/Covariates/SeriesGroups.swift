/// The series of a panel, grouped by the keys of a table's rows.
struct SeriesGroups {
  /// The number of groups.
  private(set) var count = 0
  /// The group of each series, or −1 if no row can identify it because one of its categories is
  /// unknown.
  private(set) var groupOfSeries: [Int32] = []
  /// The range of steps that the series of each group cover together.
  private(set) var steps: [Range<Int>] = []

  /// A mask of the groups with at least one series. The panel can have categories without series.
  private var hasMembers: [Bool] = []
  /// The reader of row identities, if the key is an identity.
  private var identityColumns: IdentityColumns?
  private var identities = IdentityTable()
  /// The reader of row categories, if the key consists of categories.
  private var categories: CategoryKeys?
  /// The identities of the panel, or the categories of each key column.
  private var keys: [[String]] = []
  /// The folded keys, which are needed only if a row identifies no series of the panel.
  private lazy var foldedKeys = keys.map { [joint] keys in
    Set(keys.map { IdentityFolding.key($0, separator: joint) })
  }
  /// The separator of the parts of identities with several columns.
  private var joint: String?
  private let keyPlaces: [Int]

  /// Creates groups for a key.
  ///
  /// - Parameter places: The positions of the key's columns in the table.
  init(
    _ panel: Panel, _ key: SeriesKey, places: [Int], _ columns: ColumnNames, merges: Bool
  ) throws(TableError) {
    keyPlaces = places
    switch key {
    case .all:
      groupOfSeries = panel.ids.map { _ in 0 }
    case .identity(_, let separator):
      identityColumns = IdentityColumns(places: places, separator: separator)
      joint = places.count > 1 ? separator : nil
      identities = IdentityTable(panel.ids, merges: merges, separator: joint)
      var exact = identities
      groupOfSeries = panel.ids.map { id in
        var id = id
        return Int32(truncatingIfNeeded: id.withUTF8 { exact.knownNumber(of: $0) } ?? -1)
      }
      keys = [panel.ids]
    case .columns(let keyColumns):
      var numbers = CategoryKeys(places: places)
      for key in keyColumns {
        let categories = try panel.keyCategories(key.covariate, columns)
        numbers.add(categories, merges: merges)
        keys.append(categories.vocabulary.names)
      }
      groupOfSeries = panel.ids.indices.map {
        Int32(truncatingIfNeeded: numbers.group(ofSeries: $0))
      }
      categories = numbers
    }
    count = key == .all ? 1 : Int(groupOfSeries.max() ?? -1) + 1
    steps = Array(repeating: 0..<0, count: count)
    hasMembers = Array(repeating: key == .all, count: count)
    for (index, group) in groupOfSeries.enumerated() where group >= 0 {
      hasMembers[Int(group)] = true
      let own = panel.steps(at: index)
      let known = steps[Int(group)]
      if own.isEmpty { continue }
      steps[Int(group)] =
        known.isEmpty
        ? own
        : min(known.lowerBound, own.lowerBound)..<max(known.upperBound, own.upperBound)
    }
  }

  /// Returns a Boolean value that indicates whether the panel contains the series of a record
  /// without a group in another spelling.
  mutating func spellsOtherwise(_ cursor: borrowing RecordCursor) -> Bool {
    guard !keys.isEmpty else { return false }
    let texts = keyPlaces.map { cursor.record.text($0) }
    if identityColumns != nil {
      return foldedKeys[0].contains(
        IdentityFolding.key(texts.joined(separator: joint ?? ""), separator: joint))
    }
    let isKnown = zip(foldedKeys, texts).allSatisfy { $0.contains(IdentityFolding.key($1)) }
    return isKnown && categories!.lacksSpelling(cursor)
  }

  /// Returns the group that the cursor's record identifies, or −1 if the panel does not contain its
  /// series.
  mutating func group(_ cursor: borrowing RecordCursor) throws(TableError) -> Int {
    let group: Int
    if identityColumns != nil {
      group = try identityColumns!.knownNumber(cursor, in: &identities)
    } else if categories != nil {
      group = try categories!.group(cursor)
    } else {
      group = 0
    }
    return hasMembers.indices.contains(group) && hasMembers[group] ? group : -1
  }
}

/// The numbered combinations of categories that occur in the series of a panel.
private struct CategoryKeys {
  private let places: [Int]
  private var tables: [IdentityTable] = []
  private var codes: [[Int32]] = []
  /// For each column after the first, the combinations of the previous columns with its categories.
  private var pairs: [PairTable]

  init(places: [Int]) {
    self.places = places
    pairs = Array(repeating: PairTable(), count: max(places.count - 1, 0))
  }

  mutating func add(_ categories: (codes: [Int32], vocabulary: Vocabulary), merges: Bool) {
    var table = IdentityTable(categories.vocabulary.names, merges: merges)
    // When merging, several categories share one number.
    let numbers = categories.vocabulary.names.map { name in
      var name = name
      return Int32(truncatingIfNeeded: (name.withUTF8 { table.knownNumber(of: $0) } ?? -1) + 1)
    }
    tables.append(table)
    codes.append(
      categories.codes.map { $0 == Vocabulary.unknown ? $0 : numbers[Int($0) - 1] })
  }

  /// Returns the number of a series' combination, or −1 if one of its categories is unknown.
  mutating func group(ofSeries index: Int) -> Int {
    guard codes.allSatisfy({ $0[index] != Vocabulary.unknown }) else { return -1 }
    var number = Int(codes[0][index]) - 1
    for column in pairs.indices {
      number = pairs[column].number(of: number, Int(codes[column + 1][index])).number
    }
    return number
  }

  /// Returns a Boolean value that indicates whether a record has a category that is spelled
  /// differently in the panel.
  func lacksSpelling(_ cursor: borrowing RecordCursor) -> Bool {
    zip(tables, places).contains { table, place in
      !table.ids.contains(String(decoding: cursor.record[place].trimmed, as: UTF8.self))
    }
  }

  /// Returns the number of the record's combination, or −1 if no series has it.
  mutating func group(_ cursor: borrowing RecordCursor) throws(TableError) -> Int {
    var number = -1
    for (column, place) in places.enumerated() {
      let text = cursor.record[place].trimmed
      guard !text.isEmpty else { throw cursor.error(.emptyIdentity, column: place) }
      guard let code = tables[column].knownNumber(of: text) else {
        throw cursor.error(.invalidUTF8, column: place)
      }
      if code < 0 || (column > 0 && number < 0) {
        number = -1
        continue
      }
      number = column == 0 ? code : pairs[column - 1].knownNumber(of: number, code + 1) ?? -1
    }
    return number
  }
}

extension Panel {
  /// Returns the categories of the static column that a key matches.
  fileprivate func keyCategories(
    _ name: String, _ columns: ColumnNames
  ) throws(TableError) -> (codes: [Int32], vocabulary: Vocabulary) {
    let categorical = staticCovariates.filter { $0.kind == .categorical }
    guard let column = categorical.first(where: { $0.name == name }),
      let categories = try? column.categories()
    else { throw columns.error(.noKeyColumn(name: name, present: categorical.map(\.name))) }
    return categories
  }
}
