import Forecasts

/// Reasons why past forecasts of a series had small or large errors.
///
/// They are observations about the series, not proofs: a page shows them as hints.
struct ReportReasons {
  private let panel: Panel
  /// The steps of the past windows.
  private let steps: [Int]
  private let fallbacks: Set<String>

  init(_ page: ReportPage) {
    panel = page.panel
    let first = page.panel.calendar.firstNumber
    steps = Set(
      page.windows.flatMap { window in
        let start = window.forecast.calendar.firstNumber - first
        return start..<start + window.forecast.horizon
      }
    ).sorted()
    fallbacks = Set(page.windows.flatMap { $0.forecast.fallbacks.keys })
  }

  /// Returns the reasons of a series as keys of the page's texts.
  func keys(of index: Int) -> [String] {
    guard let start = steps.first else { return [] }
    let series = panel.series(at: index)
    var keys: [String] = []
    switch DemandClass(of: series) {
    case .smooth: keys.append("smooth")
    case .erratic: keys.append("erratic")
    case .intermittent: keys.append("intermittent")
    case .lumpy: keys.append("lumpy")
    case .noSales, .notObserved: keys.append("noSales")
    }
    if fallbacks.contains(series.id) { keys.append("fallback") }
    let season = panel.calendar.frequency.seasonLength
    if start - series.steps.lowerBound < 4 * season { keys.append("short") }
    if steps.contains(where: { series.state(at: $0) == .stockOut }) { keys.append("stockOut") }
    let actual = steps.compactMap { series.value(at: $0) }
    // Two seasons before the windows show the level that a model knew.
    let before = (max(0, start - max(2 * season, steps.count))..<start).compactMap {
      series.value(at: $0)
    }
    if let level = actual.mean, let known = before.mean {
      if level > 1.5 * known { keys.append("levelUp") }
      if level < known / 1.5 { keys.append("levelDown") }
    }
    if let highest = actual.max(), let known = before.max(), highest > 2 * known, known > 0 {
      keys.append("spike")
    }
    return keys
  }
}

extension [Double] {
  /// The mean, or nil without numbers.
  fileprivate var mean: Double? { isEmpty ? nil : reduce(0, +) / Double(count) }
}
