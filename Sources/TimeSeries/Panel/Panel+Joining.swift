extension Panel {
  /// Returns the panel with the covariates of another panel added. The other panel has the same
  /// series, in any order.
  ///
  /// - Parameters:
  ///   - other: A panel with the same calendar, the same series, and other columns.
  ///   - target: If not nil, the values of the other panel are added as a past-only column with
  ///     this name, such as visits. They are missing where they aren't observed.
  /// - Throws: `PanelJoinError` if calendars or series differ, or if both panels have a column with
  ///   the same name.
  public func joining(
    _ other: Panel, targetAs target: String? = nil
  ) throws(PanelJoinError) -> Panel {
    guard other.calendar == calendar else {
      throw .otherCalendar(other.calendar, expected: calendar)
    }
    let places = Dictionary(uniqueKeysWithValues: zip(other.ids, other.ids.indices))
    var order: [Int] = []
    for id in ids {
      guard let place = places[id] else { throw .seriesInOne(id: id) }
      order.append(place)
    }
    if other.seriesCount > seriesCount {
      let own = Set(ids)
      throw .seriesInOne(id: other.ids.first { !own.contains($0) }!)
    }
    for name in other.covariateNames + (target.map { [$0] } ?? []) where role(of: name) != nil {
      throw .columnInBoth(name: name)
    }
    if let target, other.role(of: target) != nil { throw .columnInBoth(name: target) }
    let matching = other.selecting(order)
    let joined = takingCovariates(of: matching)
    guard let target else { return joined }
    return joined.adding(past: target, .numbers(values(of: matching)))
  }

  /// Returns the observed values of another panel with the same series, over the steps of this
  /// panel.
  private func values(of other: Panel) -> NumberColumn {
    var values = CompactNumbers()
    var missing: [Bool] = []
    for index in ids.indices {
      let window = other.series(at: index).window(steps(at: index))
      values.append(contentsOf: window.values[...])
      missing += window.states.map { $0 != .observed }
    }
    return NumberColumn(values, missing: missing)
  }

  /// Returns the panel with the series of another panel appended.
  ///
  /// Both panels must have the same columns, in any order. A column of categories keeps this
  /// panel's categories first, followed by those that occur only in the other panel.
  ///
  /// - Throws: `PanelJoinError` if calendars or columns differ, or if both panels have a series
  ///   with the same id.
  public func appending(_ other: Panel) throws(PanelJoinError) -> Panel {
    guard other.calendar == calendar else {
      throw .otherCalendar(other.calendar, expected: calendar)
    }
    let own = Set(ids)
    if let id = other.ids.first(where: own.contains) { throw .seriesInBoth(id: id) }
    for name in covariateNames where other.role(of: name) == nil { throw .columnInOne(name: name) }
    for name in other.covariateNames where role(of: name) == nil { throw .columnInOne(name: name) }

    var joined = Panel(calendar: calendar, series: allSeries + other.allSeries)
    joined.closing = closing.union(other.closing)
    joined.closingValues = closingValues.filter(other.closingValues.contains)
    joined.target = target == other.target ? target : nil
    joined.startsAtLaunch = startsAtLaunch && other.startsAtLaunch
    joined.saleEnds = saleEnds.mapValues { $0 - origin }
    joined.saleEnds.merge(other.saleEnds.mapValues { $0 - other.origin }) { own, _ in own }
    for left in staticCovariates {
      guard let right = try? other.staticCovariate(left.name), left.isLevel == right.isLevel,
        let values = left.values.appending(right.values)
      else { throw .otherColumn(name: left.name) }
      joined.staticCovariates.append(
        StaticCovariate(name: left.name, values: values, isLevel: left.isLevel, ids: joined.ids))
    }
    for left in pastCovariates {
      guard let right = try? other.pastCovariate(left.name),
        let values = left.gathered().appending(right.gathered())
      else { throw .otherColumn(name: left.name) }
      joined = joined.adding(past: left.name, values)
    }
    for left in knownCovariates {
      guard let right = try? other.knownCovariate(left.name), left.isShared == right.isShared,
        left.futureSteps == right.futureSteps
      else { throw .otherColumn(name: left.name) }
      joined = try joined.adding(left, right)
    }
    return joined
  }

  private func adding(
    _ left: KnownCovariate, _ right: KnownCovariate
  ) throws(PanelJoinError) -> Panel {
    if left.isShared {
      guard left.gathered() == right.gathered() else { throw .otherColumn(name: left.name) }
      return adding(shared: left.name, left.gathered(), futureSteps: left.futureSteps)
    }
    guard let values = left.gathered().appending(right.gathered()) else {
      throw .otherColumn(name: left.name)
    }
    return adding(known: left.name, values, futureSteps: left.futureSteps)
  }

  private var covariateNames: [String] {
    staticCovariates.map(\.name) + pastColumns.map(\.name) + knownColumns.map(\.name)
  }
}

extension TimedCovariate {
  /// Returns the values of all rows over their steps, row after row.
  fileprivate func gathered() -> CovariateValues {
    guard let vocabulary else {
      var values = CompactNumbers()
      var missing: [Bool] = []
      for index in rows {
        let row = numbers(row: index)
        values.append(contentsOf: row.values)
        missing += row.missing
      }
      return .numbers(NumberColumn(values, missing: missing))
    }
    return .categories(CategoryColumn(rows.flatMap(codes(row:)), vocabulary: vocabulary))
  }
}

extension CovariateValues {
  /// Returns these values followed by others, or nil if one holds numbers and the other holds
  /// categories.
  fileprivate func appending(_ other: CovariateValues) -> CovariateValues? {
    switch (self, other) {
    case (.numbers(let left), .numbers(let right)):
      var values = left.numbers
      values.append(contentsOf: right.numbers)
      return .numbers(NumberColumn(values, missing: left.marks + right.marks))
    case (.categories(let left), .categories(let right)):
      let vocabulary = Vocabulary(of: left.vocabulary.names + right.vocabulary.names)
      let renumbered = [Vocabulary.unknown] + right.vocabulary.names.map(vocabulary.code)
      return .categories(
        CategoryColumn(
          left.codes + right.codes.map { renumbered[Int($0)] }, vocabulary: vocabulary))
    default:
      return nil
    }
  }
}

extension NumberColumn {
  /// A mark for each value that indicates whether it is missing, even if none is.
  fileprivate var marks: [Bool] {
    missing.isEmpty ? [Bool](repeating: false, count: numbers.count) : missing
  }
}
