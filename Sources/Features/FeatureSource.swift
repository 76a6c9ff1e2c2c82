/// The input of a feature: the target, or a column of the panel.
public enum FeatureSource: Hashable, Sendable, Codable {
  /// The panel's values. Steps that aren't observed are missing.
  case target
  /// The past-only column with this name.
  case past(String)
  /// The known-future column with this name.
  case known(String)

  /// The name of the column, or `target`.
  public var name: String {
    switch self {
    case .target: "target"
    case .past(let name), .known(let name): name
    }
  }

  /// The time up to which the source is known.
  public var role: FeatureRole {
    switch self {
    case .target, .past: .past(knownAhead: 0)
    case .known: .known
    }
  }

  /// Returns the values as a column that shares the panel's memory.
  package func column(of panel: Panel) throws(CovariateError) -> FeatureColumn {
    switch self {
    case .target: FeatureColumn(targetOf: panel, missing: .unobserved(panel.states))
    case .past(let name): try panel.pastCovariate(name).featureColumn()
    case .known(let name): try panel.knownCovariate(name).featureColumn()
    }
  }

  /// Returns the values as a column of numbers.
  ///
  /// - Throws: `CovariateError` if there is no such column, or if it contains categories.
  func numberColumn(of panel: Panel) throws(CovariateError) -> FeatureColumn {
    let column = try column(of: panel)
    guard column.kind == .numeric else { throw .otherKind(column: name, asked: .numeric) }
    return column
  }
}

extension FeatureColumn {
  /// Creates the column of the units sold at the stock-outs of a panel, missing elsewhere.
  package init(stockOutsOf panel: Panel) {
    self.init(targetOf: panel, missing: .marked(panel.states.map { $0 != .stockOut }))
  }

  /// Creates the column of a panel's values, which shares the panel's memory.
  fileprivate init(targetOf panel: Panel, missing: MissingCells) {
    self.init(
      name: FeatureSource.target.name,
      cells: .numbers(panel.values.nearestSingles, missing: missing),
      layout: panel.layout.visible(in: panel), scope: .perSeries)
  }
}

extension RaggedLayout {
  /// Returns the layout of the steps that each series covers, in the panel's steps.
  fileprivate func visible(in panel: Panel) -> RaggedLayout {
    shifted(by: -panel.origin).clamped { panel.steps(at: $0) }
  }
}

extension TimedCovariate {
  /// Returns the column for use by features, sharing the panel's memory.
  fileprivate func featureColumn() -> FeatureColumn {
    let layout = storedLayout.clamped { steps(of: $0) }
    return FeatureColumn(
      name: name, cells: FeatureColumn.Cells(storedValues), layout: layout,
      scope: isShared ? .shared : .perSeries)
  }
}
