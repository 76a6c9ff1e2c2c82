import ArgumentParser
import Forecasting

/// `foresight inspect`: describes the contents of a file.
struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Describes the contents of a table or a panel file and what looks wrong with them.",
    discussion: """
      For a table, the report lists its columns with their types, missing and distinct values, the \
      range of its dates, and the columns that seem to be the identity, time, and value. If these are \
      clear, or --schema, --preset, or the options below specify them, it also describes the series: \
      gaps, zeros, negative values, closed days, and values that cleaning rules would change. Nothing \
      is modified. By default, days without a row and rows without a value are gaps, and negative \
      values are kept.

      With --anomalies, a baseline (MSTL) forecasts windows of the second half of the history, each from \
      the steps before it, and the values that it finds most surprising are listed.
      """)

  @Argument(
    help: ArgumentHelp(
      "A panel file of foresight prepare, or a table: \(SourceReference.help)"),
    completion: .file())
  var file: String

  @Flag(help: "Print the report as JSON.")
  var json = false

  @OptionGroup(title: "Anomalies")
  var anomalies: AnomalyOptions

  @OptionGroup(title: "What the columns mean")
  var schema: SchemaOptions

  @OptionGroup(title: "Reading the table")
  var table: TableOptions

  func validate() throws { try table.checkWeekStart(table.tableFrequency, "--table-frequency") }

  func run() throws {
    let inspection = try AdvisedError.advising(
      columns: schema.columnSource, dates: schema.dateSource,
      named: schema.columnOptions(table)
    ) {
      PanelFile.isAt(file) ? try inspectPanel() : try inspectTable()
    }
    print(json ? inspection.json : inspection.text, terminator: json ? "" : "\n")
  }

  private func inspectPanel() throws -> Inspection {
    if let option = schema.firstGivenOption ?? table.firstOption {
      throw ValidationError("\(option) is for tables, but \(file) is a panel file.")
    }
    let panel = try Panel(contentsOf: file)
    var inspection = Inspection(panel: try PanelProfile(of: panel))
    inspection.anomalies = try anomalies.report(on: panel, closings: .panel)
    return inspection
  }

  private func inspectTable() throws -> Inspection {
    var inspection = Inspection(
      table: try TableProfile(of: MainTable([file]).open(table.format)))
    inspection.filters = table.filters
    if schema.firstGivenOption ?? table.firstColumnOption != nil {
      try inspection.add(try prepared(try schema.dataSchema(table)), anomalies)
    } else if let guess = inspection.table?.guess?.schema?.applying(table) {
      do {
        try inspection.add(try prepared(guess), anomalies)
      } catch let error as TableError {
        // The guess is the command's own, so its failure is information about the table.
        inspection.obstacle = "\(error)"
      }
    }
    if anomalies.anomalies, inspection.series == nil {
      inspection.anomalies = .impossible(
        "there are no series; options such as --target-column say what the columns mean")
    }
    return inspection
  }

  /// Returns the table's series and a report on them. Nothing is cleaned, and every readable value is
  /// accepted.
  private func prepared(_ schema: DataSchema) throws -> PreparedPanel {
    var preparation = Preparation(schema)
    preparation.frequency = table.steps
    preparation.policy = table.policy(.tolerant)
    let directory = self.schema.directory
    let source = try MainTable([file]).open(table.format)
    if !table.idColumn.isEmpty {
      preparation.schema.setIdentity(table.identity.names(in: source.columns))
    }
    return try preparation.prepare(source) {
      name, format throws(TableError) in
      try SourceReference(name, relativeTo: directory).open(format)
    }
  }
}

/// The result of inspecting a file.
private struct Inspection: Encodable {
  var table: TableProfile?
  var panel: PanelProfile?
  /// The series in the table.
  var series: PreparationReport?
  /// The reason why the guessed columns yield no series.
  var obstacle: String?
  /// The filters from the options.
  var filters: [RowFilter] = []
  /// The most surprising values, or the reason why there are none.
  var anomalies: AnomalySearch?

  /// Adds the series of a table and, if the options ask for them, their anomalies.
  mutating func add(_ prepared: PreparedPanel, _ options: AnomalyOptions) throws {
    series = prepared.report
    anomalies = try options.report(on: prepared.panel, closings: .sales)
  }

  var text: String {
    let parts: [String?] = [
      table.map { "\($0)" }, statusText, panel.map { "\($0)" },
      series.map { "\($0.inspectionText)" },
      obstacle.map { "These columns yield no series: \($0)" },
      anomalies.map { "\($0)" },
    ]
    return parts.compactMap { $0 }.joined(separator: "\n\n")
  }
}

extension Inspection {
  /// A description of the columns that mark rows that are not sales, with the options that leave
  /// them out, or `nil` if there are none or all are already filtered.
  fileprivate var statusText: String? {
    let filtered = filters.map(\.column)
    let columns = (table?.statusColumns ?? []).filter { !filtered.contains($0.column) }
    let lines = columns.map { column in
      "\(column)"
        + (column.filter.map { "; to leave out rows that are not sales: \($0.option)" } ?? "")
        + (column.rowsWithout > 0 && column.isOfOrders
          ? "; with --order-column, an empty field has the status of the order's first line" : "")
    }
    return lines.isEmpty ? nil : lines.joined(separator: "\n")
  }
}

extension PreparationReport {
  /// The report on the rows and the series, without cleaning.
  fileprivate var inspectionText: String {
    let main = orders.map { "\($0)" } ?? rows.map { "\($0)" } ?? values.map { "\($0)" }
    let mainText = main.map { $0 + advice }
    let parts: [String?] = [mainText] + tables.map { "\($0)" } + [quality.map { "\($0)" }]
    return parts.compactMap { $0 }.joined(separator: "\n\n")
  }
}
