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
    try self.init(of: panel, rules: rules, exampleLimit: exampleLimit) {}
  }

  /// Looks through a panel, and does something else that does not change it meanwhile: all parts are
  /// done on several threads at once.
  init(
    of panel: Panel, rules: [any CleaningRule] = DataQuality.rules, exampleLimit: Int = 5,
    meanwhile: () -> Void
  ) throws {
    var findings = [Result<[RuleReport], any Error>](repeating: .success([]), count: rules.count)
    var closed = ClosedDays(weekdays: [], dates: [], annualDays: [], steps: [])
    var counts = CellCounts()
    findings.withUnsafeMutableBufferPointer { findings in
      let places = findings
      // What takes longest comes first, so that no thread waits for it in the end.
      parallelFor(rules.count + 3) { part in
        switch part {
        case 0: meanwhile()
        case 1...rules.count:
          let place = rules.count - part
          places[place] = Result { try Self.findings(of: rules[place], in: panel, exampleLimit) }
        case rules.count + 1: closed = ClosedDayFinder().find(in: panel)
        default: counts.add(panel)
        }
      }
    }
    self.findings = try findings.flatMap { try $0.get() }
    closedDays = closed
    seriesCount = panel.seriesCount
    frequency = "\(panel.calendar.frequency)"
    start = panel.calendar.start
    end = panel.calendar.end
    stepCount = panel.calendar.count
    let lengths = panel.ids.indices.map { panel.steps(at: $0).count }.sorted()
    shortest = lengths.first ?? 0
    median = lengths.isEmpty ? 0 : lengths[lengths.count / 2]
    longest = lengths.last ?? 0

    demandClasses = counts.classes
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

  /// What a rule would touch.
  private static func findings(
    of rule: any CleaningRule, in panel: Panel, _ exampleLimit: Int
  ) throws -> [RuleReport] {
    var pipeline = CleaningPipeline([rule])
    pipeline.exampleLimit = exampleLimit
    return try pipeline.clean(panel).report.rules
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
  var classes: [DemandClass: Int] = [:]

  mutating func add(_ panel: Panel) {
    for index in panel.ids.indices {
      let series = panel.series(at: index)
      add(series)
      classes[DemandClass(of: series), default: 0] += 1
    }
  }

  private mutating func add(_ series: Series) {
    let (observedBefore, gapsBefore) = (observed, gaps)
    var (least, greatest) = (Double.infinity, -Double.infinity)
    for cell in series.states.indices {
      switch series.states[cell] {
      case .gap: gaps += 1
      case .stockOut: break
      case .observed:
        let value = series.values[cell]
        observed += 1
        zeros += value == 0 ? 1 : 0
        negatives += value < 0 ? 1 : 0
        units += value
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
      closedDays.weekdays.map { "every \($0)" } + closedDays.annualDays.map { "\($0) each year" }
      + closedDays.dates.prefix(12).map(\.description)
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
      "of those observed \(zeros) \(zeros == 1 ? "is" : "are") 0 (\((zeroShare * 100).fixed(1)) %), \(negatives) below; "
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
