import Forecasting

/// The forecasts of one or more models, from a table that `foresight forecast` wrote.
struct ForecastInput {
  /// The first model's values, with the other columns as covariates.
  private let panel: Panel
  private let columns: ForecastColumns
  private let name: String

  /// Reads a table of forecasts.
  ///
  /// - Parameters:
  ///   - source: The name of its source.
  ///   - frequency: The frequency of the sales.
  init(_ source: String, frequency: Frequency) throws {
    let table = try MainTable([source]).open(DelimitedFormat())
    name = table.name
    columns = try ForecastColumns(table.columns, of: table.name)
    var schema = TableSchema(identity: [columns.id], time: columns.time)
    schema.target = columns.models[0].name
    schema.covariates = columns.others.map { CovariateColumn($0, role: .past, kind: .numeric) }
    var reader = LongTableReader(schema)
    reader.policy.frequency = frequency
    reader.policy.missingDays = .gap
    reader.policy.negativeValues = .keep
    panel = try reader.read(table).panel
  }

  /// Returns the part of the sales that the forecasts can be scored on, and the forecasts of its last
  /// steps.
  ///
  /// - Throws: A `ForecastTableError` if forecasts and sales have no series or step in common.
  func matched(with sales: Panel) throws -> (sales: Panel, models: [ModelForecast]) {
    let calendar = panel.calendar
    let (first, last) = (calendar.label(at: 0), calendar.label(at: calendar.count - 1))
    let count = sales.calendar.count
    guard let start = sales.calendar.step(of: calendar.start, hour: calendar.startHour),
      start < count
    else {
      if calendar.start < sales.calendar.start {
        throw ForecastTableError.noHistory(table: name, first: first)
      }
      throw ForecastTableError.noStep(
        table: name, forecast: (first, last), salesEnd: sales.calendar.label(at: count - 1))
    }
    guard start > 0 else { throw ForecastTableError.noHistory(table: name, first: first) }
    let places = Dictionary(uniqueKeysWithValues: zip(sales.ids, sales.ids.indices))
    let common = panel.ids.indices.filter { places[panel.ids[$0]] != nil }
    guard !common.isEmpty else {
      throw ForecastTableError.noSeries(table: name, example: panel.ids[0], sales: sales.ids[0])
    }
    let steps = 0..<min(calendar.count, count - start)
    let scored = sales.slice(0..<start + steps.count)
    return (
      scored.selecting(common.map { places[panel.ids[$0]]! }),
      try columns.models.map { try forecast(of: $0, common, steps) }
    )
  }

  /// The number of series, and that of steps of each.
  var extents: (series: Int, steps: Int) { (panel.seriesCount, panel.calendar.count) }

  private func forecast(
    of model: ForecastColumns.Model, _ series: [Int], _ steps: Range<Int>
  ) throws -> ModelForecast {
    let values = try series.flatMap { try numbers(model.name, of: $0, steps) }
    let levels = try model.quantiles.map { quantile in
      try series.flatMap { try numbers(quantile.column, of: $0, steps) }
    }
    let quantiles =
      levels.isEmpty
      ? nil
      : Quantiles(
        levels: model.quantiles.map(\.level),
        values: values.indices.flatMap { place in levels.map { $0[place] } })
    return ModelForecast(
      name: model.name,
      forecast: try Forecast(
        ids: series.map { panel.ids[$0] }, calendar: panel.calendar.slice(steps), values: values,
        quantiles: quantiles))
  }

  /// Returns the numbers of a column for a series.
  private func numbers(_ column: String, of index: Int, _ steps: Range<Int>) throws -> [Double] {
    let found: [Double?]
    if column == columns.models[0].name {
      let series = panel.series(at: index)
      found = steps.map { series.value(at: $0) }
    } else {
      found = try panel.pastCovariate(column).numbers(of: index, over: steps).map {
        $0.isFinite ? $0 : nil
      }
    }
    if let gap = found.firstIndex(of: nil) {
      throw ForecastTableError.missing(
        table: name, column: column, id: panel.ids[index],
        date: panel.calendar.label(at: steps.lowerBound + gap))
    }
    return found.map { $0! }
  }
}
