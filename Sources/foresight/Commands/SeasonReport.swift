import Forecasting
import Seasons

/// The forecast of a season, as lines to print.
struct SeasonReport: CustomStringConvertible {
  let results: SeasonResults
  let check: SeasonCheck?
  /// The display names of the series.
  let names: [String: String]

  var description: String {
    ([header, "", table] + (rises.isEmpty ? [] : ["", rises])
      + (check.map { ["", text(of: $0)] } ?? []))
      .joined(separator: "\n")
  }

  private var header: String {
    let unit = results.history.calendar.frequency.unit
    let lead = results.span.lead > 0 ? ", \(results.span.lead.counted(unit)) ahead" : ""
    return
      "season: \(results.season.firstDay) to \(results.season.lastDay), "
      + "\(results.span.count.counted(unit))\(lead); \(results.model), interval of "
      + "\((results.intervalLevels.length * 100).fixed(0)) %"
  }

  private var table: String {
    let known = check != nil
    let header =
      ["", "Last year", "Forecast", "From", "To", "Growth"] + (known ? ["Actual", "Growth"] : [])
    let rows = results.levels.dropLast().flatMap { level in
      level.rows.sorted { $0.forecast > $1.forecast }.map { row in
        [
          row.id, row.lastYear.text, row.forecast.fixed(0), row.interval.lowerBound.fixed(0),
          row.interval.upperBound.fixed(0), row.growth.percent,
        ] + (known ? [row.actual.text, row.actualGrowth.percent] : [])
      }
    }
    return TextTable([header] + rows).description
  }

  private var rises: String {
    let rows = results.largestRises(10).map { row in
      [
        names[row.id].map { "\($0) (\(row.id))" } ?? row.id, row.recent.fixed(0), row.lastYear.text,
        row.forecast.fixed(0), row.interval.upperBound.fixed(0),
      ] + (check == nil ? [] : [row.actual.text])
    }
    guard !rows.isEmpty else { return "" }
    let unit = results.history.calendar.frequency.unit
    let header = [
      "Items to stock up", "Last \(results.span.recent.count.counted(unit))", "Last year",
      "Forecast",
      "Up to",
    ]
    return TextTable([header + (check == nil ? [] : ["Actual"])] + rows).description
  }

  private func text(of check: SeasonCheck) -> String {
    let unit = results.history.calendar.frequency.unit
    let hasCategories = check.rows.contains { $0.categoryWAPE != nil }
    let header =
      ["WAPE", "Series by \(unit)", "Series"] + (hasCategories ? ["Categories"] : []) + ["Bias"]
    let rows = check.rows.map { row in
      [row.name, row.stepWAPE.percent, row.seriesWAPE.percent]
        + (hasCategories ? [row.categoryWAPE.percent] : []) + [row.bias.percent]
    }
    let coverage = results.levels.compactMap { level in
      level.coverage.map { "\(level.name) \(($0 * 100).fixed(0)) %" }
    }
    var lines = [
      TextTable([header] + rows).description, "",
      "within the interval of \((results.intervalLevels.length * 100).fixed(0)) %: "
        + coverage.joined(separator: ", "),
    ]
    if check.newSeriesCount > 0 {
      lines.append(
        "\(check.newSeriesCount) series first sold in the season, \(check.newSales.fixed(0)) in all, are "
          + "not part of it")
    }
    return lines.joined(separator: "\n")
  }
}

extension ClosedRange<Double> {
  fileprivate var length: Double { upperBound - lowerBound }
}

extension Double? {
  /// The number without decimals, or a dash.
  fileprivate var text: String { map { $0.fixed(0) } ?? "–" }
  /// The number as a percentage, or a dash.
  fileprivate var percent: String { map(\.percent) ?? "–" }
}

extension Double {
  /// The number as a percentage.
  fileprivate var percent: String { (self * 100).fixed(1) + " %" }
}
