/// A report on the changes that a ``CleaningPipeline`` made to a panel, in total and for each rule.
///
/// The properties, a text (`description`), and JSON (by any encoder) provide the same information.
public struct QualityReport: Sendable, Equatable, Codable {
  /// The changes from the original to the final panel. A cell that several rules changed is counted
  /// once, for the last of them. A cell that ends up with its original content is kept.
  public let total: CellBalance
  /// The changes of each rule relative to the previous rule's result, in the order of application.
  public let rules: [RuleReport]
}

/// A report on the changes that one rule made to a panel.
public struct RuleReport: Sendable, Equatable, Codable {
  /// The rule's name.
  public let rule: String
  /// A Boolean value that indicates whether the rule never uses later steps than the one it
  /// changes.
  public let isCausal: Bool
  /// The balance of the rule's changes.
  public let balance: CellBalance
  /// Examples of the changed cells: the first one of each of the first series.
  public let examples: [CellExample]
}

/// An example of a cell before and after a rule.
public struct CellExample: Sendable, Equatable, Codable {
  /// The series.
  public let id: String
  /// The date that names the step.
  public let date: CalendarDate
  /// The hour at which the step begins, or `nil` if steps are not hours.
  public let hour: Int?
  /// The kind of change.
  public let change: CellChange
  /// The content of the cell before the change.
  public let before: CellContent
  /// The content of the cell after the change, or `nil` if it was trimmed or dropped.
  public let after: CellContent?
}

/// An account of every cell of a panel.
///
/// `cellsIn == cellsKept + cellsChanged + cellsSetAside` and `cellsOut == cellsIn -
/// cellsTrimmedOrDropped` always hold. Kept cells are counted, not inferred.
public struct CellBalance: Sendable, Equatable, Codable {
  /// The number of series before.
  public let seriesIn: Int
  /// The number of series with at least one changed cell.
  public let seriesTouched: Int
  /// The number of series after.
  public let seriesOut: Int
  /// The number of cells before: the steps that all series cover, including gaps.
  public let cellsIn: Int
  /// The number of unchanged cells.
  public let cellsKept: Int
  /// The number of cells after.
  public let cellsOut: Int
  /// The sum of the values before, including those of stock-outs.
  public let unitsIn: Double
  /// The sum of the values after.
  public let unitsOut: Double
  /// The changed cells by rule and kind of change, in the order of the rules.
  public let entries: [Entry]

  /// The cells that a rule changed in the same way.
  public struct Entry: Sendable, Equatable, Codable {
    /// The name of the rule.
    public let rule: String
    /// The kind of change.
    public let change: CellChange
    /// The number of cells.
    public let cells: Int
    /// The sum of their values before.
    public let unitsBefore: Double
    /// The sum of their values after; 0 for cells that are gone.
    public let unitsAfter: Double
  }

  /// The number of cells with a different or new value.
  public var cellsChanged: Int { cells { !$0.isSetAside } }

  /// The number of cells that were removed or no longer count in losses and scores.
  public var cellsSetAside: Int { cells(where: \.isSetAside) }

  /// The number of cells that the panel no longer has.
  public var cellsTrimmedOrDropped: Int { cells(where: \.isRemoval) }

  /// Returns the number of cells with the given change by any rule.
  public func cells(_ change: CellChange) -> Int { cells { $0 == change } }

  private func cells(where isWanted: (CellChange) -> Bool) -> Int {
    entries.reduce(0) { $0 + (isWanted($1.change) ? $1.cells : 0) }
  }
}

extension QualityReport: CustomStringConvertible {
  /// The balance of all rules, and a line for each rule with its counts and examples.
  public var description: String {
    (["\(total)"] + rules.map { "\($0)" }).joined(separator: "\n")
  }
}

extension RuleReport: CustomStringConvertible {
  /// The rule, a line for each kind of change, and the examples.
  public var description: String {
    let lines = balance.entries.map { entry in
      "  \(entry.cells.counted("cell")) \(entry.change.text), "
        + "\(entry.unitsBefore.fixed(1)) units before, \(entry.unitsAfter.fixed(1)) after"
    }
    let counts = lines.isEmpty ? "nothing" : "\(balance.seriesTouched) series"
    let title = "\(rule)\(isCausal ? "" : " (looks ahead)"): \(counts)"
    return ([title] + lines + examples.map { "    \($0)" }).joined(separator: "\n")
  }
}

extension CellExample: CustomStringConvertible {
  /// A text such as `tea 2024-02-05: -1.0 → gap`.
  public var description: String {
    "\(id) \(date.text(hour: hour)): \(before) → \(after.map { "\($0)" } ?? change.text)"
  }
}

extension CellBalance: CustomStringConvertible {
  /// The cells before, the changes, and the cells after, in three lines.
  public var description: String {
    let reasons = CellChange.allCases.compactMap { change in
      let count = cells(change)
      return count == 0 ? nil : "\(count) \(change.text)"
    }
    let sums = reasons.isEmpty ? "" : " (\(reasons.joined(separator: ", ")))"
    return """
      in: \(cellsIn.counted("cell")) of \(seriesIn) series, \(unitsIn.fixed(1)) units
      kept \(cellsKept), changed \(cellsChanged), set aside \(cellsSetAside)\(sums)
      out: \(cellsOut.counted("cell")) of \(seriesOut) series, \(unitsOut.fixed(1)) units
      """
  }
}

extension CellChange {
  fileprivate var text: String {
    switch self {
    case .filled: "filled"
    case .altered: "altered"
    case .masked: "masked"
    case .soldOut: "marked as sold out"
    case .trimmed: "trimmed"
    case .dropped: "dropped with their series"
    }
  }
}
