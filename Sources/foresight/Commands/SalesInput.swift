import ArgumentParser
import Forecasting

/// The sales to forecast, from a table or a prepared panel.
struct SalesInput {
  let panel: Panel
  /// The display names of the series, if the panel contains them.
  let names: [String: String]
  /// The name of the identity: its columns, joined like its parts.
  let idColumn: String
  /// A report on the table's rows, or on the panel's contents and its columns.
  let report: String
  /// A Boolean value that indicates whether the sales are a prepared panel, which contains the
  /// shop's closed days.
  let isPrepared: Bool

  /// Reads sales with their columns, with advice in errors, and prints the report; see
  /// ``init(_:_:_:columns:for:)``.
  static func reading(
    _ names: [String], _ table: TableOptions, _ covariates: CovariateOptions,
    for model: (any FittedNetwork)? = nil
  ) throws -> SalesInput {
    try reading(table, covariates.columnOptions) {
      try SalesInput(names, table, covariates, for: model)
    }
  }

  /// Reads sales with the columns of levels and prices, with advice in errors, and prints the report.
  ///
  /// - Parameter options: The options that name the columns, or nil for `--level` and `--price`.
  static func reading(
    _ names: [String], _ table: TableOptions, _ columns: LevelColumns,
    namedBy options: [String: String]? = nil
  ) throws -> SalesInput {
    try reading(table, options ?? columns.options) {
      try SalesInput(names, table, nil, columns: columns.columns)
    }
  }

  private static func reading(
    _ table: TableOptions, _ options: [String: String], _ read: () throws -> SalesInput
  ) throws -> SalesInput {
    let options = table.columnOptions.merging(options) { first, _ in first }
    let sales = try AdvisedError.advising(named: options, read)
    print(sales.report)
    return sales
  }

  /// Reads the sales.
  ///
  /// - Parameters:
  ///   - names: A single panel file, or the sources of a table.
  ///   - covariates: The options for the columns that a network sees, or `nil` for none.
  ///   - columns: Further columns to read from a table.
  ///   - model: The model to forecast with, whose columns are read from a table, too.
  init(
    _ names: [String], _ table: TableOptions, _ covariates: CovariateOptions?,
    columns: [CovariateColumn] = [], for model: (any FittedNetwork)? = nil
  ) throws {
    let plan = try covariates?.future.map { try SourceReference($0).open(table.format) }
    guard let file = names.first(where: PanelFile.isAt) else {
      let source = try MainTable(names).open(table.format)
      var reader = table.reader
      if !table.idColumn.isEmpty {
        reader.schema.identity = table.identity.names(in: source.columns)
      }
      let asked = (covariates?.columns(for: model) ?? []) + columns
      reader.schema.covariates = asked.filter { column in
        // A plan can have the past of a column, too.
        source.columns.contains(column.column) || column.role != .known
          || plan?.columns.contains(column.column) != true
      }
      let read = try ColumnAdvice(for: names, table).advising { try reader.read(source) }
      let identity = table.identity.names(in: source.columns)
      let planned = try plan.flatMap {
        try covariates?.read(
          $0, asked.filter { $0.role == .known }, into: read.panel, identity: identity, table)
      }
      panel = planned?.panel ?? read.panel
      self.names = [:]
      report = ["\(read.report)\(read.report.advice)", planned.map { "\($0.report)" }]
        .compactMap { $0 }.joined(separator: "\n")
      isPrepared = false
      idColumn = identity.joined(separator: table.identity.separator)
      return
    }
    if names.count > 1 {
      throw ValidationError("\(file) is a panel file, which must be the only source.")
    }
    if let option = table.firstOption ?? covariates?.firstTableOption {
      throw ValidationError("\(option) is for tables, but \(file) is a panel file.")
    }
    let prepared = try Panel(contentsOf: file)
    let identity = TableSchema.longTable.identity
    let planned = try plan.flatMap {
      let present = prepared.knownCovariates.map { CovariateColumn($0.name, role: .known) }
      return try covariates?.read(
        $0, present + (covariates?.columns ?? []).filter { prepared.role(of: $0.column) == nil },
        into: prepared, identity: identity, table)
    }
    panel = planned?.panel ?? prepared
    idColumn = identity[0]
    self.names = panel.descriptions
    isPrepared = true
    report =
      "\(panel.seriesCount) series over \(panel.calendar.count) steps of "
      + "\(panel.calendar.frequency.withArticle), \(panel.calendar.label(at: 0)) up to, but not "
      + "including, " + panel.calendar.label(at: panel.calendar.count)
      + panel.spellingNote + (planned.map { "\n\($0.report)" } ?? "")
  }
}

extension Panel {
  /// A line about ids that differ only in their spelling, or an empty text if there are none.
  fileprivate var spellingNote: String {
    let groups = IdentityFolding.similar(ids)
    guard let first = groups.first else { return "" }
    return
      "\n\(groups.reduce(0) { $0 + $1.count }) ids differ from others only in blanks, letter case or "
      + "invisible characters, such as \(first[0].debugDescription) and \(first[1].debugDescription); "
      + "--merge-identities of prepare merges them into one series each"
  }

  /// The names of the series from the static column of descriptions, if there is one.
  var descriptions: [String: String] {
    guard let (codes, vocabulary) = try? staticCovariate("description").categories() else {
      return [:]
    }
    var names: [String: String] = [:]
    for (id, code) in zip(ids, codes) {
      if let name = vocabulary.name(of: code) { names[id] = name }
    }
    return names
  }
}

extension PreparationReport {
  /// Lines with the options for what the reader of the main table decided, or an empty text.
  var advice: String { orders?.table.advice ?? rows?.advice ?? values?.table.advice ?? "" }
}

extension ReadingReport {
  /// A line with the option for steps without a row that are taken as unknown, if there are any, and
  /// that of ``TableNotes/advice``.
  var advice: String {
    let ofSteps =
      stepsTakenAsUnknown > 0 ? "\n--missing-days zero takes \(step)s without a row as 0." : ""
    return ofSteps + table.advice
  }
}

extension TableNotes {
  /// A line with the option that merges ids in several spellings, or an empty text if there are
  /// none.
  var advice: String {
    similarIds.isEmpty ? "" : "\n--merge-identities merges such ids into one series each."
  }
}
