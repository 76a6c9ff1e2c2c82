extension Panel {
  /// The columns that are known up to the panel's end, in the order of their adding.
  public var pastCovariates: [PastCovariate] { pastColumns.map { PastCovariate($0, of: self) } }

  /// The columns that are known beyond the panel's end, in the order of their adding.
  public var knownCovariates: [KnownCovariate] { knownColumns.map { KnownCovariate($0, of: self) } }

  /// The names of the levels of the hierarchy, in the order of their adding.
  public var levels: [String] { staticCovariates.filter(\.isLevel).map(\.name) }

  /// The static column of a name.
  ///
  /// - Throws: `CovariateError` where there is none, or the name is that of a column of another
  ///   role.
  public func staticCovariate(_ name: String) throws(CovariateError) -> StaticCovariate {
    guard let column = staticCovariates.first(where: { $0.name == name }) else {
      throw absent(name, role: .static)
    }
    return column
  }

  /// The past-only column of a name.
  ///
  /// - Throws: As ``staticCovariate(_:)``.
  public func pastCovariate(_ name: String) throws(CovariateError) -> PastCovariate {
    guard let column = pastColumns.first(where: { $0.name == name }) else {
      throw absent(name, role: .past)
    }
    return PastCovariate(column, of: self)
  }

  /// The known-future column of a name.
  ///
  /// - Throws: As ``staticCovariate(_:)``: a past-only column cannot be asked for here.
  public func knownCovariate(_ name: String) throws(CovariateError) -> KnownCovariate {
    guard let column = knownColumns.first(where: { $0.name == name }) else {
      throw absent(name, role: .known)
    }
    return KnownCovariate(column, of: self)
  }

  /// The role of a column; nil where there is no column of that name.
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
// A name that a column has already, and a number of values other than the one asked for, stop the
// program.

extension Panel {
  /// The panel with a static column: a value for each series.
  public func adding(static name: String, _ values: CovariateValues) -> Panel {
    adding(name, values, isLevel: false)
  }

  /// The panel with a level of its hierarchy, such as department or store: a static column of
  /// categories, a name for each series; nil where it is not known.
  ///
  /// - Parameter vocabulary: The categories; if not given, those among the names.
  public func adding(
    level name: String, _ categories: [String?], vocabulary: Vocabulary? = nil
  ) -> Panel {
    adding(name, .categories(categories, vocabulary: vocabulary), isLevel: true)
  }

  /// The panel with a level of its hierarchy, by the numbers of the categories.
  public func adding(level name: String, _ categories: CategoryColumn) -> Panel {
    adding(name, .categories(categories), isLevel: true)
  }

  /// The panel with a past-only column: a value for each step that each series covers, series after
  /// series.
  public func adding(past name: String, _ values: CovariateValues) -> Panel {
    let layout = RaggedLayout(ids.indices.map(steps(at:)))
    return adding(name, values, layout) { panel, layout in
      panel.pastColumns.append(
        TimedColumn(name: name, values: values, layout: layout, isShared: false, end: nil))
    }
  }

  /// The panel with a known-future column: a value for each step from each series' first to
  /// `futureSteps` after the end of the panel, series after series.
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

  /// The panel with a known-future column that is the same for all series, such as a calendar's
  /// events: a value for each step of the panel and `futureSteps` after its end.
  public func adding(
    shared name: String, _ values: CovariateValues, futureSteps: Int
  ) -> Panel {
    let end = calendar.count + checked(futureSteps)
    return adding(name, values, RaggedLayout([0..<end])) { panel, layout in
      panel.knownColumns.append(
        TimedColumn(name: name, values: values, layout: layout, isShared: true, end: end + origin))
    }
  }

  /// The panel without some of its columns. A name that no column has stops the program.
  public func removing(_ names: Set<String>) -> Panel {
    if let stranger = names.filter({ role(of: $0) == nil }).min() {
      fatalError("Panel.removing: there is no covariate \(stranger.debugDescription)")
    }
    var panel = self
    panel.staticCovariates.removeAll { names.contains($0.name) }
    panel.pastColumns.removeAll { names.contains($0.name) }
    panel.knownColumns.removeAll { names.contains($0.name) }
    return panel
  }

  /// The panel with the covariates and the closed days of another that has the same series and the same calendar.
  package func takingCovariates(of other: Panel) -> Panel {
    var panel = self
    let shift = origin - other.origin
    panel.staticCovariates += other.staticCovariates
    panel.pastColumns += other.pastColumns.map { $0.shifted(by: shift) }
    panel.knownColumns += other.knownColumns.map { $0.shifted(by: shift) }
    panel.closing = closing.union(other.closing)
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
