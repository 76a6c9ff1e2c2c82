import ArgumentParser
import Forecasting
import Seasons

/// The sales before a season and, if they are known, those of the season.
struct SeasonSales {
  /// The season, which ends where the sales of a season that is not over end.
  let season: Season
  /// The sales before the season.
  let history: Panel
  /// All sales, if they extend to the end of the season.
  let actual: Panel?
  /// The display names of the series.
  let names: [String: String]
  /// Lines about the history.
  let report: String

  /// Reads sales from a panel file, or prepares a table.
  ///
  /// The history is prepared without the sales of the season, so that rules of cleaning don't see them.
  init(
    _ sources: [String], before season: Season, _ preparation: PreparationOptionGroup,
    categories: [CategoryRules.Category]
  ) throws {
    let all: Panel
    if let file = sources.first(where: PanelFile.isAt) {
      guard sources.count == 1 else {
        throw ValidationError("\(file) is a panel file, which must be the only source.")
      }
      all = try Panel(contentsOf: file)
      let calendar = all.calendar
      let kept = calendar.stepCount(before: season.firstDay)
      guard kept > 0 else { throw SeasonError.noHistory(season.firstDay, start: calendar.start) }
      history = try Self.categorize(all.dropping(last: calendar.count - kept), categories)
    } else {
      all = try preparation.prepare(sources).panel
      guard all.calendar.start < season.firstDay else {
        throw SeasonError.noHistory(season.firstDay, start: all.calendar.start)
      }
      history = try Self.categorize(
        preparation.prepare(sources, until: season.firstDay.advanced(by: -1)).panel, categories)
    }
    names = history.descriptions
    let end = all.calendar.end.advanced(by: -1)
    let isRunning = (season.firstDay..<season.lastDay).contains(end)
    self.season = isRunning ? try Season(from: season.firstDay, to: end) : season
    actual = end >= self.season.lastDay ? all : nil
    report =
      "\(history.seriesCount) series over \(history.calendar.count) steps of "
      + "\(history.calendar.frequency.withArticle), \(history.calendar.label(at: 0)) up to, but not "
      + "including, \(history.calendar.label(at: history.calendar.count))"
      + (isRunning
        ? "\nthe sales end on \(end), within the season, which is forecast and compared up to this day"
        : "")
  }

  private static func categorize(
    _ panel: Panel, _ categories: [CategoryRules.Category]
  ) throws -> Panel {
    guard !categories.isEmpty else { return panel }
    guard panel.role(of: "category") == nil else {
      throw ValidationError("--category is for sales without a column category, but there is one.")
    }
    return try CategoryRules(categories).categorizing(panel)
  }
}
