extension Panel {
  /// The columns that are known up to the panel's end, in the order in which they were added.
  public var pastCovariates: [PastCovariate] { pastColumns.map { PastCovariate($0, of: self) } }

  /// The columns that are known beyond the panel's end, in the order in which they were added.
  public var knownCovariates: [KnownCovariate] { knownColumns.map { KnownCovariate($0, of: self) } }

  /// The names of the levels of the hierarchy, in the order in which they were added.
  public var levels: [String] { staticCovariates.filter(\.isLevel).map(\.name) }

  /// Returns the static column with a name.
  ///
  /// - Throws: `CovariateError` if there is no such column, or if it has another role.
  public func staticCovariate(_ name: String) throws(CovariateError) -> StaticCovariate {
    guard let column = staticCovariates.first(where: { $0.name == name }) else {
      throw absent(name, role: .static)
    }
    return column
  }

  /// Returns the past-only column with a name.
  ///
  /// - Throws: The errors of ``staticCovariate(_:)``.
  public func pastCovariate(_ name: String) throws(CovariateError) -> PastCovariate {
    guard let column = pastColumns.first(where: { $0.name == name }) else {
      throw absent(name, role: .past)
    }
    return PastCovariate(column, of: self)
  }

  /// Returns the known-future column with a name.
  ///
  /// - Throws: The errors of ``staticCovariate(_:)``. A past-only column can't be requested here.
  public func knownCovariate(_ name: String) throws(CovariateError) -> KnownCovariate {
    guard let column = knownColumns.first(where: { $0.name == name }) else {
      throw absent(name, role: .known)
    }
    return KnownCovariate(column, of: self)
  }

  /// Returns the role of a column, or nil if there is no column with the name.
  public func role(of name: String) -> CovariateRoleName? {
    CovariateRoleName.allCases.first { names(of: $0).contains(name) }
  }

  private func names(of role: CovariateRoleName) -> [String] {
    switch role {
    case .static: staticCovariates.map(\.name)
    case .past: pastColumns.map(\.name)
    case .known: knownColumns.map(\.name)
    }
  }

  private func absent(_ name: String, role: CovariateRoleName) -> CovariateError {
    if let found = self.role(of: name) {
      return .otherRole(column: name, asked: role, found: found)
    }
    return .noSuchColumn(name, role: role, present: names(of: role))
  }
}

// MARK: - Adding and removing
//
// The following functions stop the program if a column with the name exists, or if the number of
// values is wrong.

extension Panel {
  /// Returns the panel with a static column added: one value for each series.
  public func adding(static name: String, _ values: CovariateValues) -> Panel {
    adding(name, values, isLevel: false)
  }

  /// Returns the panel with a level of its hierarchy added, such as department or store: a static
  /// column of categories, given as one name for each series, or nil if unknown.
  ///
  /// - Parameter vocabulary: The categories. By default, those that occur among the names.
  public func adding(
    level name: String, _ categories: [String?], vocabulary: Vocabulary? = nil
  ) -> Panel {
    adding(name, .categories(categories, vocabulary: vocabulary), isLevel: true)
  }

  /// Returns the panel with a level of its hierarchy added, given as category codes.
  public func adding(level name: String, _ categories: CategoryColumn) -> Panel {
    adding(name, .categories(categories), isLevel: true)
  }

  /// Returns the panel with a past-only column added: one value for each step that each series
  /// covers, series after series.
  public func adding(past name: String, _ values: CovariateValues) -> Panel {
    let layout = RaggedLayout(ids.indices.map(steps(at:)))
    return adding(name, values, layout) { panel, layout in
      panel.pastColumns.append(
        TimedColumn(name: name, values: values, layout: layout, isShared: false, end: nil))
    }
  }

  /// Returns the panel with a known-future column added: one value for each step from the first of
  /// each series to `futureSteps` after the panel's end, series after series.
  public func adding(
    known name: String, _ values: CovariateValues, futureSteps: Int
  ) -> Panel {
    let end = calendar.count + checked(futureSteps)
    let layout = RaggedLayout(ids.indices.map { steps(at: $0).lowerBound..<end })
    return adding(name, values, layout) { panel, layout in
      panel.knownColumns.append(
        TimedColumn(
          name: name, values: values, layout: layout, isShared: false, end: end + origin))
    }
  }

  /// Returns the panel with a known-future column added that all series share, such as calendar
  /// events: one value for each step of the panel and `futureSteps` after its end.
  public func adding(
    shared name: String, _ values: CovariateValues, futureSteps: Int
  ) -> Panel {
    let end = calendar.count + checked(futureSteps)
    return adding(name, values, RaggedLayout([0..<end])) { panel, layout in
      panel.knownColumns.append(
        TimedColumn(name: name, values: values, layout: layout, isShared: true, end: end + origin))
    }
  }

  /// Returns the panel without the given columns. Stops the program if a column doesn't exist.
  public func removing(_ names: Set<String>) -> Panel {
    if let stranger = names.filter({ role(of: $0) == nil }).min() {
      fatalError("Panel.removing: there is no covariate \(stranger.debugDescription)")
    }
    var panel = self
    panel.staticCovariates.removeAll { names.contains($0.name) }
    panel.pastColumns.removeAll { names.contains($0.name) }
    panel.knownColumns.removeAll { names.contains($0.name) }
    panel.closingValues.removeAll { names.contains($0.column) }
    return panel
  }

  /// Returns the panel with the covariates and the closed days of another panel that has the same
  /// series and the same calendar.
  package func takingCovariates(of other: Panel) -> Panel {
    var panel = self
    let shift = origin - other.origin
    panel.staticCovariates += other.staticCovariates
    panel.pastColumns += other.pastColumns.map { $0.shifted(by: shift) }
    panel.knownColumns += other.knownColumns.map { $0.shifted(by: shift) }
    panel.closing = closing.union(other.closing)
    panel.closingValues += other.closingValues.filter { !closingValues.contains($0) }
    panel.target = target ?? other.target
    panel.startsAtLaunch = startsAtLaunch || other.startsAtLaunch
    panel.saleEnds.merge(other.saleEnds.mapValues { $0 + shift }) { own, _ in own }
    return panel
  }

  private func adding(_ name: String, _ values: CovariateValues, isLevel: Bool) -> Panel {
    checkNew(name, values, count: seriesCount)
    var panel = self
    panel.staticCovariates.append(
      StaticCovariate(name: name, values: values, isLevel: isLevel, ids: ids))
    return panel
  }

  private func adding(
    _ name: String, _ values: CovariateValues, _ layout: RaggedLayout,
    _ append: (inout Panel, RaggedLayout) -> Void
  ) -> Panel {
    checkNew(name, values, count: layout.cellCount)
    var panel = self
    append(&panel, layout.shifted(by: origin))
    return panel
  }

  private func checkNew(_ name: String, _ values: CovariateValues, count: Int) {
    guard role(of: name) == nil else {
      fatalError("Panel.adding: there is a covariate \(name.debugDescription) already")
    }
    guard values.count == count else {
      fatalError(
        "Panel.adding: expected \(count) values of \(name.debugDescription), got \(values.count)")
    }
  }

  private func checked(_ futureSteps: Int) -> Int {
    guard futureSteps >= 0 else {
      fatalError("Panel.adding: expected futureSteps of at least 0, got \(futureSteps)")
    }
    return futureSteps
  }
}
