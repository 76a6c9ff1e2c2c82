/// A panel of sums over groups of series.
public struct Aggregation: Sendable, Equatable {
  /// The panel with one series for each group.
  public let panel: Panel
  /// The indices of the members of each group in the original panel: the rows of a summing matrix.
  public let members: [[Int]]
  /// The covariates that were dropped because their values differ between members of a group.
  public let droppedCovariates: [String]
}

extension Panel {
  /// Sums the series of each group. A group contains the series with the same categories in the
  /// given static columns, such as levels of the hierarchy.
  ///
  /// Groups are in the order of their first members. Their ids are the categories, joined by
  /// slashes if there are several columns. A slash or backslash within a name is escaped by `\`,
  /// and an unknown category is `(unknown)`. Without columns, there is one group, `Total`.
  ///
  /// A group covers the steps from the first to the last that any of its members covers. Static
  /// covariates are kept if they agree within every group. Covariates that all series share are
  /// kept. The result lists the others.
  ///
  /// - Parameters:
  ///   - columns: The static columns that define the groups.
  ///   - rule: The state of a sum when some members aren't observed.
  /// - Throws: `CovariateError` if there is no such static column, or if it contains numbers.
  public func aggregated(
    by columns: [String], rule: AggregationRule = .anyObserved
  ) throws(CovariateError) -> Aggregation {
    var keys = [[Int32]](repeating: [], count: seriesCount)
    var vocabularies: [Vocabulary] = []
    for column in columns {
      let (codes, vocabulary) = try staticCovariate(column).categories()
      for index in ids.indices { keys[index].append(codes[index]) }
      vocabularies.append(vocabulary)
    }
    var places: [[Int32]: Int] = [:]
    var names: [String] = []
    var members: [[Int]] = []
    for index in ids.indices {
      let place = places[keys[index], default: members.count]
      if place == members.count {
        places[keys[index]] = place
        names.append(groupName(keys[index], vocabularies))
        members.append([])
      }
      members[place].append(index)
    }
    return aggregated(names: names, members: members, rule: rule)
  }

  /// Returns a panel of one series, the sum over all series at each step, by the rule
  /// ``AggregationRule/anyObserved``: a step at which no series is observed is a gap.
  public func total(id: String = "Total") -> Panel {
    aggregated(names: [id], members: [Array(ids.indices)], rule: .anyObserved).panel
  }

  /// Sums the series of each group, like ``aggregated(by:rule:)``. A series can belong to several groups.
  package func aggregated(
    names: [String], members: [[Int]], rule: AggregationRule = .anyObserved
  ) -> Aggregation {
    var sums = Panel(
      calendar: calendar,
      series: zip(names, members).map { sum(of: $1, id: $0, rule) })
    sums.target = target
    sums.closing = closing
    sums.startsAtLaunch = startsAtLaunch
    for (name, members) in zip(names, members) where !members.isEmpty {
      let ends = members.compactMap { saleEnds[ids[$0]] }
      if ends.count == members.count { sums.saleEnds[name] = ends.max()! - origin }
    }
    var dropped: [String] = []
    for covariate in staticCovariates {
      if let values = covariate.common(within: members) {
        sums.staticCovariates.append(
          StaticCovariate(
            name: covariate.name, values: values, isLevel: covariate.isLevel, ids: names))
      } else {
        dropped.append(covariate.name)
      }
    }
    dropped += pastColumns.map(\.name)
    for column in knownColumns {
      if column.isShared {
        sums.knownColumns.append(column.shifted(by: -origin))
      } else {
        dropped.append(column.name)
      }
    }
    return Aggregation(panel: sums, members: members, droppedCovariates: dropped)
  }

  private func sum(of members: [Int], id: String, _ rule: AggregationRule) -> Series {
    let ranges = members.map(steps(at:)).filter { !$0.isEmpty }
    let first = ranges.map(\.lowerBound).min() ?? 0
    let end = ranges.map(\.upperBound).max() ?? first
    var sums = [CellSum](repeating: CellSum(), count: end - first)
    for index in members {
      let one = series(at: index)
      for (step, cell) in zip(one.steps, one.values.indices) {
        sums[step - first].add(one.values[cell], one.states[cell])
      }
    }
    return Series(
      id: id, start: first, values: sums.map { $0.value(rule) }, states: sums.map { $0.state(rule) }
    )
  }
}

/// Returns the id of a group, which is unique to it.
private func groupName(_ key: [Int32], _ vocabularies: [Vocabulary]) -> String {
  let unknown = "(unknown)"
  guard !key.isEmpty else { return "Total" }
  return zip(key, vocabularies).map { code, vocabulary in
    guard let name = vocabulary.name(of: code) else { return unknown }
    let escaped = name.flatMap { $0 == "/" || $0 == "\\" ? ["\\", $0] : [$0] }
    return (name == unknown ? "\\" : "") + String(escaped)
  }.joined(separator: "/")
}

extension StaticCovariate {
  /// Returns one value for each group, or nil if members of a group differ.
  fileprivate func common(within groups: [[Int]]) -> CovariateValues? {
    let firsts = groups.map { $0.first }
    guard !firsts.contains(nil) else { return nil }
    let agrees: Bool
    switch values {
    case .numbers(let column):
      agrees = groups.allSatisfy { group in
        group.allSatisfy { index in
          column.values[index] == column.values[group[0]]
            && (column.missing.isEmpty || column.missing[index] == column.missing[group[0]])
        }
      }
    case .categories(let column):
      agrees = groups.allSatisfy { group in
        group.allSatisfy { column.codes[$0] == column.codes[group[0]] }
      }
    }
    return agrees ? selecting(firsts.compactMap { $0 }).values : nil
  }
}
