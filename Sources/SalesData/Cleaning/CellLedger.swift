/// The bookkeeping of a cleaning pipeline. It compares each panel with the previous one and records
/// the last rule that changed each cell of the original panel.
struct CellLedger {
  private let original: Panel
  /// The index in ``lastRules`` of the first cell of each series of the original panel.
  private let offsets: [Int]
  /// The index of the last rule that changed each cell of the original panel. It is empty if there
  /// is a single rule, which changed all of them.
  private var lastRules: [UInt16]
  /// The index in the original panel of each series of the current panel.
  private var places: [Int]
  private var recorded = 0

  init(of panel: Panel, ruleCount: Int) {
    guard ruleCount <= Int(UInt16.max) else {
      fatalError("CleaningPipeline: expected at most \(UInt16.max) rules, got \(ruleCount)")
    }
    original = panel
    var offsets: [Int] = []
    var count = 0
    for index in panel.ids.indices {
      offsets.append(count)
      count += panel.steps(at: index).count
    }
    self.offsets = offsets
    lastRules = Array(repeating: 0, count: ruleCount > 1 ? count : 0)
    places = Array(panel.ids.indices)
  }

  /// Records a rule and returns a report on its changes to the previous panel.
  mutating func record(
    _ rule: any CleaningRule, from before: Panel, to after: Panel, exampleLimit: Int
  ) -> RuleReport {
    let matches = matches(of: before, in: after, rule.name)
    let number = UInt16(recorded)
    var sums = BalanceSums(ruleCount: 1)
    var examples: [CellExample] = []
    for (index, match) in matches.enumerated() {
      let place = places[index]
      let first = offsets[place] - original.steps(at: place).lowerBound
      var example: TouchedCell?
      let kept = Self.compare(before, index, with: after, match, rule.name) { touched in
        if !lastRules.isEmpty { lastRules[first + touched.step] = number }
        sums.add(touched, rule: 0)
        if example == nil { example = touched }
      }
      sums.close(cells: before.steps(at: index).count, kept: kept)
      if let example, examples.count < exampleLimit {
        examples.append(example.example(id: before.ids[index], calendar: before.calendar))
      }
    }
    places = zip(places, matches).compactMap { $1 == nil ? nil : $0 }
    recorded += 1
    return RuleReport(
      rule: rule.name, isCausal: rule.isCausal,
      balance: sums.balance(rules: [rule.name], from: before, to: after), examples: examples)
  }

  /// Returns the balance of all rules' changes to the original panel.
  func total(of final: Panel, rules: [String]) -> CellBalance {
    var finalPlaces = [Int?](repeating: nil, count: original.seriesCount)
    for (place, index) in zip(places, final.ids.indices) { finalPlaces[place] = index }
    var sums = BalanceSums(ruleCount: rules.count)
    for (place, match) in finalPlaces.enumerated() {
      let steps = original.steps(at: place)
      let first = offsets[place] - steps.lowerBound
      let kept = Self.compare(original, place, with: final, match, "CleaningPipeline") { touched in
        sums.add(touched, rule: lastRules.isEmpty ? 0 : Int(lastRules[first + touched.step]))
      }
      sums.close(cells: steps.count, kept: kept)
    }
    return sums.balance(rules: rules, from: original, to: final)
  }

  /// Returns the index of each series in the panel that a rule returned, or `nil` if it was left
  /// out.
  private func matches(of before: Panel, in after: Panel, _ rule: String) -> [Int?] {
    guard after.calendar == before.calendar else {
      fatalError("CleaningRule \(rule.debugDescription): expected the same calendar")
    }
    var next = 0
    let matches: [Int?] = before.ids.map { id in
      guard next < after.seriesCount, after.ids[next] == id else { return nil }
      next += 1
      return next - 1
    }
    guard next == after.seriesCount else {
      fatalError(
        "CleaningRule \(rule.debugDescription): expected series of the panel in its order, got "
          + after.ids[next].debugDescription)
    }
    return matches
  }

  /// Visits the changed cells of a series and returns the number of unchanged ones.
  ///
  /// These methods are static because `visit` writes to the ledger. An instance method would hold a
  /// copy of it, so each series would copy ``lastRules``.
  ///
  /// - Parameter match: The index of the series in the new panel, or nil if it was dropped.
  private static func compare(
    _ before: Panel, _ index: Int, with after: Panel, _ match: Int?, _ rule: String,
    _ visit: (TouchedCell) -> Void
  ) -> Int {
    let old = before.steps(at: index)
    guard let match else {
      visitRemoved(old, of: before, index, .dropped, visit)
      return 0
    }
    let new = after.steps(at: match)
    guard new.isEmpty || new.clamped(to: old) == new else {
      fatalError(
        "CleaningRule \(rule.debugDescription): expected series \(after.ids[match].debugDescription) "
          + "within its steps \(old), got \(new)")
    }
    let shared = new.isEmpty ? old.upperBound..<old.upperBound : new
    visitRemoved(old.lowerBound..<shared.lowerBound, of: before, index, .trimmed, visit)
    let first = before.cells(at: index).lowerBound + shared.lowerBound - old.lowerBound
    let kept = compareCells(
      before, first..<first + shared.count, after, after.cells(at: match), from: shared.lowerBound,
      visit)
    visitRemoved(shared.upperBound..<old.upperBound, of: before, index, .trimmed, visit)
    return kept
  }

  /// Visits the cells that are not as they were among those of some steps, and counts the others.
  private static func compareCells(
    _ before: Panel, _ old: Range<Int>, _ after: Panel, _ new: Range<Int>, from step: Int,
    _ visit: (TouchedCell) -> Void
  ) -> Int {
    var kept = old.count
    before.forEachDifference(old, from: after, new) { cell in
      let contents = (
        before: before.content(of: old.lowerBound + cell),
        after: after.content(of: new.lowerBound + cell)
      )
      guard let change = CellChange(from: contents.before, to: contents.after) else { return }
      kept -= 1
      visit(
        TouchedCell(
          step: step + cell, change: change, before: contents.before, after: contents.after))
    }
    return kept
  }

  /// Visits the cells of steps that a series no longer covers.
  private static func visitRemoved(
    _ steps: Range<Int>, of panel: Panel, _ index: Int, _ change: CellChange,
    _ visit: (TouchedCell) -> Void
  ) {
    if steps.isEmpty { return }
    let first = panel.cells(at: index).lowerBound - panel.steps(at: index).lowerBound
    for step in steps {
      visit(
        TouchedCell(
          step: step, change: change, before: panel.content(of: first + step), after: nil))
    }
  }
}

/// A changed cell.
private struct TouchedCell {
  let step: Int
  let change: CellChange
  let before: CellContent
  let after: CellContent?

  func example(id: String, calendar: RegularCalendar) -> CellExample {
    CellExample(
      id: id, date: calendar.labelDate(at: step), hour: calendar.hour(at: step), change: change,
      before: before, after: after)
  }
}

/// The sums of a balance, accumulated over the series.
private struct BalanceSums {
  private struct Tally {
    var cells = 0
    var unitsBefore = 0.0
    var unitsAfter = 0.0
  }

  /// The tallies by rule and then by change.
  private var tallies: [Tally]
  private var kept = 0
  private var cellsIn = 0
  private var touched = 0
  private var seriesTouched = 0
  private var touchedBefore = 0

  init(ruleCount: Int) {
    tallies = Array(repeating: Tally(), count: ruleCount * CellChange.allCases.count)
  }

  mutating func add(_ cell: TouchedCell, rule: Int) {
    let place = rule * CellChange.allCases.count + cell.change.place
    tallies[place].cells += 1
    tallies[place].unitsBefore += cell.before.units
    tallies[place].unitsAfter += cell.after?.units ?? 0
    touched += 1
  }

  /// Ends a series with the given numbers of cells and of unchanged cells.
  mutating func close(cells: Int, kept: Int) {
    self.kept += kept
    cellsIn += cells
    if touched > touchedBefore { seriesTouched += 1 }
    touchedBefore = touched
  }

  func balance(rules: [String], from before: Panel, to after: Panel) -> CellBalance {
    var entries: [CellBalance.Entry] = []
    for (rule, name) in rules.enumerated() {
      for change in CellChange.allCases {
        let tally = tallies[rule * CellChange.allCases.count + change.place]
        guard tally.cells > 0 else { continue }
        entries.append(
          CellBalance.Entry(
            rule: name, change: change, cells: tally.cells, unitsBefore: tally.unitsBefore,
            unitsAfter: tally.unitsAfter))
      }
    }
    return CellBalance(
      seriesIn: before.seriesCount, seriesTouched: seriesTouched, seriesOut: after.seriesCount,
      cellsIn: cellsIn, cellsKept: kept, cellsOut: after.visibleCellCount,
      unitsIn: before.visibleUnits, unitsOut: after.visibleUnits, entries: entries)
  }
}

extension Panel {
  fileprivate func content(of cell: Int) -> CellContent {
    CellContent(values[cell], states[cell])
  }

  fileprivate var visibleCellCount: Int { ids.indices.reduce(0) { $0 + steps(at: $1).count } }

  fileprivate var visibleUnits: Double {
    ids.indices.reduce(0) { $0 + values.sum(cells(at: $1)) }
  }
}
