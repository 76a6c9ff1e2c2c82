import Safetensors

/// Reads a panel from a file, and validates all of its contents.
struct PanelFileReader {
  private let file: SafetensorsFile
  private let schema: PanelSchema
  private let calendar: RegularCalendar
  /// The arrays that have been read.
  private var used: Set<String> = []

  init(path: String) throws(PanelFileError) {
    do throws(SafetensorsError) {
      file = try SafetensorsFile(path: path)
    } catch {
      throw PanelFileError(file: path, fault: .container(error))
    }
    schema = try Self.schema(of: file)
    guard let calendar = schema.calendar else {
      throw PanelFileError(
        file: path,
        fault: .invalidSchema(reason: "start, count, and frequency do not form a calendar"))
    }
    self.calendar = calendar
  }

  /// Reads the panel from all arrays.
  mutating func panel() throws(PanelFileError) -> Panel {
    try checkDates()
    var panel = try series()
    for column in schema.columns {
      guard panel.role(of: column.name) == nil else {
        throw error(
          .invalidSchema(reason: "two columns are named \(column.name.debugDescription)"))
      }
      panel = try add(column, to: panel)
    }
    panel.target = schema.target
    panel.closing = try closing()
    panel.startsAtLaunch = schema.startsAtLaunch ?? false
    panel = panel.endingSales(try saleEnds(panel.ids))
    if let stranger = file.entries.first(where: { !used.contains($0.name) }) {
      throw error(.unexpectedArray(stranger.name))
    }
    return panel
  }

  /// Checks that the arrays of dates and hours match the calendar.
  private mutating func checkDates() throws(PanelFileError) {
    let dates = try integers(PanelSchema.ArrayName.dates, count: schema.count)
    for (step, day) in dates.enumerated() where calendar.date(at: step).dayNumber != day {
      throw invalid(PanelSchema.ArrayName.dates, step, "is not the date of the calendar")
    }
    guard calendar.frequency == .hour else { return }
    let hours = try integers(PanelSchema.ArrayName.hours, count: schema.count)
    for (step, hour) in hours.enumerated() where calendar.hour(at: step) != hour {
      throw invalid(PanelSchema.ArrayName.hours, step, "is not the hour of the calendar")
    }
  }

  private func closing() throws(PanelFileError) -> ClosingCalendar {
    let closing = schema.closing ?? ClosingCalendar()
    if let wrong = closing.annualDays.first(where: { !$0.isValid }) {
      throw error(.invalidSchema(reason: "a closed day does not exist in any year: \(wrong)"))
    }
    return closing
  }

  private func saleEnds(_ ids: [String]) throws(PanelFileError) -> [String: Int] {
    var ends: [String: Int] = [:]
    for entry in schema.saleEnds ?? [] {
      guard entry.count == 2, ids.indices.contains(entry[0]),
        (0...schema.count).contains(entry[1])
      else {
        throw error(
          .invalidSchema(
            reason: "\"saleEnds\" has \(entry), which is not a series and one of its steps"))
      }
      ends[ids[entry[0]]] = entry[1]
    }
    return ends
  }

  private static func schema(of file: SafetensorsFile) throws(PanelFileError) -> PanelSchema {
    func error(_ fault: PanelFileError.Fault) -> PanelFileError {
      PanelFileError(file: file.path, fault: fault)
    }
    let kind = file.metadata[ModelFileKey.kind]
    guard kind == PanelSchema.kind.name else { throw error(.otherKind(found: kind)) }
    let text = file.metadata[ModelFileKey.version]
    guard let version = text.flatMap({ Int($0) }), version >= 1 else {
      throw error(.invalidVersion(text))
    }
    let supported = PanelSchema.kind.version
    guard version <= supported else {
      throw error(.newerVersion(supported: supported, found: version))
    }
    guard let description = file.metadata[ModelFileKey.configuration] else {
      throw error(.invalidSchema(reason: "it is missing"))
    }
    do {
      return try MetadataJSON.decode(PanelSchema.self, from: description)
    } catch let fault {
      throw error(.invalidSchema(reason: MetadataJSON.reason(of: fault)))
    }
  }
}

// MARK: - Series

extension PanelFileReader {
  /// Reads the panel without its covariates.
  private mutating func series() throws(PanelFileError) -> Panel {
    let ids = try texts(PanelSchema.ArrayName.ids, PanelSchema.ArrayName.idOffsets)
    var seen: Set<String> = []
    for (index, id) in ids.enumerated() where !seen.insert(id).inserted {
      throw invalid(PanelSchema.ArrayName.ids, index, "has the id \(id.debugDescription) twice")
    }
    let offsets = try offsets(PanelSchema.ArrayName.offsets, count: ids.count + 1)
    let starts = try integers(PanelSchema.ArrayName.starts, count: ids.count)
    var steps: [Range<Int>] = []
    for index in ids.indices {
      let count = offsets[index + 1] - offsets[index]
      guard (0...schema.count).contains(starts[index]), count <= schema.count - starts[index]
      else {
        throw invalid(
          PanelSchema.ArrayName.starts, index,
          "has a series of \(count) steps from step \(starts[index]), out of the calendar's "
            + "\(schema.count)")
      }
      steps.append(starts[index]..<starts[index] + count)
    }
    let states = try states(count: offsets.last!)
    var values = try numbers(PanelSchema.ArrayName.values, count: states.count)
    let layout = RaggedLayout(steps)
    var isNormal = true
    for place in values.indices {
      if states[place] == .gap {
        isNormal = isNormal && values[place].bitPattern == 0
      } else if !values[place].isInSingleRange {
        throw notFinite(PanelSchema.ArrayName.values, place, layout, ids)
      }
    }
    if !isNormal {
      values = CompactNumbers(values.indices.map { states[$0] == .gap ? 0 : values[$0] })
    }
    return Panel(ids: ids, calendar: calendar, steps: steps, normalized: values, states: states)
  }

  private mutating func states(count: Int) throws(PanelFileError) -> [CellState] {
    let bytes: [UInt8] = try elements(PanelSchema.ArrayName.states, .uint8, count: count)
    var states = [CellState](repeating: .gap, count: count)
    for (place, byte) in bytes.enumerated() {
      guard let state = CellState(rawValue: byte) else {
        throw invalid(PanelSchema.ArrayName.states, place, "has \(byte), which is not a state")
      }
      states[place] = state
    }
    return states
  }
}

// MARK: - Columns

extension PanelFileReader {
  private mutating func add(
    _ column: PanelSchema.Column, to panel: Panel
  ) throws(PanelFileError) -> Panel {
    switch column.role {
    case .static:
      let rows = RaggedLayout(panel.ids.map { _ in 0..<1 })
      let values = try values(of: column, rows, nil)
      guard column.isLevel == true else { return panel.adding(static: column.name, values) }
      guard case .categories(let categories) = values else {
        throw error(
          .invalidSchema(reason: "level \(column.name.debugDescription) is not categorical"))
      }
      return panel.adding(level: column.name, categories)
    case .past:
      let rows = RaggedLayout(panel.ids.indices.map(panel.steps(at:)))
      return panel.adding(past: column.name, try values(of: column, rows, panel.ids))
    case .known:
      return try addKnown(column, to: panel)
    }
  }

  private mutating func addKnown(
    _ column: PanelSchema.Column, to panel: Panel
  ) throws(PanelFileError) -> Panel {
    guard let isShared = column.isShared, let futureSteps = column.futureSteps,
      PanelSchema.extents.contains(futureSteps)
    else {
      throw error(
        .invalidSchema(
          reason: "it does not state how far \(column.name.debugDescription) is known, and whether "
            + "all series share it"))
    }
    let end = calendar.count + futureSteps
    guard !isShared else {
      let values = try values(of: column, RaggedLayout([0..<end]), nil)
      return panel.adding(shared: column.name, values, futureSteps: futureSteps)
    }
    let rows = RaggedLayout(panel.ids.indices.map { panel.steps(at: $0).lowerBound..<end })
    let name = column.array(.offsets)
    let offsets = try offsets(name, count: panel.seriesCount + 1)
    for (index, row) in rows.rows.enumerated()
    where offsets[index] != row.offset || offsets[index + 1] != row.offset + row.steps.count {
      throw invalid(
        name, index,
        "does not have the \(row.steps.count) steps from the series' first to the last known"
      )
    }
    return panel.adding(
      known: column.name, try values(of: column, rows, panel.ids), futureSteps: futureSteps)
  }

  /// Reads the values of a column: one row of steps for each of `ids`, or empty rows.
  private mutating func values(
    of column: PanelSchema.Column, _ rows: RaggedLayout, _ ids: [String]?
  ) throws(PanelFileError) -> CovariateValues {
    let count = rows.cellCount
    if column.kind == .categorical { return try categories(of: column, count: count) }
    let missing =
      file[column.array(.missing)] == nil ? [] : try marks(column.array(.missing), count: count)
    let values = try numbers(column.array(), count: count)
    for place in values.indices
    where !values[place].isInSingleRange && (missing.isEmpty || !missing[place]) {
      guard let ids else { throw invalid(column.array(), place, "has \(values[place])") }
      throw notFinite(column.array(), place, rows, ids)
    }
    return .numbers(NumberColumn(values, missing: missing))
  }

  private mutating func categories(
    of column: PanelSchema.Column, count: Int
  ) throws(PanelFileError) -> CovariateValues {
    let name = column.array(.names)
    let names = try texts(name, column.array(.nameOffsets))
    guard names.first == "" else {
      throw invalid(name, 0, "has a name for the unknown category, which has none")
    }
    var seen: Set<String> = []
    for (index, text) in names.enumerated().dropFirst() where !seen.insert(text).inserted {
      throw invalid(name, index, "has the category \(text.debugDescription) twice")
    }
    let codes: [Int32] = try elements(column.array(), .int32, count: count)
    if let place = codes.firstIndex(where: { $0 < 0 || $0 >= names.count }) {
      throw invalid(column.array(), place, "has \(codes[place]), but \(names.count) categories")
    }
    return .categories(CategoryColumn(codes, vocabulary: Vocabulary(Array(names.dropFirst()))))
  }
}

// MARK: - Arrays

extension PanelFileReader {
  /// Reads the elements of a one-dimensional array. Without a count, there may be any number of
  /// them.
  private mutating func elements<Element: BitwiseCopyable>(
    _ name: String, _ type: SafetensorsType, count: Int?
  ) throws(PanelFileError) -> [Element] {
    guard let entry = file[name] else { throw error(.missingArray(name)) }
    guard entry.type == type else {
      throw error(.otherType(array: name, expected: type, found: entry.type))
    }
    let found = entry.shape.elementCount
    guard entry.shape.dimensions.count == 1, count == nil || count == found else {
      throw error(.otherCount(array: name, expected: count ?? found, found: entry.shape))
    }
    used.insert(name)
    do throws(SafetensorsError) {
      return try file.elements(name)
    } catch {
      throw self.error(.container(error))
    }
  }

  /// Reads the numbers of an array in single or double precision.
  private mutating func numbers(_ name: String, count: Int) throws(PanelFileError) -> CompactNumbers
  {
    guard file[name]?.type == .float64 else {
      return CompactNumbers(singles: try elements(name, .float32, count: count))
    }
    return CompactNumbers(try elements(name, .float64, count: count) as [Double])
  }

  private mutating func integers(
    _ name: String, count: Int?
  ) throws(PanelFileError) -> [Int] {
    let numbers: [Int64] = try elements(name, .int64, count: count)
    return numbers.map(Int.init)
  }

  private mutating func marks(_ name: String, count: Int) throws(PanelFileError) -> [Bool] {
    let bytes: [UInt8] = try elements(name, .bool, count: count)
    if let place = bytes.firstIndex(where: { $0 > 1 }) {
      throw invalid(name, place, "has \(bytes[place]), which is neither true nor false")
    }
    return bytes.map { $0 == 1 }
  }

  /// Reads the offsets at which the rows of an array start, and at which the last one ends.
  private mutating func offsets(_ name: String, count: Int?) throws(PanelFileError) -> [Int] {
    let offsets = try integers(name, count: count)
    guard offsets.first == 0 else { throw invalid(name, 0, "does not begin at 0") }
    for index in offsets.indices.dropFirst() where offsets[index] < offsets[index - 1] {
      throw invalid(name, index, "goes back")
    }
    return offsets
  }

  private mutating func texts(
    _ name: String, _ offsetsName: String
  ) throws(PanelFileError) -> [String] {
    let offsets = try offsets(offsetsName, count: nil)
    let bytes: [UInt8] = try elements(name, .uint8, count: offsets.last!)
    var texts: [String] = []
    texts.reserveCapacity(offsets.count - 1)
    for (index, (start, end)) in zip(offsets, offsets.dropFirst()).enumerated() {
      guard let text = String(validating: bytes[start..<end], as: UTF8.self) else {
        throw invalid(name, index, "is not UTF-8")
      }
      texts.append(text)
    }
    return texts
  }

  private func notFinite(
    _ array: String, _ place: Int, _ layout: RaggedLayout, _ ids: [String]
  ) -> PanelFileError {
    // The last nonempty row that starts at or before the index.
    let index = layout.rows.lastIndex { $0.offset <= place && !$0.steps.isEmpty }!
    let row = layout[index]
    let step = row.steps.lowerBound + place - row.offset
    return error(
      .invalidValue(
        array: array, id: ids[index], date: calendar.labelDate(at: step),
        hour: calendar.hour(at: step), reason: "has no finite number"))
  }

  private func invalid(_ array: String, _ index: Int, _ reason: String) -> PanelFileError {
    error(.invalidElement(array: array, index: index, reason: reason))
  }

  private func error(_ fault: PanelFileError.Fault) -> PanelFileError {
    PanelFileError(file: file.path, fault: fault)
  }
}
