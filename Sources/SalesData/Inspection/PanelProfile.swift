/// A profile of a panel: its size, its columns, and what looks wrong with it.
public struct PanelProfile: Sendable, Equatable, Codable {
  /// The size of the panel.
  public let panel: PreparationReport.Extent
  /// The columns, static ones first.
  public let columns: [Column]
  /// The contents of the cells.
  public let quality: DataQuality

  /// A profile of a covariate.
  public struct Column: Sendable, Equatable, Codable {
    /// The name of the covariate.
    public let name: String
    /// The role of the covariate, which determines when it is known.
    public let role: CovariateRoleName
    /// The kind of the values: numbers or categories.
    public let kind: CovariateKind
    /// For categories, their number without the unknown one.
    public let categories: Int?
    /// The number of values within the panel and, if the covariate is known ahead, after it. Shared
    /// values count once.
    public let values: Int
    /// The number of missing values.
    public let missing: Int
    /// The number of steps after the panel's end for which the covariate is known.
    public let futureSteps: Int
  }

  /// Creates a profile of a panel.
  public init(of panel: Panel) throws {
    self.panel = PreparationReport.Extent(of: panel)
    quality = try DataQuality(of: panel)
    columns =
      panel.staticCovariates.map(Column.init) + panel.pastCovariates.map { Column($0, 0) }
      + panel.knownCovariates.map { Column($0, $0.futureSteps) }
  }
}

extension PanelProfile.Column {
  fileprivate init(_ column: StaticCovariate) {
    self.init(
      name: column.name, role: .static, kind: column.kind,
      categories: column.values.vocabulary.map { $0.names.count }, values: column.values.count,
      missing: column.values.missingCount, futureSteps: 0)
  }

  fileprivate init<Role>(_ column: TimedCovariate<Role>, _ futureSteps: Int) {
    var (values, missing) = (0, 0)
    for row in column.rows {
      values += column.steps(of: row).count
      missing +=
        column.kind == .numeric
        ? column.numbers(row: row).missing.count { $0 }
        : column.codes(row: row).count { $0 == Vocabulary.unknown }
    }
    self.init(
      name: column.name, role: Role.name, kind: column.kind,
      categories: column.vocabulary.map { $0.names.count }, values: values, missing: missing,
      futureSteps: futureSteps)
  }
}

extension PanelProfile: CustomStringConvertible {
  /// A line for each column, followed by the description of the data quality.
  public var description: String {
    (columns.map { "\($0)" } + ["\(quality)"]).joined(separator: "\n")
  }
}

extension PanelProfile.Column: CustomStringConvertible {
  public var description: String {
    let kind = categories.map { "\($0) \($0 == 1 ? "category" : "categories")" } ?? "numbers"
    let reach = futureSteps > 0 ? ", \(futureSteps.counted("step")) ahead" : ""
    return
      "\(name): \(role.rawValue), \(kind), \(values.counted("value")), \(missing) missing\(reach)"
  }
}
