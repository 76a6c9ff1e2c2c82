import ArgumentParser
import Forecasting
import Foundation
import Inventory
import NeuralNetwork
import Reporting

/// `foresight report`: writes a page about forecasts that were made before.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Writes a page from the tables of foresight forecast.",
    discussion: """
      The page is one file that works offline. It shows the total with intervals, bars by item, \
      category, and period, every series, the errors of past forecasts, and the quality of the data, in \
      English and Chinese. With --orders, it also shows how often customers buy; with --explanation, \
      what drove the forecast; with --stock, how much to order.

      foresight report sales.csv --forecasts out/forecasts.csv --next out/next.csv \
      --static category --country GB --output report.html

      The first model of --next is the subject of the page. The charts need D3, version 5, on the \
      machine that writes the page: apt install node-d3. Without it, they are static.
      """)

  @Argument(
    help: ArgumentHelp(
      """
      The sales that the forecasts were made from: a panel file of foresight prepare, or a table in one \
      or more sources: \(SourceReference.help)
      """),
    completion: .file())
  var sources: [String]

  @Option(
    help: "The table of forecasts of past steps, forecasts.csv of foresight forecast.",
    completion: .file(extensions: ["csv"]))
  var forecasts: String?

  @Option(
    help: "The table of forecasts of the steps after the sales, next.csv of foresight forecast.",
    completion: .file(extensions: ["csv"]))
  var next: String?

  @Option(help: "The page to write.", completion: .file(extensions: ["html"]))
  var output = "report.html"

  @Option(help: "The title of the page. (default: the name of the sales)")
  var title: String?

  @Option(
    help: """
      A table of names for the page, with the columns unique_id and description, from a source of \
      the same kinds as the sales.
      """,
    completion: .file())
  var names: String?

  @Option(
    help: "The order lines of the sales, for the purchase frequency of customers.",
    completion: .file())
  var orders: String?

  @Option(
    help: "A JSON file that describes the columns of --orders, as for foresight prepare.",
    completion: .file(extensions: ["json"]))
  var schema: String?

  @Option(help: "A dataset whose columns of --orders are known: online-retail.")
  var preset: SchemaOptions.Preset?

  @Option(
    help: "The report of foresight prepare --report, for what was cleaned.",
    completion: .file(extensions: ["json"]))
  var cleaning: String?

  @Option(
    help: "The explanation.json of foresight explain, for what drove the forecast.",
    completion: .file(extensions: ["json"]))
  var explanation: String?

  @Option(
    help: "The table of stock advice, stock.csv of foresight stock.",
    completion: .file(extensions: ["csv"]))
  var stock: String?

  @OptionGroup(title: "Reading the table")
  var table: TableOptions

  @OptionGroup(title: "Columns for groups and events")
  var covariates: CovariateOptions

  func validate() throws {
    try SourceReference.checkDistinct(sources)
    try table.checkWeekStart(table.tableFrequency, "--table-frequency")
    if forecasts == nil, next == nil {
      throw ValidationError("There is nothing to show: give --forecasts, --next, or both.")
    }
    if orders != nil, (schema == nil) == (preset == nil) {
      throw ValidationError("--orders needs --schema or --preset, which define its columns.")
    }
    if orders == nil, let option = firstGiven([("--schema", schema), ("--preset", preset)]) {
      throw ValidationError("\(option) is for --orders.")
    }
  }

  func run() throws {
    let file = try OutputFile(path: output)
    let names = try names.map { try SeriesNames(SourceReference($0).open(DelimitedFormat())) }
    let customers = try self.customers()
    let cleaning = try self.cleaning.map {
      try Self.read(CleaningReport.self, $0, "--cleaning", "foresight prepare --report")
    }
    let drivers = try explanation.map {
      try Self.read(ForecastDrivers.self, $0, "--explanation", "foresight explain")
    }
    let sales = try SalesInput.reading(sources, table, covariates)
    var page = try page(of: sales)
    page.names =
      names?.names(of: sales.panel.ids, merges: table.mergeIdentities).names ?? sales.names
    page.holidays = covariates.countries.map { HolidayCalendar($0) }
    page.customers = customers
    page.cleaning = cleaning?.cleaning
    page.drivers = drivers
    page.stock = try stock(of: sales)
    try file.write(page.advisedHTML())
    print("wrote \(file.path)")
  }

  private func page(of sales: SalesInput) throws -> ReportPage {
    let closings = ClosedDayForecasts.zero.source(isPrepared: sales.isPrepared)
    let panel = closings.closed(sales.panel)
    var reader = ForecastTableReader(of: panel)
    (reader.idColumn, reader.timeColumn) = (sales.idColumn, table.schema.time)
    func read(_ path: String?) throws -> [ModelForecast] {
      try path.map { try reader.read(SourceReference($0).open(DelimitedFormat())) } ?? []
    }
    let (past, future) = (try read(forecasts), try read(next))
    if let first = past.first?.forecast.calendar {
      guard let step = panel.calendar.step(of: first.start, hour: first.startHour), step > 0,
        step + first.count <= panel.calendar.count
      else {
        throw ForecastTableError.otherSteps(
          table: forecasts ?? "", first: first.label(at: 0),
          expected: "be among the last steps of the sales")
      }
    }
    if let first = future.first?.forecast.calendar,
      first != panel.calendar(ofNext: first.count)
    {
      throw ForecastTableError.otherSteps(
        table: next ?? "", first: first.label(at: 0),
        expected: "follow the sales at \(panel.calendar.label(at: panel.calendar.count))")
    }
    // The page is about the first model of the next steps, or else of the past ones.
    let subject = future.first?.name
    let place = past.firstIndex { $0.name == subject } ?? 0
    let window = past.isEmpty ? nil : PastForecasts(past).putting(first: place)
    let ids = (future + past)[0].forecast.ids
    if let other = (future + past).first(where: { $0.forecast.ids != ids }) {
      let strangers = Set(other.forecast.ids).symmetricDifference(ids)
      throw ForecastTableError.noSuchSeries(table: forecasts ?? "", id: strangers.min()!)
    }
    var page = ReportPage(
      title: title ?? "Sales forecast: " + MainTable.title(sources),
      panel: try panel.selecting(ids: ids), windows: window.map { [$0] } ?? [],
      next: future.first)
    let baselines = Set(Baseline.all.map { $0.forecaster().name }).intersection(past.map(\.name))
    // A table of another program may have other models.
    if !baselines.isEmpty { page.baselines = baselines }
    return page
  }

  private func customers() throws -> CustomerBehavior? {
    guard let orders else { return nil }
    let described = try schema.map { try DataSchema(contentsOf: $0) } ?? .onlineRetail
    guard case .orders(let columns, let rules) = described.main else {
      throw ValidationError("--schema must describe order lines, which have a quantity.")
    }
    var accumulator = CustomerAccumulator()
    let book = try AdvisedError.advising(columns: schema ?? "--preset", dates: schema ?? "--preset")
    {
      try OrderLineReader(columns, rules: rules)
        .read(SourceReference(orders).open(DelimitedFormat())) { accumulator.add($0) }
    }
    return accumulator.behavior(book)
  }

  /// Returns the advice of `--stock`, whose series must be those of the sales.
  private func stock(of sales: SalesInput) throws -> [StockAdvice]? {
    guard let stock else { return nil }
    let table = try AdviceTable(
      SourceReference(stock).open(DelimitedFormat()), idColumn: sales.idColumn)
    let known = Set(sales.panel.ids)
    if let stranger = table.advice.first(where: { !known.contains($0.id) }) {
      throw ForecastTableError.noSuchSeries(table: stock, id: stranger.id)
    }
    return table.advice
  }

  /// Reads a file of JSON.
  ///
  /// - Throws: A `ValidationError` that names the option and the program that writes such files.
  private static func read<Contents: Decodable>(
    _ type: Contents.Type, _ path: String, _ option: String, _ writer: String
  ) throws -> Contents {
    try RunFiles.current?.read(path)
    do {
      return try JSONDecoder().decode(type, from: Data(contentsOf: URL(filePath: path)))
    } catch {
      throw ValidationError("\(option) takes the file of \(writer), but \(path) is none.")
    }
  }
}

/// The part of a preparation's report about cleaning.
private struct CleaningReport: Decodable {
  let cleaning: QualityReport?
}
