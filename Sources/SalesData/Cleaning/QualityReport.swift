/// What a ``CleaningPipeline`` did to a panel: in all, and rule by rule.
///
/// A value to be asked, a text (its description), and JSON (by any encoder: it is `Codable`).
public struct QualityReport: Sendable, Equatable, Codable {
  /// From the first panel to the last. A cell that several rules touched is counted once, under the
  /// last of them; one that has come back to what it was is kept.
  public let total: CellBalance
  /// What each rule did to the panel that the one before it gave, in the order of application.
  public let rules: [RuleReport]
}

/// What one rule did to a panel.
public struct RuleReport: Sendable, Equatable, Codable {
  /// The rule's name.
  public let rule: String
  /// Whether the rule looks at no later step than that which it mends.
  public let isCausal: Bool
  /// What became of the cells.
  public let balance: CellBalance
  /// A few of the touched cells: the first one of each of the first series.
  public let examples: [CellExample]
}

/// A cell before and after a rule.
public struct CellExample: Sendable, Equatable, Codable {
  /// The series.
  public let id: String
  /// The first day of the step.
  public let date: CalendarDate
  /// What was done.
  public let change: CellChange
  /// What the cell held.
  public let before: CellContent
  /// What it holds now; nil where it was trimmed or dropped.
  public let after: CellContent?
}

/// What became of every cell of a panel.
///
/// `cellsIn == cellsKept + cellsChanged + cellsSetAside` and
/// `cellsOut == cellsIn - cellsTrimmedOrDropped` always hold: kept cells are counted, not inferred.
public struct CellBalance: Sendable, Equatable, Codable {
  /// The series before.
  public let seriesIn: Int
  /// The series with at least one cell that is not as it was.
  public let seriesTouched: Int
  /// The series after.
  public let seriesOut: Int
  /// The cells before: the steps that all series covered, gaps too.
  public let cellsIn: Int
  /// The cells that are as they were.
  public let cellsKept: Int
  /// The cells after.
  public let cellsOut: Int
  /// The sum of the values before, those of stock-outs too.
  public let unitsIn: Double
  /// The sum of the values after.
  public let unitsOut: Double
  /// The cells that are not as they were, by rule and by what was done, in the order of the rules.
  public let entries: [Entry]

  /// The cells to which one rule did one thing.
  public struct Entry: Sendable, Equatable, Codable {
    /// The rule's name: the reason.
    public let rule: String
    /// What was done.
    public let change: CellChange
    /// The number of cells.
    public let cells: Int
    /// The sum of their values before.
    public let unitsBefore: Double
    /// The sum of their values after; 0 for cells that are gone.
    public let unitsAfter: Double
  }

  /// The cells whose value is another, or new.
  public var cellsChanged: Int { cells { !$0.isSetAside } }

  /// The cells that are gone, or that count in no loss and no score any more.
  public var cellsSetAside: Int { cells(where: \.isSetAside) }

  /// The cells that the panel has no more.
  public var cellsTrimmedOrDropped: Int { cells(where: \.isRemoval) }

  /// The cells to which one thing was done, by whatever rule.
  public func cells(_ change: CellChange) -> Int { cells { $0 == change } }

  private func cells(where isWanted: (CellChange) -> Bool) -> Int {
    entries.reduce(0) { $0 + (isWanted($1.change) ? $1.cells : 0) }
  }
}

extension QualityReport: CustomStringConvertible {
  /// The balance of all rules, then each rule with its counts and examples, a line each.
  public var description: String {
    (["\(total)"] + rules.map { "\($0)" }).joined(separator: "\n")
  }
}

extension RuleReport: CustomStringConvertible {
  /// The rule, then a line for each thing that it did, then its examples.
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
  /// Such as `tea 2024-02-05: -1.0 → gap`.
  public var description: String {
    "\(id) \(date): \(before) → \(after.map { "\($0)" } ?? change.text)"
  }
}

extension CellBalance: CustomStringConvertible {
  /// What came in, and what became of it, in three lines.
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
