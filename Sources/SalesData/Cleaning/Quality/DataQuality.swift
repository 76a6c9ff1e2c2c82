import Tensor

/// A description of a panel's contents and of what looks wrong with them. The panel is not changed.
///
/// The properties, a text (`description`), and JSON (by any encoder) provide the same information.
public struct DataQuality: Sendable, Equatable, Codable {
  /// The number of series, N.
  public let seriesCount: Int
  /// The length of a step, such as `day`.
  public let frequency: String
  /// The first days of the calendar's first step and of the step after its last.
  public let start, end: CalendarDate
  /// The hours at which these steps begin; nil unless steps are hours.
  public let startHour, endHour: Int?
  /// The number of steps of the calendar.
  public let stepCount: Int
  /// The number of steps of the shortest series, the median series (the upper of two), and the
  /// longest series. They are 0 if there are no series.
  public let shortest, median, longest: Int

  /// The total number of cells of all series, and the numbers of them in each state.
  public let cells, observed, gaps, stockOuts: Int
  /// The numbers of observed cells that are 0 and below 0.
  public let zeros, negatives: Int
  /// The sum of the observed values.
  public let units: Double

  /// The number of series with a gap.
  public let seriesWithGaps: Int
  /// The number of series with at least two observed values, all of which are equal.
  public let constantSeries: Int
  /// The number of series in each demand class that occurs.
  public let demandClasses: [DemandClass: Int]
  /// The days on which the shop seems to have been closed.
  public let closedDays: ClosedDays
  /// The cells that each of the rules would change if it were applied alone: suspected stock-outs,
  /// outliers, duplicates, and others, with examples.
  public let findings: [RuleReport]

  /// The default rules for the findings.
  public static let rules: [any CleaningRule] = [
    DuplicateSeriesRule(), LeadingZeroRule(), TrailingZeroRule(after: 56), NegativeValueRule(.mask),
    ClosedDayRule(found: ClosedDayFinder()), StockOutRule(), OutlierRule(.interquartile(), .mask),
  ]

  /// Examines a panel.
  ///
  /// - Parameters:
  ///   - rules: The rules for the findings, each of which is applied to the original panel.
  ///   - exampleLimit: The maximum number of examples for each rule.
  /// - Throws: An error from a rule, such as a `CovariateError` if the panel lacks a column.
  public init(
    of panel: Panel, rules: [any CleaningRule] = DataQuality.rules, exampleLimit: Int = 5
  ) throws {
    try self.init(of: panel, rules: rules, exampleLimit: exampleLimit) {}
  }

  /// Examines a panel on several threads and, at the same time, runs a closure on the calling one.
  init(
    of panel: Panel, rules: [any CleaningRule] = DataQuality.rules, exampleLimit: Int = 5,
    meanwhile: () -> Void
  ) throws {
    // The longest tasks come first, so that no thread waits for them at the end.
    let parts = parallelMap(rules.count + 2, meanwhile: meanwhile) { number in
      Result<QualityPart, any Error> {
        switch number {
        case ..<rules.count:
          let rule = rules[rules.count - 1 - number]
          return .findings(try Self.findings(of: rule, in: panel, exampleLimit))
        case rules.count: return .closedDays(ClosedDayFinder().find(in: panel))
        default: return .counts(CellCounts(panel))
        }
      }
    }
    var findings: [RuleReport] = []
    var closed = ClosedDays()
    var counts = CellCounts()
    for part in parts.reversed() {
      switch try part.get() {
      case .findings(let reports): findings += reports
      case .closedDays(let days): closed = days
      case .counts(let numbers): counts = numbers
      }
    }
    self.findings = findings
    closedDays = closed
    seriesCount = panel.seriesCount
    frequency = "\(panel.calendar.frequency)"
    start = panel.calendar.start
    end = panel.calendar.end
    stepCount = panel.calendar.count
    (startHour, endHour) = (panel.calendar.hour(at: 0), panel.calendar.hour(at: stepCount))
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

  /// Returns a report on the cells that a rule would change.
  private static func findings(
    of rule: any CleaningRule, in panel: Panel, _ exampleLimit: Int
  ) throws -> [RuleReport] {
    var pipeline = CleaningPipeline([rule])
    pipeline.exampleLimit = exampleLimit
    return try pipeline.clean(panel).report.rules
  }

  /// The share of observed cells that are 0, or 0 if nothing is observed.
  public var zeroShare: Double { observed == 0 ? 0 : Double(zeros) / Double(observed) }
}

/// A part of the description of a panel.
private enum QualityPart {
  case findings([RuleReport])
  case closedDays(ClosedDays)
  case counts(CellCounts)
}

/// Counts of cells, accumulated over the series.
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

  init() {}

  init(_ panel: Panel) {
    panel.forEachSeries { series in
      add(series)
      classes[DemandClass(of: series.values, series.states), default: 0] += 1
    }
  }

  private mutating func add(_ series: SeriesCells) {
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
  /// The extent of the panel, its cells, its series, its closed days, and the findings, with a line
  /// for each.
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
      "\(seriesCount) series over \(stepCount.counted("step")) of \(frequency.withArticle), "
        + "\(start.text(hour: startHour)) up to, but not including, \(end.text(hour: endHour))",
      "steps per series: at least \(shortest), median \(median), at most \(longest)",
      "\(cells.counted("cell")): \(observed) observed, \(gaps.counted("gap")), "
        + "\(stockOuts.counted("stock-out"))",
      "observed cells: \(zeros) \(zeros == 1 ? "is" : "are") 0 (\((zeroShare * 100).fixed(1)) %), "
        + "\(negatives) below 0; \(units.fixed(1)) units",
      "series: \(seriesWithGaps) with gaps, \(constantSeries) constant"
        + classes.map { ", \($0)" }.joined(),
      "closed: \(closed.isEmpty ? "apparently never" : closed.joined(separator: ", "))",
      "cells that rules would change:",
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
