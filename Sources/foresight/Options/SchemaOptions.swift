import ArgumentParser
import Forecasting
import Foundation

/// Options for the meaning of the tables' columns: a schema file, a preset, or separate options.
struct SchemaOptions: ParsableArguments {
  /// Datasets whose columns and rules are known.
  enum Preset: String, ExpressibleByArgument, CaseIterable {
    case onlineRetail = "online-retail"
  }

  @Option(
    help: "A JSON file that describes the columns and names additional tables.",
    completion: .file(extensions: ["json"]))
  var schema: String?

  @Option(help: "A dataset whose columns and rules are known: online-retail.")
  var preset: Preset?

  @Option(
    help: """
      The columns of a wide table, one for each day: the first column with its date, as in \
      d_1=2011-01-29, or dates.
      """)
  var steps: String?

  @Option(help: "Columns of a wide table that hold levels such as department or store: a,b,c.")
  var levels: NameList?

  @Option(help: "The column of a line's units. Makes the table one of order lines.")
  var quantityColumn: String?

  @Option(help: "The column of a line's price per unit.")
  var priceColumn: String?

  @Option(help: "The column of a line's order id.")
  var orderColumn: String?

  @Option(help: "The column of the customer id.")
  var customerColumn: String?

  @Option(help: "The column of an item's name.")
  var descriptionColumn: String?

  @Option(
    help: "The time zone of the time stamps, such as Europe/London.", completion: .timeZones)
  var timeZone: String?

  @Option(
    help: "The time zone that defines the days, if it is a different one.", completion: .timeZones)
  var calendarTimeZone: String?

  func validate() throws {
    if schema != nil, preset != nil {
      throw ValidationError("--schema and --preset cannot be combined.")
    }
    if let option = firstOption, let other = schema.map({ _ in "--schema" }) ?? presetOption {
      throw ValidationError("\(option) is for tables without \(other), which defines the columns.")
    }
    if quantityColumn == nil, let option = firstOrderOption {
      throw ValidationError("\(option) is for order lines, which need --quantity-column.")
    }
    if steps != nil, quantityColumn != nil {
      throw ValidationError("--steps and --quantity-column cannot be combined.")
    }
    if steps == nil, levels != nil {
      throw ValidationError("--levels is for wide tables, which need --steps.")
    }
    if let steps, WideSteps(steps) == nil {
      throw ValidationError(
        "--steps must be dates, or a column with a number and its date as in d_1=2011-01-29, but is "
          + "\(steps).")
    }
  }

  /// Returns the schema that all options define. `table` has the options of long tables.
  func dataSchema(_ table: TableOptions) throws -> DataSchema {
    if let other = schema.map({ _ in "--schema" }) ?? presetOption,
      let option = table.firstColumnOption
    {
      throw ValidationError("\(option) is for tables without \(other), which defines the columns.")
    }
    if let schema { return try DataSchema(contentsOf: schema).applying(table) }
    switch preset {
    case .onlineRetail: return DataSchema.onlineRetail.applying(table)
    case nil: break
    }
    if let steps, let parsed = WideSteps(steps) {
      if let option = table.targetColumn.map({ _ in "--target-column" })
        ?? table.timeColumn.map({ _ in "--time-column" })
      {
        throw ValidationError("\(option) is for tables without --steps.")
      }
      var wide = WideSchema(
        identity: table.schema.identity, steps: parsed.columns(table.dateFormat ?? .automatic),
        start: parsed.start)
      wide.identitySeparator = table.identity.separator
      wide.levels = levels?.names ?? []
      wide.allowsSingleSeries = table.schema.allowsSingleSeries
      wide.filters = table.filters
      wide.mergesIdentities = table.mergeIdentities
      return DataSchema(.wide(wide))
    }
    guard let quantityColumn else { return DataSchema(.long(table.schema)) }
    var orders = table.schema
    orders.target = nil
    (orders.quantity, orders.price, orders.order) = (quantityColumn, priceColumn, orderColumn)
    (orders.customer, orders.description) = (customerColumn, descriptionColumn)
    (orders.timeZone, orders.calendarTimeZone) = (timeZone, calendarTimeZone)
    return DataSchema(.orders(orders, OrderRules()))
  }

  /// Returns the option that names each column. A schema or a preset names all but those of
  /// filters.
  func columnOptions(_ table: TableOptions) -> [String: String] {
    if let other = schema ?? presetOption {
      let filtered = table.keepRows.map(\.column) + table.dropRows.map(\.column)
      let options = table.columnOptions
      return Dictionary(
        filtered.map { ($0, options[$0]!.hasPrefix("--id") ? other : options[$0]!) }
      ) { first, _ in first }
    }
    let ofOrders = [
      (quantityColumn, "--quantity-column"), (priceColumn, "--price-column"),
      (orderColumn, "--order-column"), (customerColumn, "--customer-column"),
      (descriptionColumn, "--description-column"),
    ].compactMap { name, option in name.map { ($0, option) } }
    return table.columnOptions.merging(
      ofOrders + (levels?.names ?? []).map { ($0, "--levels") }
    ) { first, _ in first }
  }

  /// The source of the column names, for an error about one.
  var columnSource: String {
    if let other = schema ?? presetOption { return other }
    if steps != nil { return "--id-column, --steps" }
    return "--id-column, --time-column, "
      + (quantityColumn == nil ? "--target-column" : "--quantity-column")
  }

  /// The option or file that determines the date format.
  var dateSource: String { schema ?? presetOption ?? "--date-format" }

  /// The directory that the schema's table paths are relative to, or `nil` if there is no schema.
  var directory: String? { schema.map { ($0 as NSString).deletingLastPathComponent } }

  /// The first option that was given, or `nil`.
  var firstGivenOption: String? {
    firstOption ?? presetOption ?? schema.map { _ in "--schema" }
  }

  private var presetOption: String? { preset.map { "--preset \($0.rawValue)" } }

  private var firstOption: String? {
    firstGiven([("--steps", steps), ("--levels", levels), ("--quantity-column", quantityColumn)])
      ?? firstOrderOption
  }

  private var firstOrderOption: String? {
    firstGiven([
      ("--price-column", priceColumn), ("--order-column", orderColumn),
      ("--customer-column", customerColumn), ("--description-column", descriptionColumn),
      ("--time-zone", timeZone), ("--calendar-time-zone", calendarTimeZone),
    ])
  }
}

extension DataSchema {
  /// Returns the schema with the filters from the options, and with merging of ids if they request
  /// it.
  func applying(_ options: TableOptions) -> DataSchema {
    var schema = self
    switch main {
    case .long(var table):
      table.filters += options.filters
      table.mergesIdentities = table.mergesIdentities || options.mergeIdentities
      schema.main = .long(table)
    case .wide(var table):
      table.filters += options.filters
      table.mergesIdentities = table.mergesIdentities || options.mergeIdentities
      schema.main = .wide(table)
    case .orders(var table, let rules):
      table.filters += options.filters
      table.mergesIdentities = table.mergesIdentities || options.mergeIdentities
      schema.main = .orders(table, rules)
    }
    if options.mergeIdentities {
      for index in tables.indices { schema.tables[index].mergesIdentities = true }
    }
    return schema
  }
}

/// The parsed value of `--steps`: `dates`, or a numbered column and its date.
private struct WideSteps {
  private let numbered: WideTableReader.StepColumns?
  let start: CalendarDate?

  init?(_ text: String) {
    if text == "dates" {
      (numbered, start) = (nil, nil)
      return
    }
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2,
      let columns = WideTableReader.StepColumns(numberedFrom: String(parts[0])),
      let date = CalendarDate(iso: String(parts[1]))
    else { return nil }
    (numbered, start) = (columns, date)
  }

  func columns(_ format: DateFormat) -> WideTableReader.StepColumns { numbered ?? .dates(format) }
}

/// A list of names, separated by commas.
struct NameList: ExpressibleByArgument {
  let names: [String]

  init?(argument: String) {
    names = argument.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    if names.contains("") { return nil }
  }
}
