/// What is in a panel: its extents, its columns, and what looks wrong with it.
public struct PanelProfile: Sendable, Equatable, Codable {
  /// How large the panel is.
  public let panel: PreparationReport.Extent
  /// Its columns, static ones first.
  public let columns: [Column]
  /// What is in its cells.
  public let quality: DataQuality

  /// One covariate.
  public struct Column: Sendable, Equatable, Codable {
    /// Its name.
    public let name: String
    /// What is known of it, and when.
    public let role: CovariateRoleName
    /// Whether it holds numbers or categories.
    public let kind: CovariateKind
    /// Of a column of categories their number, without the unknown one.
    public let categories: Int?
    /// The values within the panel and, where it is known ahead, after it; shared ones once.
    public let values: Int
    /// How many of them are missing.
    public let missing: Int
    /// For how many steps after the panel's end it is known.
    public let futureSteps: Int
  }

  /// Looks through a panel.
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
  /// The columns, a line each, and then what `DataQuality` says.
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
