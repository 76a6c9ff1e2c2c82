import Safetensors

/// Adds the arrays of a panel to a file in pieces, so that no column is in memory twice.
struct PanelFileWriter {
  private let panel: Panel
  private let schema: PanelSchema
  private(set) var file: SafetensorsWriter

  init(_ panel: Panel) {
    self.panel = panel
    schema = PanelSchema(of: panel)
    guard let description = try? MetadataJSON.encode(schema) else {
      fatalError("Panel.write: expected a schema of texts and whole numbers")
    }
    file = SafetensorsWriter(metadata: [
      ModelFileKey.kind: PanelSchema.kind.name, ModelFileKey.version: "\(panel.fileVersion)",
      ModelFileKey.configuration: description,
    ])
    addSeries()
    for (covariate, column) in zip(panel.staticCovariates, columns(.static)) {
      add(covariate, column)
    }
    for (covariate, column) in zip(panel.pastCovariates, columns(.past)) { add(covariate, column) }
    for (covariate, column) in zip(panel.knownCovariates, columns(.known)) {
      add(covariate, column)
      if !covariate.isShared { add(column.array(.offsets), offsets(of: covariate)) }
    }
  }

  private func columns(_ role: CovariateRoleName) -> [PanelSchema.Column] {
    schema.columns.filter { $0.role == role }
  }

  private mutating func addSeries() {
    let panel = panel
    let steps = panel.ids.indices.map(panel.steps(at:))
    let cellCount = steps.reduce(0) { $0 + $1.count }
    add(PanelSchema.ArrayName.starts, steps.map(\.lowerBound))
    add(PanelSchema.ArrayName.offsets, runningSum(of: steps.map(\.count)))
    add(PanelSchema.ArrayName.dates, panel.calendar.dates.map(\.dayNumber))
    if panel.calendar.frequency == .hour {
      let calendar = panel.calendar
      add(PanelSchema.ArrayName.hours, (0..<calendar.count).map { calendar.hour(at: $0)! })
    }
    add(PanelSchema.ArrayName.ids, PanelSchema.ArrayName.idOffsets, panel.ids)
    addValues(count: cellCount)
    add(PanelSchema.ArrayName.states, .uint8, count: cellCount, rows: panel.ids.indices) {
      panel.states[panel.cells(at: $0)].map(\.rawValue)[...]
    }
  }

  private mutating func addValues(count: Int) {
    let panel = panel
    let name = PanelSchema.ArrayName.values
    if panel.values.isSingle {
      add(name, .float32, count: count, rows: panel.ids.indices) {
        panel.values.singles[panel.cells(at: $0)]
      }
    } else {
      add(name, .float64, count: count, rows: panel.ids.indices) {
        panel.values.doubles[panel.cells(at: $0)]
      }
    }
  }

  private mutating func add(_ covariate: StaticCovariate, _ column: PanelSchema.Column) {
    switch covariate.values {
    case .numbers(let numbers):
      addNumbers(
        column.array(), count: numbers.numbers.count, isSingle: numbers.numbers.isSingle
      ) { _ in numbers.values[...] }
      if !numbers.missing.isEmpty {
        add(column.array(.missing), .bool, count: numbers.missing.count) { _ in
          numbers.missing.map { $0 ? 1 : 0 as UInt8 }[...]
        }
      }
    case .categories(let categories):
      add(column.array(), .int32, count: categories.codes.count) { _ in categories.codes[...] }
      add(categories.vocabulary, column)
    }
  }

  private mutating func add<Role>(_ covariate: TimedCovariate<Role>, _ column: PanelSchema.Column) {
    let count = covariate.rows.reduce(0) { $0 + covariate.steps(of: $1).count }
    if let vocabulary = covariate.vocabulary {
      add(column.array(), .int32, count: count, rows: covariate.rows) { covariate.codes(row: $0) }
      add(vocabulary, column)
      return
    }
    addNumbers(column.array(), count: count, rows: covariate.rows, isSingle: covariate.isSingle) {
      covariate.numbers(row: $0).values
    }
    guard covariate.rows.contains(where: { covariate.numbers(row: $0).missing.contains(true) })
    else { return }
    add(column.array(.missing), .bool, count: count, rows: covariate.rows) {
      covariate.numbers(row: $0).missing.map { $0 ? 1 : 0 as UInt8 }[...]
    }
  }

  /// Adds the names of a column's categories. The first one, for unknown values, has no name.
  private mutating func add(_ vocabulary: Vocabulary, _ column: PanelSchema.Column) {
    add(column.array(.names), column.array(.nameOffsets), [""] + vocabulary.names)
  }

  private func offsets(of covariate: KnownCovariate) -> [Int] {
    runningSum(of: covariate.rows.map { covariate.steps(of: $0).count })
  }

  private func runningSum(of counts: [Int]) -> [Int] {
    counts.reduce(into: [0]) { $0.append($0.last! + $1) }
  }

  private mutating func add(_ name: String, _ numbers: [Int]) {
    add(name, .int64, count: numbers.count) { _ in numbers[...] }
  }

  private mutating func add(_ name: String, _ offsetsName: String, _ texts: [String]) {
    add(offsetsName, runningSum(of: texts.map(\.utf8.count)))
    let count = texts.reduce(0) { $0 + $1.utf8.count }
    add(name, .uint8, count: count, rows: texts.indices) { Array(texts[$0].utf8)[...] }
  }

  /// Adds an array of numbers, in single precision if it represents each of them exactly.
  private mutating func addNumbers(
    _ name: String, count: Int, rows: Range<Int> = 0..<1, isSingle: Bool,
    _ row: @escaping @Sendable (Int) -> ArraySlice<Double>
  ) {
    if isSingle {
      add(name, .float32, count: count, rows: rows) { row($0).map { Float($0) }[...] }
    } else {
      add(name, .float64, count: count, rows: rows, row)
    }
  }

  /// Adds an array of the elements of several rows, row after row.
  private mutating func add<Element: BitwiseCopyable>(
    _ name: String, _ type: SafetensorsType, count: Int, rows: Range<Int> = 0..<1,
    _ row: @escaping @Sendable (Int) -> ArraySlice<Element>
  ) {
    file.add(name, type, count: count) { write in
      // Rows are short. A system call for each row would cost more than the writing itself.
      var gathered: [Element] = []
      for index in rows {
        gathered += row(index)
        if gathered.count >= 1 << 18 || index == rows.upperBound - 1 {
          gathered.withUnsafeBytes(write)
          gathered.removeAll(keepingCapacity: true)
        }
      }
    }
  }
}

extension Panel {
  /// The lowest version of the file format that supports all parts of the panel.
  fileprivate var fileVersion: Int {
    let numbers =
      staticCovariates.map(\.values) + (pastColumns + knownColumns).map(\.values)
    let isSingle =
      values.isSingle
      && numbers.allSatisfy { column in
        if case .numbers(let column) = column { column.numbers.isSingle } else { true }
      }
    let isOfVersion1 =
      isSingle && closing.isEmpty && onSale.count == seriesCount
      && ![.hour, .businessDay].contains(calendar.frequency)
    return isOfVersion1 ? 1 : PanelSchema.kind.version
  }
}
