extension DataSchema: Decodable {
  /// Creates a schema by reading a JSON file.
  ///
  /// - Throws: A `TableError` if the file cannot be read, is not JSON, or has an unknown property
  ///   or one of the wrong type.
  public init(contentsOf path: String) throws(TableError) {
    self = try SchemaFile.decode(DataSchema.self, path: path)
  }

  private enum CodingKeys: String, CodingKey, CaseIterable { case steps, rules, tables }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    let tables = try values.decodeIfPresent([CovariateTable].self, forKey: .tables)
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
        debugDescription: "apply to order lines, but the schema names no quantity column")
    }
    return .long(table)
  }
}

extension TableSchema {
  /// A description of a property that this kind of table does not use, or `nil` if there is none.
  /// Otherwise a declared column would be ignored without notice.
  fileprivate var unusedProperty: String? {
    if quantity != nil {
      if target != nil { return "\"target\" and \"quantity\" cannot be combined" }
      return covariates.first { !isPartOfIdentity($0) }.map {
        "order lines only support static categories of their identity as covariates, and "
          + "\($0.column.debugDescription) is not one; declare it in a table in \"tables\""
      }
    }
    let ofOrders: [(String, String?)] = [
      ("price", price), ("amount", amount), ("discount", discounts.first),
      ("coupon", coupons.first), ("order", order), ("customer", customer),
      ("description", description), ("timeZone", timeZone), ("calendarTimeZone", calendarTimeZone),
    ]
    return ofOrders.first { $0.1 != nil }.map {
      "\"\($0.0)\" applies to order lines, but the schema names no quantity column"
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

  /// The format of the dates that name the columns, or the first column and its date.
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
          forKey: .first, in: values, debugDescription: "must end in a number, as in \"d_1\"")
      }
      self.columns = columns
      start = try values.decode(CalendarDate.self, forKey: .date)
    }
  }
}

extension WideTableReader.StepColumns {
  /// Creates numbered columns that start with the given name, such as `d_1`, or returns `nil` if it
  /// does not end in a number.
  public init?(numberedFrom name: String) {
    let digits = name.reversed().prefix { $0.isASCII && $0.isNumber }.reversed()
    guard !digits.isEmpty, digits.count <= 9, let first = Int(String(digits)) else { return nil }
    self = .numbered(prefix: String(name.dropLast(digits.count)), first: first)
  }
}

extension CovariateTable: Decodable {
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
      if time != nil { throw Self.error(.period, values, "cannot be combined with \"time\"") }
      (time, periods) = (period.column, period.periods)
    }
    if columns.isEmpty { throw Self.error(.covariates, values, "contains no columns") }
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
        throw error(.keys, values, "cannot be combined with \"identity\"")
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

  /// A key column, given by its name, or as an object if the panel's column has a different name.
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

  /// The column of labels, and the table with their days.
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
