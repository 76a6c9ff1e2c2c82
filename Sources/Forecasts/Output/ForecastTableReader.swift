/// A reader of tables that ``ForecastTable`` writes: the forecasts of one or more models.
public struct ForecastTableReader: Sendable {
  private let panel: Panel
  /// The name of the column of ids.
  public var idColumn = "unique_id"
  /// The name of the column of dates.
  public var timeColumn = "ds"
  /// A Boolean value that indicates whether the table can have series that the panel lacks.
  public var acceptsOtherSeries = false

  /// Creates a reader of forecasts of a panel, which defines the length of the steps.
  public init(of panel: Panel) { self.panel = panel }

  /// Reads the forecasts of all models of a table, in the order of the columns.
  ///
  /// A column `M-q10` holds the 10 % quantile of the model of a column `M`.
  ///
  /// - Throws: A `TableError` that names the source, line, and column, `ForecastTableError` if the
  ///   table isn't one of forecasts of the panel, or `ForecastError` if a number isn't finite.
  public func read(_ source: any RecordSource) throws -> [ModelForecast] {
    let name = source.name
    let columns = source.columns.filter { $0 != idColumn && $0 != timeColumn }
    guard let first = columns.first else { throw ForecastTableError.noModels(table: name) }
    var schema = TableSchema(identity: idColumn, time: timeColumn)
    schema.target = first
    schema.covariates = columns.dropFirst().map {
      CovariateColumn($0, role: .past, kind: .numeric)
    }
    var reader = LongTableReader(schema)
    reader.policy.frequency = panel.calendar.frequency
    reader.policy.missingDays = .gap
    reader.policy.negativeValues = .keep
    let table = try reader.read(source).panel
    let known = Set(panel.ids)
    if !acceptsOtherSeries, let stranger = table.ids.first(where: { !known.contains($0) }) {
      throw ForecastTableError.noSuchSeries(table: name, id: stranger)
    }
    let numbers = try Dictionary(
      uniqueKeysWithValues: columns.map { ($0, try self.numbers($0, of: table, in: name)) })
    return try models(among: columns).map { model in
      try ModelForecast(
        name: model.name,
        forecast: Forecast(
          ids: table.ids, calendar: table.calendar, values: numbers[model.name]!,
          quantiles: model.quantiles.isEmpty
            ? nil
            : Quantiles(
              levels: model.quantiles.map(\.level),
              values: numbers[model.name]!.indices.flatMap { cell in
                model.quantiles.map { numbers[$0.column]![cell] }
              })))
    }
  }

  /// Returns the names of the models with the columns of their quantiles, by ascending level.
  private func models(
    among columns: [String]
  ) -> [(name: String, quantiles: [(level: Double, column: String)])] {
    var quantiles: [String: [(level: Double, column: String)]] = [:]
    var names: [String] = []
    for column in columns {
      let mark = column.ranges(of: "-q").last
      if let mark, let percent = Double(column[mark.upperBound...]), percent > 0, percent < 100,
        columns.contains(String(column[..<mark.lowerBound]))
      {
        quantiles[String(column[..<mark.lowerBound]), default: []].append((percent / 100, column))
      } else {
        names.append(column)
      }
    }
    return names.map { name in (name, (quantiles[name] ?? []).sorted { $0.level < $1.level }) }
  }

  /// Returns the numbers of a column, `[N, H]`.
  private func numbers(_ column: String, of table: Panel, in name: String) throws -> [Double] {
    let covariate = table.role(of: column) == nil ? nil : try table.pastCovariate(column)
    let steps = 0..<table.calendar.count
    return try table.ids.indices.flatMap { index -> [Double] in
      let series = table.series(at: index)
      for step in steps where series.value(at: step) == nil {
        throw ForecastTableError.missing(
          table: name, id: series.id, step: table.calendar.label(at: step))
      }
      return try covariate.map { Array(try $0.numbers(of: index, over: steps)) }
        ?? steps.map { series.value(at: $0)! }
    }
  }
}

/// An error of a table that should hold forecasts of a panel.
public enum ForecastTableError: Error, Equatable {
  /// The table has no column with the forecasts of a model.
  case noModels(table: String)
  /// The table has no column of a model.
  case noSuchModel(String, table: String, models: [String])
  /// The table has a series that the panel lacks.
  case noSuchSeries(table: String, id: String)
  /// The table has no forecast of a step of a series.
  case missing(table: String, id: String, step: String)
  /// The steps of the forecasts are not within the panel or do not follow it.
  case otherSteps(table: String, first: String, expected: String)
}

extension ForecastTableError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .noModels(let table):
      "\(table): there is no column with forecasts; use a table that foresight forecast wrote"
    case .noSuchModel(let name, let table, let models):
      "\(table): there is no model \(name.debugDescription); choose one of \(models.joined(separator: ", "))"
    case .noSuchSeries(let table, let id):
      "\(table): the sales have no series \(id.debugDescription); use the sales that the forecasts "
        + "were made from, with the same options"
    case .missing(let table, let id, let step):
      "\(table): there is no forecast of \(id.debugDescription) for \(step); all series need the same "
        + "steps"
    case .otherSteps(let table, let first, let expected):
      "\(table): the forecasts start at \(first), but must \(expected); use the sales that they were "
        + "made from"
    }
  }
}
