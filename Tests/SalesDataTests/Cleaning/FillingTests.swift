import SalesData
import Testing
import TestSupport

@Suite struct FillingTests {
  private static let start = CalendarDate(year: 2024, month: 1, day: 1)!

  /// What filling makes of the series of a panel.
  private func filled(
    _ filling: MissingValueRule.Filling, _ series: Series, count: Int = 40
  ) -> [Double?] {
    let panel = Panel(
      calendar: RegularCalendar(start: Self.start, count: count), series: [series])
    let result = MissingValueRule(filling).cleaned(panel).series(at: 0)
    #expect(result.steps == series.steps)
    return result.steps.map(result.value(at:))
  }

  private static let gappy = Series(
    id: "a", start: 2, values: [nil, 3, nil, nil, 9, nil, 5, nil, nil, nil, 1, nil])

  /// Figures from pandas:
  ///
  ///     g = pd.Series([nan, 3, nan, nan, 9, nan, 5, nan, nan, nan, 1, nan])
  ///     g.ffill(); g.ffill(limit=2); g.interpolate(limit_area="inside")
  @Test func fillsAsPandas() {
    #expect(filled(.forward(), Self.gappy) == [nil, 3, 3, 3, 9, 9, 5, 5, 5, 5, 1, 1])
    #expect(filled(.forward(limit: 2), Self.gappy) == [nil, 3, 3, 3, 9, 9, 5, 5, 5, nil, 1, 1])
    #expect(filled(.linear(), Self.gappy) == [nil, 3, 5, 7, 9, 7, 5, 4, 3, 2, 1, nil])
  }

  @Test func leavesWhatIsTooLong() {
    #expect(
      filled(.linear(limit: 2), Self.gappy) == [nil, 3, 5, 7, 9, 7, 5, nil, nil, nil, 1, nil])
    #expect(filled(.leave, Self.gappy) == Self.gappy.steps.map(Self.gappy.value(at:)))
    #expect(filled(.zero, Self.gappy) == [0, 3, 0, 0, 9, 0, 5, 0, 0, 0, 1, 0])
  }

  @Test func stockOutsAreNoGaps() {
    let series = Series(
      id: "a", values: [2, 7, 0, 0, 6], states: [.observed, .stockOut, .gap, .stockOut, .observed])
    #expect(filled(.zero, series) == [2, nil, 0, nil, 6])
    #expect(filled(.forward(), series) == [2, nil, 2, nil, 6])
    #expect(filled(.linear(), series) == [2, nil, 4, nil, 6])
  }

  /// Figures from pandas:
  ///
  ///     f = pd.Series([nan if u in (9, 10, 18, 30) else 10 + 2 * (u % 7) + u / 10
  ///                    for u in range(35)])
  ///     s = np.array([f[f.index % 7 == p].median() - f.median() for p in range(7)])
  ///     (f - s[f.index % 7]).interpolate(limit_area="inside") + s[f.index % 7]
  @Test func seasonalInterpolationKeepsTheSeason() {
    let values: [Double?] = (0..<35).map { step -> Double? in
      if [9, 10, 18, 30].contains(step) { return nil }
      return Double(10 + 2 * (step % 7)) + Double(step) / 10
    }
    for filling in [MissingValueRule.Filling.seasonal(), .seasonal(length: 7, limit: 2)] {
      let result = filled(filling, Series(id: "a", values: values))
      for (step, expected) in [(9, 14.9), (10, 17.35), (18, 19.625), (30, 16.825)]
        as [(Int, Double)]
      {
        #expect(abs(result[step]! - expected) < 1e-5)
      }
    }
    // The gap of two is too long for this limit.
    let limited = filled(.seasonal(limit: 1), Series(id: "a", values: values))
    #expect(limited[9] == nil && limited[10] == nil && limited[18] != nil)
  }

  /// Two values of a place say nothing of it: what is filled is the deseasonalised level of 3, from
  /// which the third one would tell a component of −1.
  @Test func placesOfFewValuesHaveNoComponent() {
    let values: [Double?] = (0..<28).map { $0 == 9 ? nil : Double($0 % 7) }
    let three = Series(id: "a", values: Array(values[..<21]))
    #expect(filled(.seasonal(), three)[9] == 3)
    #expect(filled(.seasonal(), Series(id: "a", values: values))[9] == 2)
  }

  /// Mondays alone sell, and one Monday is a gap between two low ones: the line and the season
  /// together would go beyond what was ever sold.
  @Test func seasonalInterpolationStaysInTheRangeOfTheSeries() {
    var values: [Double?] = (0..<28).map { $0 % 7 == 0 ? 70 : 0 }
    values[13] = 40
    values[15] = 40
    values[14] = nil
    #expect(filled(.seasonal(), Series(id: "a", values: values))[14] == 70)
  }

  @Test func seriesWithoutValuesStay() {
    let empty = Series(id: "a", start: 7, values: [nil, nil, nil])
    for filling in [
      MissingValueRule.Filling.forward(), .linear(), .seasonal(length: 3),
    ] {
      #expect(filled(filling, empty) == [nil, nil, nil])
    }
  }

  @Test func stopsAtALimitOfNothing() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = MissingValueRule(.linear(limit: 0))
    }
    expectStopped(result, "MissingValueRule: expected a limit of at least 1, got 0")
  }
}
