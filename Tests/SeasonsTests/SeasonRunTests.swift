import Forecasting
import Seasons
import Testing

@Suite struct SeasonRunTests {
  @Test func levelsAddUp() throws {
    let results = try SeasonShop.results()
    #expect(results.levels.map(\.name) == ["Total", "category", "Series"])
    #expect(results.levels.map(\.rows.count) == [1, 3, 9])
    let categories = results.levels[1].rows
    #expect(categories.map(\.id) == ["Christmas", "Bags", "Other"])
    #expect(results.seriesRows.map(\.id) == SeasonShop.items.map(\.id))
    for (rows, member) in [(categories, results.seriesRows), (results.levels[0].rows, categories)] {
      let (sum, parts) = (rows.map(\.forecast).added, member.map(\.forecast).added)
      #expect(abs(sum - parts) < 1e-9 * parts)
      #expect(rows.compactMap(\.lastYear).added == member.compactMap(\.lastYear).added)
      #expect(rows.map(\.recent).added == member.map(\.recent).added)
    }
    // The total of each step is that of the series, and within its interval.
    let steps = results.forecast.total().values
    let quantiles = try #require(results.total.quantiles)
    #expect(results.total.calendar == results.forecast.calendar)
    for (step, value) in steps.enumerated() {
      #expect(abs(value - results.total.values[step]) < 1e-9 * value)
      #expect(quantiles.values[step * 3] <= quantiles.values[step * 3 + 2])
    }
  }

  @Test func growthIsThatOverLastYear() throws {
    let results = try SeasonShop.results()
    for (place, row) in results.seriesRows.enumerated() {
      let lastYear = (96..<104).map { SeasonShop.sales(place, $0) }.added
      let recent = (140..<148).map { SeasonShop.sales(place, $0) }.added
      #expect(row.lastYear == lastYear && row.recent == recent)
      #expect(row.growth == row.forecast / lastYear - 1)
      #expect(row.growthInterval?.lowerBound == row.interval.lowerBound / lastYear - 1)
      #expect(row.rise == row.forecast - recent)
    }
    // Sales grow by a tenth.
    let growth = try #require(results.totalRow.growth)
    #expect(growth > 0.03 && growth < 0.15)
    #expect(results.totalRow.growthInterval!.contains(growth))
    // Christmas items are those to stock up, the largest first.
    let rises = results.largestRises(3).map(\.id)
    #expect(rises == ["Christmas-2", "Christmas-1", "Christmas-0"])
  }

  @Test func seasonCanStartLater() throws {
    let results = try SeasonShop.results(lead: 5)
    #expect((results.span.lead, results.span.count) == (5, 8))
    #expect(results.forecast.calendar.start == SeasonShop.season.firstDay)
    #expect(results.forecast.horizon == 8 && results.total.horizon == 8)
    #expect(results.totalRow.lastYear == (96..<104).map(total).added)
    #expect(results.totalRow.recent == (135..<143).map(total).added)
    #expect(results.levels.allSatisfy { $0.rows.allSatisfy { $0.interval.lowerBound >= 0 } })
  }

  @Test func comparisonWithWhatWasSold() throws {
    let results = try SeasonShop.results()
    let extra = Series(id: "New", values: (0..<156).map { $0 < 150 ? nil : 5 })
    let sales = Panel(
      calendar: SeasonShop.panel.calendar, series: SeasonShop.panel.allSeries.reversed() + [extra])
    let (checked, check) = try results.checked(against: sales)
    #expect(checked.totalRow.actual == (148..<156).map(total).added)
    #expect(checked.seriesRows[4].actual == (148..<156).map { SeasonShop.sales(4, $0) }.added)
    #expect(check.total == (148..<156).map(total))
    #expect(check.newSeriesCount == 1 && check.newSales == 30)
    #expect(
      check.rows.map(\.name) == [results.model, "Last year", "Seasonal naive", "Moving average"])
    // The errors of the forecast, by their definitions.
    var (error, size) = (0.0, 0.0)
    for item in SeasonShop.items.indices {
      for step in 0..<8 {
        let actual = SeasonShop.sales(item, 148 + step)
        error += abs(results.forecast.values[item * 8 + step] - actual)
        size += actual
      }
    }
    #expect(abs(check.rows[0].stepWAPE - error / size) < 1e-12)
    let bias = results.totalRow.forecast / (148..<156).map(total).added - 1
    #expect(abs(check.rows[0].bias - bias) < 1e-12)
    // Last week's sales know of no season.
    #expect(check.rows[0].seriesWAPE < check.rows[3].seriesWAPE / 3)
    #expect(check.rows[0].categoryWAPE! < check.rows[3].categoryWAPE! / 3)
    let coverage = try #require(checked.levels[2].coverage)
    let inside = checked.seriesRows.count { $0.interval.contains($0.actual!) }
    #expect(coverage == Double(inside) / 9)
  }

  @Test func tableHasARowForEachSum() throws {
    let results = try SeasonShop.results()
    let lines = SeasonTable(results).csv().split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == 1 + 13 + 1)
    #expect(
      lines[0]
        == "level,id,last_year,forecast,forecast_q10,forecast_q90,growth,growth_q10,growth_q90,"
        + "recent,actual")
    let fields = lines[2].split(separator: ",", omittingEmptySubsequences: false)
    #expect(fields[0] == "category" && fields[1] == "Christmas" && fields[10] == "")
    #expect(Double(fields[3]) == results.levels[1].rows[0].forecast)
  }

  @Test func withoutColumnsThereAreNoCategories() throws {
    let results = try SeasonShop.results(columns: [])
    #expect(results.levels.map(\.name) == ["Total", "Series"])
    #expect(results.categoryLevels.isEmpty)
    #expect(
      try results.checked(against: SeasonShop.panel).check.rows.allSatisfy {
        $0.categoryWAPE == nil
      })
  }

  private func total(_ week: Int) -> Double {
    SeasonShop.items.indices.map { SeasonShop.sales($0, week) }.added
  }
}

extension [Double] {
  fileprivate var added: Double { reduce(0, +) }
}
