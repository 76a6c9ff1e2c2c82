import SalesTestSupport
import Testing
import TestSupport
import TimeSeries

/// Figures from pandas, with the table of ``AggregationTests``:
///
///     for rule in ("W-MON", "W-SAT", "MS", "QS"):
///         for i in (0, 1, 3):
///             y = table[table.id == i].set_index("ds").y
///             y.resample(rule, label="left", closed="left").sum(min_count=1)
@Suite struct ResamplingTests {
  typealias Row = (frequency: Frequency, start: String, sums: [(index: Int, first: Int, [Double])])

  static let rows: [Row] = [
    (
      .week(), "2024-01-22",
      [
        (0, 0, [13.5, 29, 29, 24, 27, 25, 7]), (1, 0, [6.5, 24, 34, 26, 26, 21, 7]),
        (3, 2, [13.5, 2, 22]),
      ]
    ),
    (
      .week(startingOn: .saturday), "2024-01-20",
      [
        (0, 0, [7, 28, 31, 29, 22, 23, 14.5]), (1, 1, [20.5, 28, 26, 32, 20, 18]),
        (3, 2, [0.5, 9, 22, 6]),
      ]
    ),
    (
      .month, "2024-01-01",
      [(0, 0, [34, 105.5, 15]), (1, 0, [22, 104.5, 18]), (3, 1, [37.5])]
    ),
    (.quarter, "2024-01-01", [(0, 0, [154.5]), (1, 0, [144.5]), (3, 0, [37.5])]),
  ]

  @Test(arguments: rows) func sumsAsPandas(row: Row) throws {
    let coarse = try SampleShop.panel.aggregated(to: row.frequency, keepsPartial: true).panel
    #expect(coarse.calendar.start.description == row.start)
    #expect(coarse.calendar.frequency == row.frequency)
    for (index, first, sums) in row.sums {
      #expect(coarse.series(at: index) == Series(id: "p\(index)", start: first, values: sums))
    }
    // Months by way of days are months by way of nothing.
    if row.frequency == .quarter {
      let months = try SampleShop.panel.aggregated(to: .month, keepsPartial: true).panel
      #expect(
        try months.aggregated(to: .quarter, keepsPartial: true).panel.allSeries == coarse.allSeries)
    }
  }

  @Test func partialStepsAreLeftOut() throws {
    let weeks = try SampleShop.panel.aggregated(to: .week()).panel
    #expect(weeks.calendar.start.description == "2024-01-29")
    #expect(weeks.calendar.count == 5)
    #expect(weeks.series(at: 0) == Series(id: "p0", values: [29, 29, 24, 27, 25]))
    #expect(weeks.series(at: 3) == Series(id: "p3", start: 1, values: [13.5, 2, 22]))
    // Of whole weeks nothing is left out; of less than one week everything is.
    let whole = try SampleShop.panel.slice(4..<39).aggregated(to: .week())
    #expect(whole.panel.allSeries == weeks.allSeries)
    let short = try SampleShop.panel.slice(5..<8).aggregated(to: .week())
    #expect(short.panel.calendar.count == 0)
    let none = try SampleShop.panel.slice(5..<5).aggregated(to: .month)
    #expect(none.panel.calendar.count == 0)
  }

  @Test func oneGapIsEnoughUnderTheStrictRule() throws {
    // Every whole week of a series has a gap; the last one, of two days, has none.
    let weeks = try SampleShop.panel.aggregated(
      to: .week(), rule: .allObserved, keepsPartial: true
    ).panel
    #expect(Array(weeks.series(at: 1).observed).suffix(2) == [false, true])
    #expect(weeks.series(at: 1).value(at: 6) == 7)
  }

  /// Figures from pandas:
  ///
  ///     price = lambda t: np.nan if t == 3 else 2 + t % 9 / 4
  ///     p = pd.Series([price(t) for t in range(3, 55)], pd.date_range("2024-01-28", periods=52))
  ///     p.resample("W-MON", label="left", closed="left").agg(
  ///         ["sum", "mean", "min", "max", "first", "last"])
  @Test(arguments: [
    (Reduction.sum, [nil, 21.75, 22.75, 19.25, 20.25, 21.25, 22.25, 21] as [Double?]),
    (.mean, [nil, 3.107143, 3.25, 2.75, 2.892857, 3.035714, 3.178571, 3]),
    (.minimum, [nil, 2, 2.5, 2, 2, 2, 2, 2.25]),
    (.maximum, [nil, 4, 4, 3.5, 4, 4, 4, 3.75]),
    (.first, [nil, 3, 2.5, 2, 3.75, 3.25, 2.75, 2.25]),
    (.last, [nil, 2.25, 4, 3.5, 3, 2.5, 2, 3.75]),
  ])
  func reducesNumbers(reduction: Reduction, expected: [Double?]) throws {
    let weeks = try SampleShop.panel.aggregated(
      to: .week(), keepsPartial: true, reducing: ["price": reduction]
    ).panel
    // Known up to 2024-03-19, a Tuesday: for the week after that of the last sales, and not for the
    // next.
    let price = try weeks.knownCovariate("price")
    #expect(price.futureSteps == 1)
    let (values, missing) = try price.numberWindow(of: 1, over: 0..<8)
    #expect(missing == expected.map { $0 == nil })
    for (value, expected) in zip(values, expected) { #expect(abs(value - (expected ?? 0)) < 1e-6) }
  }

  @Test func reducesCategoriesAndSaysWhatItDrops() throws {
    let (weeks, dropped) = try SampleShop.panel.aggregated(
      to: .week(), keepsPartial: true, reducing: ["weather": .last, "event": .first])
    #expect(dropped == ["visits", "price", "payday"])
    #expect(weeks.levels == ["category", "store"])
    #expect(weeks.staticCovariates == SampleShop.panel.staticCovariates)
    // Sales are on 2024-02-01 and 02-21; the one on 03-12 is in a week that is not known to its
    // end.
    let event = try weeks.knownCovariate("event")
    #expect(event.futureSteps == 0)
    #expect(try event.codes(of: 4, over: 0..<7) == [0, 1, 0, 0, 1, 0, 0])
    //     w = pd.Series([np.nan if t % 3 == 0 else t % 3 for t in range(41)], days)
    //     w.resample("W-MON", label="left", closed="left").last()
    let weather = try weeks.pastCovariate("weather")
    #expect(try weather.codes(of: 0, over: 0..<7) == [2, 1, 2, 2, 1, 2, 1])
  }

  @Test func whatCannotBeReducedIsAnError() {
    #expect(throws: CovariateError.otherKind(column: "weather", asked: .numeric)) {
      try SampleShop.panel.aggregated(to: .month, reducing: ["weather": .mean])
    }
    #expect(throws: CovariateError.otherRole(column: "weight", asked: .known, found: .static)) {
      try SampleShop.panel.aggregated(to: .month, reducing: ["weight": .mean])
    }
  }

  @Test func stopsAtAFrequencyThatDoesNotHoldTheSteps() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = try SampleShop.panel.aggregated(to: .week()).panel.aggregated(to: .month)
    }
    expectStopped(result, "Panel.aggregated: a week from monday does not lie within one month")
  }
}
