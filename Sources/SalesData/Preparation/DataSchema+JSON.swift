extension DataSchema: Decodable {
  /// Reads a schema from a JSON file.
  ///
  /// - Throws: A `TableError` where the file cannot be read, is no JSON, or has a property that no
  ///   schema has, or one of a wrong type.
  public init(contentsOf path: String) throws(TableError) {
    self = try SchemaFile.decode(DataSchema.self, path: path)
  }

  private enum CodingKeys: String, CodingKey, CaseIterable { case steps, rules, tables }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    let tables = try values.decodeIfPresent([FurtherTable].self, forKey: .tables)
    if values.contains(.steps) {
      self.init(.wide(try WideSchema(from: decoder, beside: [CodingKeys.tables.rawValue])))
    } else {
      let others = [CodingKeys.rules, .tables].map(\.rawValue)
      self.init(try Self.rows(TableSchema(from: decoder, beside: others), values))
    }
    self.tables = tables ?? []
  }

  private static func rows(
    _ table: TableSchema, _ values: KeyedDecodingContainer<CodingKeys>
  ) throws -> Main {
    let rules = try values.decodeIfPresent(OrderRules.self, forKey: .rules)
    if let unused = table.unusedProperty {
      throw DecodingError.dataCorrupted(
        .init(codingPath: values.codingPath, debugDescription: unused))
    }
    if table.quantity != nil { return .orders(table, rules ?? OrderRules()) }
    if rules != nil {
      throw DecodingError.dataCorruptedError(
        forKey: .rules, in: values,
        debugDescription: "are of order lines, but the schema names no column of the quantity")
    }
    return .long(table)
  }
}

extension TableSchema {
  /// What is wrong with a property that the table of the schema's kind makes no use of; nil where there is
  /// none. A column that is declared and not read would be missed later.
  fileprivate var unusedProperty: String? {
    if quantity != nil {
      if target != nil { return "\"target\" and \"quantity\" exclude each other" }
      return covariates.first { !isPartOfIdentity($0) }.map {
        "order lines have no covariates but static categories of their identity, and "
          + "\($0.column.debugDescription) is none; name it in a table of \"tables\""
      }
    }
    let ofOrders: [(String, String?)] = [
      ("price", price), ("amount", amount), ("order", order), ("customer", customer),
      ("description", description), ("timeZone", timeZone), ("calendarTimeZone", calendarTimeZone),
    ]
    return ofOrders.first { $0.1 != nil }.map {
      "\"\($0.0)\" is of order lines, but the schema names no column of the quantity"
    }
  }
}

extension WideSchema {
  private enum CodingKeys: String, CodingKey, CaseIterable {
    case identity, identitySeparator, steps, levels, filters, mergeIdentities
  }

  fileprivate init(from decoder: any Decoder, beside others: [String]) throws {
    try decoder.rejectProperties(otherThan: CodingKeys.allCases.map(\.rawValue) + others)
    let values = try decoder.container(keyedBy: CodingKeys.self)
    let steps = try values.decode(Steps.self, forKey: .steps)
    self.init(
      identity: values.contains(.identity) ? try values.names(.identity) : [],
      steps: steps.columns, start: steps.start)
    try values.update(&identitySeparator, .identitySeparator)
    try values.update(&levels, .levels)
    try values.update(&mergesIdentities, .mergeIdentities)
    try values.update(&filters, .filters)
  }

  /// Either how the dates that name the columns are written, or the first column and its date.
  private struct Steps: Decodable {
    let columns: WideTableReader.StepColumns
    let start: CalendarDate?

    private enum CodingKeys: String, CodingKey, CaseIterable { case first, date }

    init(from decoder: any Decoder) throws {
      if let format = try? decoder.singleValueContainer().decode(DateFormat.self) {
        (columns, start) = (.dates(format), nil)
        return
      }
      try decoder.rejectProperties(otherThan: CodingKeys.allCases.map(\.rawValue))
      let values = try decoder.container(keyedBy: CodingKeys.self)
      guard
        let columns = WideTableReader.StepColumns(
          numberedFrom: try values.decode(String.self, forKey: .first))
      else {
        throw DecodingError.dataCorruptedError(
          forKey: .first, in: values, debugDescription: "ends in no number, as \"d_1\" does")
      }
      self.columns = columns
      start = try values.decode(CalendarDate.self, forKey: .date)
    }
  }
}

extension WideTableReader.StepColumns {
  /// Columns that are numbered from that of a name on, such as `d_1`; nil where it ends in no number.
  public init?(numberedFrom name: String) {
    let digits = name.reversed().prefix { $0.isASCII && $0.isNumber }.reversed()
    guard !digits.isEmpty, digits.count <= 9, let first = Int(String(digits)) else { return nil }
    self = .numbered(prefix: String(name.dropLast(digits.count)), first: first)
  }
}

extension FurtherTable: Decodable {
  private enum CodingKeys: String, CodingKey, CaseIterable {
    case source, identity, identitySeparator, keys, time, timeFormat, period, covariates, format
    case filters, mergeIdentities
  }

  public init(from decoder: any Decoder) throws {
    try decoder.rejectProperties(otherThan: CodingKeys.allCases.map(\.rawValue))
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      try values.decode(String.self, forKey: .source),
      columns: try values.decode([CovariateColumn].self, forKey: .covariates))
    series = try Self.seriesKey(values)
    time = try values.decodeIfPresent(String.self, forKey: .time)
    try values.update(&timeFormat, .timeFormat)
    try values.update(&format, .format)
    try values.update(&filters, .filters)
    try values.update(&mergesIdentities, .mergeIdentities)
    if let period = try values.decodeIfPresent(Period.self, forKey: .period) {
      if time != nil { throw Self.error(.period, values, "and \"time\" exclude each other") }
      (time, periods) = (period.column, period.periods)
    }
    if columns.isEmpty { throw Self.error(.covariates, values, "names no column") }
    var reader = CovariateTableReader(columns)
    reader.series = series
    if let time { reader.time = .date(time) }
    if let contradiction = reader.contradiction {
      throw Self.error(.covariates, values, "expected \(contradiction)")
    }
  }

  private static func seriesKey(
    _ values: KeyedDecodingContainer<CodingKeys>
  ) throws -> SeriesKey {
    if values.contains(.keys) {
      if values.contains(.identity) {
        throw error(.keys, values, "and \"identity\" exclude each other")
      }
      return .columns(try values.decode([Key].self, forKey: .keys).map(\.column))
    }
    guard values.contains(.identity) else { return .all }
    let separator = try values.decodeIfPresent(String.self, forKey: .identitySeparator)
    return .identity(try values.names(.identity), separator: separator ?? "/")
  }

  private static func error(
    _ key: CodingKeys, _ values: KeyedDecodingContainer<CodingKeys>, _ reason: String
  ) -> DecodingError {
    .dataCorruptedError(forKey: key, in: values, debugDescription: reason)
  }

  /// A key's column: its name, or an object where the panel's column has another.
  private struct Key: Decodable {
    let column: SeriesKey.KeyColumn

    private enum CodingKeys: String, CodingKey, CaseIterable { case column, covariate }

    init(from decoder: any Decoder) throws {
      if let name = try? decoder.singleValueContainer().decode(String.self) {
        column = SeriesKey.KeyColumn(name)
        return
      }
      try decoder.rejectProperties(otherThan: CodingKeys.allCases.map(\.rawValue))
      let values = try decoder.container(keyedBy: CodingKeys.self)
      column = SeriesKey.KeyColumn(
        try values.decode(String.self, forKey: .column),
        covariate: try values.decode(String.self, forKey: .covariate))
    }
  }

  /// The column of labels, and the table that has their days.
  private struct Period: Decodable {
    let column: String
    let periods: Periods

    private enum CodingKeys: String, CodingKey, CaseIterable {
      case column, source, label, date, dateFormat, format
    }

    init(from decoder: any Decoder) throws {
      try decoder.rejectProperties(otherThan: CodingKeys.allCases.map(\.rawValue))
      let values = try decoder.container(keyedBy: CodingKeys.self)
      column = try values.decode(String.self, forKey: .column)
      var periods = Periods(
        try values.decode(String.self, forKey: .source),
        label: try values.decodeIfPresent(String.self, forKey: .label) ?? column,
        date: try values.decode(String.self, forKey: .date))
      try values.update(&periods.dateFormat, .dateFormat)
      try values.update(&periods.format, .format)
      self.periods = periods
    }
  }
}
