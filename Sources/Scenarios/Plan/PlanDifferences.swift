import TimeSeries

/// The values of a scenario that differ from the plan.
public struct PlanDifferences: Sendable {
  /// A column with other values in the scenario.
  public struct Column: Sendable, Hashable {
    /// The name of the column.
    public let name: String
    /// The number of values that differ. Values that all series share count once.
    public let changedValues: Int
    /// The number of series on sale with a changed value.
    public let changedSeries: Int
    /// The ids of those series whose column has had only one value in their history.
    ///
    /// A model can't know the effect of the column on such a series: it applies what it learned from
    /// others.
    public let constantIDs: [String]
    /// The ids of those series that get a number below or above all numbers of their history.
    ///
    /// The model has not seen such values there. Its forecast is an extrapolation.
    public let extrapolatedIDs: [String]
  }

  /// The columns with differences, in the order of the panel.
  public let columns: [Column]

  /// Finds the differences.
  ///
  /// - Parameters:
  ///   - plan: The sales with the plan.
  ///   - scenario: The same sales with other values of known-future columns after their end.
  ///   - horizon: The number of steps after the end to compare.
  public init(from plan: Panel, to scenario: Panel, horizon: Int) {
    columns = plan.knownCovariates.compactMap { column in
      guard let other = try? scenario.knownCovariate(column.name) else { return nil }
      return Column(column, other, of: plan, horizon: horizon)
    }
  }
}

extension PlanDifferences.Column {
  /// Creates the differences of a column, or returns nil if there are none.
  fileprivate init?(
    _ plan: KnownCovariate, _ scenario: KnownCovariate, of panel: Panel, horizon: Int
  ) {
    let future = panel.calendar.count..<panel.calendar.count + horizon
    let isShared = plan.isShared && scenario.isShared
    var changed = 0
    var series: [Int] = []
    for index in isShared ? [0] : Array(panel.ids.indices) {
      let different = zip(
        plan.cells(of: index, over: future), scenario.cells(of: index, over: future)
      ).count { $0 != $1 }
      changed += different
      if different > 0 { series.append(index) }
    }
    guard changed > 0 else { return nil }
    let affected = isShared ? panel.onSale : panel.onSale.filter(Set(series).contains)
    var (constant, extrapolated): ([String], [String]) = ([], [])
    for index in affected {
      let past = Set(
        plan.cells(of: index, over: panel.steps(at: index)).filter { $0 != .missing })
      if past.count < 2 { constant.append(panel.ids[index]) }
      let new = scenario.cells(of: index, over: future)
      if past.count >= 2, new.contains(where: { $0.isOutside(past) }) {
        extrapolated.append(panel.ids[index])
      }
    }
    self.init(
      name: plan.name, changedValues: changed, changedSeries: affected.count,
      constantIDs: constant, extrapolatedIDs: extrapolated)
  }
}

/// A value of a column.
private enum PlanCell: Hashable {
  case missing
  case number(Double)
  case category(String)

  /// Returns a Boolean value that indicates whether a number is below or above all numbers of a set.
  func isOutside(_ others: Set<PlanCell>) -> Bool {
    guard case .number(let number) = self else { return false }
    let numbers = others.compactMap { if case .number(let other) = $0 { other } else { nil } }
    guard let least = numbers.min(), let most = numbers.max() else { return false }
    return number < least || number > most
  }
}

extension KnownCovariate {
  /// Returns the values of a series over some steps, missing beyond the column's end.
  fileprivate func cells(of index: Int, over steps: Range<Int>) -> [PlanCell] {
    if let vocabulary {
      return paddedCodes(of: index, over: steps).map { code in
        vocabulary.name(of: code).map { .category($0) } ?? .missing
      }
    }
    return paddedNumbers(of: index, over: steps).map { number in
      number.map { .number($0) } ?? .missing
    }
  }
}
