import Forecasts

/// The events that a page marks: holidays, promotions, and sold-out items.
struct ReportEvents {
  private let page: ReportPage
  private let panel: Panel

  init(of page: ReportPage) {
    self.page = page
    panel = page.panel
  }

  /// Returns the events of the history and of the forecast steps, in chronological order.
  func events(forecastSteps: Int) throws(CovariateError) -> [ReportDocument.Event] {
    let count = panel.calendar.count + forecastSteps
    let events = holidays(count) + (try columns(count)) + stockOuts
    return events.enumerated().sorted {
      ($0.element.step, $0.offset) < ($1.element.step, $1.offset)
    }
    .map(\.element)
  }

  private func holidays(_ count: Int) -> [ReportDocument.Event] {
    let calendar = panel.calendar.slice(0..<count)
    let years = calendar.date(at: 0).year...calendar.date(at: count - 1).year
    var found: Set<[String]> = []
    var events: [ReportDocument.Event] = []
    for source in page.holidays {
      for year in years {
        // Years that a calendar doesn't know have no marks.
        for holiday in (try? source.holidays(in: year)) ?? [] {
          guard let step = calendar.step(of: holiday.date),
            found.insert([holiday.name, "\(step)"]).inserted
          else { continue }
          events.append(
            ReportDocument.Event(step: step, kind: "holiday", name: holiday.name, count: nil))
        }
      }
    }
    return events
  }

  /// Returns the events of shared columns of categories, and the promotions of numeric columns.
  private func columns(_ count: Int) throws(CovariateError) -> [ReportDocument.Event] {
    var events: [ReportDocument.Event] = []
    var promoted = [Int](repeating: 0, count: count)
    for column in panel.knownCovariates {
      if column.isShared, let vocabulary = column.vocabulary {
        let codes = try column.codes(of: 0, over: 0..<min(count, column.end))
        for (step, code) in codes.enumerated() {
          if let name = vocabulary.name(of: code), !Self.nothing.contains(name.lowercased()) {
            events.append(
              ReportDocument.Event(step: step, kind: "holiday", name: name, count: nil))
          }
        }
      } else if column.kind == .numeric, Self.isPromotion(column.name) {
        for index in panel.ids.indices {
          let window = try column.numberWindow(of: index, over: 0..<min(count, column.end))
          for (step, value) in window.values.enumerated() where value > 0 { promoted[step] += 1 }
        }
      }
    }
    for (step, count) in promoted.enumerated() where count > 0 {
      events.append(ReportDocument.Event(step: step, kind: "promotion", name: nil, count: count))
    }
    return events
  }

  private var stockOuts: [ReportDocument.Event] {
    var counts = [Int](repeating: 0, count: panel.calendar.count)
    for index in panel.ids.indices {
      let series = panel.series(at: index)
      for step in series.steps where series.state(at: step) == .stockOut { counts[step] += 1 }
    }
    return counts.enumerated().filter { $0.element > 0 }.map { step, count in
      ReportDocument.Event(step: step, kind: "stockOut", name: nil, count: count)
    }
  }

  /// Names of categories that stand for no event.
  private static let nothing: Set = ["", "none", "no", "0", "nan", "null"]

  private static func isPromotion(_ name: String) -> Bool {
    let name = name.lowercased()
    return ["promo", "discount", "markdown", "campaign", "促销", "折扣"].contains { name.contains($0) }
  }
}
