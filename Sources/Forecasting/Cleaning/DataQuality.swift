import Tensor

/// What is in a panel as it came, and what looks wrong with it. Nothing is changed.
///
/// A value to be asked, a text (its description), and JSON (by any encoder: it is `Codable`).
public struct DataQuality: Sendable, Equatable, Codable {
  /// The number of series, N.
  public let seriesCount: Int
  /// The length of a step, such as `day`.
  public let frequency: String
  /// The first days of the calendar's first step and of the step after its last.
  public let start, end: CalendarDate
  /// The number of steps of the calendar.
  public let stepCount: Int
  /// The steps that series cover: those of the shortest one, the median one (the upper of two) and
  /// the longest one; zeros where there is no series.
  public let shortest, median, longest: Int

  /// The steps that all series cover together, and what is known of them.
  public let cells, observed, gaps, stockOuts: Int
  /// The observed cells that are 0, and those below 0.
  public let zeros, negatives: Int
  /// The sum of what is observed.
  public let units: Double

  /// The series with a gap among their steps.
  public let seriesWithGaps: Int
  /// The series with two observed values at least, all of which are the same.
  public let constantSeries: Int
  /// The number of series of each class of demand, without classes of none.
  public let demandClasses: [DemandClass: Int]
  /// The days on which the shop seems to have been closed.
  public let closedDays: ClosedDays
  /// What each of ``rules`` would touch if it alone were applied: suspected stock-outs, outliers,
  /// duplicates and the rest, with examples.
  public let findings: [RuleReport]

  /// The rules whose findings are given unless others are asked for.
  public static let rules: [any CleaningRule] = [
    DuplicateSeriesRule(), LeadingZeroRule(), TrailingZeroRule(after: 56), NegativeValueRule(.mask),
    ClosedDayRule(found: ClosedDayFinder()), StockOutRule(), OutlierRule(.interquartile(), .mask),
  ]

  /// Looks through a panel.
  ///
  /// - Parameters:
  ///   - rules: The rules whose findings are given, each of the untouched panel.
  ///   - exampleLimit: The most examples of each.
  /// - Throws: What a rule throws, such as a `CovariateError` where the panel lacks a column.
  public init(
    of panel: Panel, rules: [any CleaningRule] = DataQuality.rules, exampleLimit: Int = 5
  ) throws {
    findings = try Self.findings(of: rules, in: panel, exampleLimit)
    closedDays = ClosedDayFinder().find(in: panel)
    seriesCount = panel.seriesCount
    frequency = "\(panel.calendar.frequency)"
    start = panel.calendar.start
    end = panel.calendar.end
    stepCount = panel.calendar.count
    let lengths = panel.ids.indices.map { panel.steps(at: $0).count }.sorted()
    shortest = lengths.first ?? 0
    median = lengths.isEmpty ? 0 : lengths[lengths.count / 2]
    longest = lengths.last ?? 0

    var counts = CellCounts()
    var classes: [DemandClass: Int] = [:]
    for index in panel.ids.indices {
      let series = panel.series(at: index)
      counts.add(series)
      classes[DemandClass(of: series), default: 0] += 1
    }
    demandClasses = classes
    cells = counts.cells
    observed = counts.observed
    gaps = counts.gaps
    stockOuts = counts.cells - counts.observed - counts.gaps
    zeros = counts.zeros
    negatives = counts.negatives
    units = counts.units
    seriesWithGaps = counts.seriesWithGaps
    constantSeries = counts.constantSeries
  }

  /// What each rule would touch; the rules are tried on several threads at once.
  private static func findings(
    of rules: [any CleaningRule], in panel: Panel, _ exampleLimit: Int
  ) throws -> [RuleReport] {
    var findings = [Result<[RuleReport], any Error>](repeating: .success([]), count: rules.count)
    findings.withUnsafeMutableBufferPointer { findings in
      let places = findings
      parallelFor(rules.count) { place in
        var pipeline = CleaningPipeline([rules[place]])
        pipeline.exampleLimit = exampleLimit
        places[place] = Result { try pipeline.clean(panel).report.rules }
      }
    }
    return try findings.flatMap { try $0.get() }
  }

  /// The share of observed cells that are 0; 0 where nothing is observed.
  public var zeroShare: Double { observed == 0 ? 0 : Double(zeros) / Double(observed) }
}

/// Counts of cells, series after series.
private struct CellCounts {
  var cells = 0
  var observed = 0
  var gaps = 0
  var zeros = 0
  var negatives = 0
  var units = 0.0
  var seriesWithGaps = 0
  var constantSeries = 0

  mutating func add(_ series: Series) {
    let (observedBefore, gapsBefore) = (observed, gaps)
    var (least, greatest) = (Float.infinity, -Float.infinity)
    for cell in series.states.indices {
      switch series.states[cell] {
      case .gap: gaps += 1
      case .stockOut: break
      case .observed:
        let value = series.values[cell]
        observed += 1
        zeros += value == 0 ? 1 : 0
        negatives += value < 0 ? 1 : 0
        units += Double(value)
        least = min(least, value)
        greatest = max(greatest, value)
      }
    }
    cells += series.states.count
    if gaps > gapsBefore { seriesWithGaps += 1 }
    if observed > observedBefore + 1, least == greatest { constantSeries += 1 }
  }
}

extension DataQuality: CustomStringConvertible {
  /// The panel's extent, its cells, its series, its closed days and the findings, a line each.
  public var description: String {
    let classes = DemandClass.allCases.compactMap { name in
      demandClasses[name].map { "\($0) \(name.text)" }
    }
    let closed =
      closedDays.weekdays.map { "every \($0)" } + closedDays.dates.prefix(12).map(\.description)
      + (closedDays.dates.count > 12 ? ["\(closedDays.dates.count - 12) more"] : [])
    let findings = self.findings.map { finding in
      let cells = finding.balance.cellsIn - finding.balance.cellsKept
      return
        "  \(finding.rule): \(cells.counted("cell")) of \(finding.balance.seriesTouched) series"
    }
    let lines = [
      "\(seriesCount) series over \(stepCount.counted("step")) of a \(frequency), \(start) until "
        + "before \(end)",
      "steps a series: \(shortest) at least, median \(median), \(longest) at most",
      "\(cells.counted("cell")): \(observed) observed, \(gaps.counted("gap")), "
        + "\(stockOuts.counted("stock-out"))",
      "of those observed \(zeros) are 0 (\((zeroShare * 100).fixed(1)) %), \(negatives) below; "
        + "\(units.fixed(1)) units",
      "series: \(seriesWithGaps) with gaps, \(constantSeries) constant"
        + classes.map { ", \($0)" }.joined(),
      "closed: \(closed.isEmpty ? "never, it seems" : closed.joined(separator: ", "))",
      "what rules would touch:",
    ]
    return (lines + findings).joined(separator: "\n")
  }
}

extension DemandClass {
  fileprivate var text: String {
    switch self {
    case .smooth, .erratic, .intermittent, .lumpy: rawValue
    case .noSales: "without a sale"
    case .notObserved: "without an observed value"
    }
  }
}
