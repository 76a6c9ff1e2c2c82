/// What a feature is computed from: the target, or a column of the panel in its role.
public enum FeatureSource: Hashable, Sendable, Codable {
  /// The panel's own values; steps that are not observed are missing.
  case target
  /// The past-only column of a name.
  case past(String)
  /// The known-future column of a name.
  case known(String)

  /// `target`, or the column's name.
  public var name: String {
    switch self {
    case .target: "target"
    case .past(let name), .known(let name): name
    }
  }

  /// Up to when it is known.
  public var role: FeatureRole {
    switch self {
    case .target, .past: .past(knownAhead: 0)
    case .known: .known
    }
  }

  /// The values as a column, which shares the panel's memory.
  func column(of panel: Panel) throws(CovariateError) -> FeatureColumn {
    switch self {
    case .target:
      FeatureColumn(
        name: name,
        cells: .numbers(panel.values.nearestSingles, missing: .unobserved(panel.states)),
        layout: panel.layout.visible(in: panel), scope: .perSeries)
    case .past(let name): try panel.pastCovariate(name).featureColumn()
    case .known(let name): try panel.knownCovariate(name).featureColumn()
    }
  }

  /// The values as a column of numbers.
  ///
  /// - Throws: `CovariateError` where there is no such column, or it holds categories.
  func numberColumn(of panel: Panel) throws(CovariateError) -> FeatureColumn {
    let column = try column(of: panel)
    guard column.kind == .numeric else { throw .otherKind(column: name, asked: .numeric) }
    return column
  }
}

extension RaggedLayout {
  /// The cells of the steps that each series covers, with steps counted as the panel's.
  fileprivate func visible(in panel: Panel) -> RaggedLayout {
    shifted(by: -panel.origin).clamped { panel.steps(at: $0) }
  }
}

extension TimedCovariate {
  /// The column as features are computed from, with the panel's memory.
  fileprivate func featureColumn() -> FeatureColumn {
    let layout = storedLayout.clamped { steps(of: $0) }
    return FeatureColumn(
      name: name, cells: FeatureColumn.Cells(storedValues), layout: layout,
      scope: isShared ? .shared : .perSeries)
  }
}
