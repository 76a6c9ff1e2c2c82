import ArgumentParser
import Forecasting

/// Options for the columns that the network sees beside the sales.
struct CovariateOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      The columns whose values are known ahead, such as price,promotion. Rows without a value after the \
      last one of the table provide their future. A column holds numbers if at least half of its first \
      1,000 values are numbers, and categories otherwise; name:categorical and name:numeric declare it.
      """, valueName: "columns"))
  var known: [ColumnList] = []

  @Option(
    help: ArgumentHelp(
      "The columns whose values are known only in the past, such as visitors.", valueName: "columns"
    ))
  var past: [ColumnList] = []

  @Option(
    name: .customLong("static"),
    help: ArgumentHelp(
      "The columns with one value for each series, such as category.", valueName: "columns"))
  var staticColumns: [ColumnList] = []

  @Option(
    help: """
      A table with values of known columns that the sales lack, from a source of the same kinds. It has \
      the date column and the id column; without the latter, its values apply to all series.
      """,
    completion: .file())
  var future: String?

  @OptionGroup
  var ahead: KnownAheadOptions

  /// The countries whose holidays the network sees.
  var countries: [Country] { ahead.countries }

  /// The columns of all options.
  var columns: [CovariateColumn] {
    [(known, CovariateRoleName.known), (past, .past), (staticColumns, .static)]
      .flatMap { lists, role in
        lists.flatMap(\.columns).map { CovariateColumn($0.name, role: role, kind: $0.kind) }
      }
  }

  /// Returns the columns of all options, and those that a model sees.
  func columns(for model: (any FittedNetwork)?) -> [CovariateColumn] {
    let given = Set(columns.map(\.column))
    return columns + (model?.columns ?? []).filter { !given.contains($0.column) }
  }

  /// The option that names each column.
  var columnOptions: [String: String] {
    Dictionary(columns.map { ($0.column, "--\($0.role.rawValue)") }) { first, _ in first }
  }

  /// The first option that does not apply to a panel file, or `nil`.
  var firstTableOption: String? {
    firstGiven([
      ("--past", past.first), ("--static", staticColumns.first),
      ("--known", future == nil ? known.first : nil),
    ])
  }
}

extension CovariateOptions {
  /// Reads the values of known columns from the table of `--future`.
  ///
  /// - Parameters:
  ///   - plan: The table.
  ///   - columns: The known columns of the options or the panel. Those that the table lacks are left alone.
  ///   - panel: The panel to complete.
  ///   - identity: The columns that identify a series.
  func read(
    _ plan: any RecordSource, _ columns: [CovariateColumn], into panel: Panel, identity: [String],
    _ table: TableOptions
  ) throws -> CovariatePanel {
    let present = columns.filter { plan.columns.contains($0.column) }
    guard !present.isEmpty else {
      throw ValidationError(
        columns.isEmpty
          ? "--future needs --known, which names its columns."
          : "\(plan.name) has none of the known columns "
            + columns.map(\.column.debugDescription).joined(separator: ", ") + ".")
    }
    return try Self.planReader(of: present, plan, panel, identity: identity, table)
      .readPlan(plan, for: panel)
  }

  /// Returns a reader of columns of a plan.
  static func planReader(
    of columns: [CovariateColumn], _ plan: any RecordSource, _ panel: Panel, identity: [String],
    _ table: TableOptions
  ) -> CovariateTableReader {
    var reader = CovariateTableReader(columns)
    reader.series = seriesKey(of: plan, panel, identity: identity, table)
    reader.time = .date(table.schema.time, table.schema.timeFormat)
    reader.mergesIdentities = table.mergeIdentities
    return reader
  }

  /// Returns the columns by which a plan identifies series: the id columns, or static columns of the panel.
  private static func seriesKey(
    of plan: any RecordSource, _ panel: Panel, identity: [String], _ table: TableOptions
  ) -> SeriesKey {
    if !identity.isEmpty, identity.allSatisfy(plan.columns.contains) {
      return .identity(identity, separator: table.identity.separator)
    }
    let categories = panel.staticCovariates.filter { $0.kind == .categorical }.map(\.name)
    let keys = (identity + categories).uniqued.filter(plan.columns.contains)
    return keys.isEmpty ? .all : .columns(keys.map { .init($0) })
  }

  /// Returns a panel whose known columns have values for the steps to forecast; see
  /// ``KnownAheadOptions/completing(_:horizon:for:)``.
  func completing(
    _ panel: Panel, horizon: Int, for model: (any FittedNetwork)? = nil
  ) throws -> Panel {
    try ahead.completing(panel, horizon: horizon, for: model)
  }

  /// Checks that the options agree with a model.
  func check(_ model: any FittedNetwork) throws {
    if ahead.missingFuture == .drop {
      throw ValidationError(
        "--missing-future drop is for training, but --model forecasts with the columns that it was trained "
          + "with.")
    }
    let calendars = model.layout.features.known.compactMap { ($0 as? EventFeature)?.calendar.name }
    if let country = countries.first(where: { !calendars.contains($0.rawValue) }) {
      throw ValidationError(
        "--country \(country.rawValue) is for training, but the model was trained without its holidays."
      )
    }
  }
}

/// Names of columns, separated by commas, each with its kind if a colon and the kind follow.
struct ColumnList: ExpressibleByArgument {
  let columns: [(name: String, kind: CovariateKind?)]

  init?(argument: String) {
    columns = argument.split(separator: ",", omittingEmptySubsequences: false).map { text in
      for kind in CovariateKind.allCases where text.hasSuffix(":\(kind.rawValue)") {
        return (String(text.dropLast(kind.rawValue.count + 1)), kind)
      }
      return (String(text), nil)
    }
    if columns.contains(where: \.name.isEmpty) { return nil }
  }
}

extension FeatureSet {
  /// The columns of a panel from which the features are computed, without their kinds.
  var panelColumns: [CovariateColumn] {
    let timed = (past + known).compactMap { ($0 as? Column)?.source }.compactMap { source in
      switch source {
      case .past(let name): CovariateColumn(name, role: .past)
      case .known(let name): CovariateColumn(name, role: .known)
      case .target: nil as CovariateColumn?
      }
    }
    return timed
      + self.static.compactMap { ($0 as? StaticColumn)?.column }
      .map { CovariateColumn($0, role: .static) }
  }
}

extension FittedNetwork {
  /// The columns of a table that the model sees.
  var columns: [CovariateColumn] {
    let categories = [encoding.history, encoding.future, encoding.statics]
      .flatMap(\.categories).map(\.column)
    return layout.features.panelColumns.map { column in
      var column = column
      column.kind = categories.contains(column.column) ? .categorical : .numeric
      return column
    }
  }
}

extension Array where Element: Hashable {
  /// The elements without those that came before.
  var uniqued: [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
