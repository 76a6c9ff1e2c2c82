import Forecasting
import NeuralNetwork
import SalesTestSupport
import Testing
import TestSupport

@Suite struct CategoryVectorTests {
  private static func forecaster() -> LSTMForecaster {
    LSTMForecaster(
      windows: .init(horizon: 4, inputLength: 14), architecture: .init(hiddenSize: 6),
      training: .init(epochs: 4, stepsPerEpoch: 60, batchSize: 8, learningRate: 0.02))
  }

  /// Six series over 60 days. Those of the department `b` sell ten times as much on days of an event.
  ///
  /// - Parameters:
  ///   - departments: The vocabulary of the departments.
  ///   - planned: The event of the first day after the end.
  private static func panel(
    departments: [String] = ["a", "b"], of series: [String] = ["a", "b", "a", "b", "a", "b"],
    planned: String? = nil
  ) -> Panel {
    let events: [String?] = (0..<60).map { $0 % 9 == 4 ? "fair" : nil } + [planned, nil, nil, nil]
    let panel = Panel(
      calendar: RegularCalendar(start: date(2024, 1, 3), count: 60),
      series: (0..<6).map { index in
        Series(
          id: "s\(index)",
          values: (0..<60).map { day in
            let usual = Double(4 + (day + index) % 5)
            return index % 2 == 1 && events[day] != nil ? 10 * usual : usual
          })
      })
    return panel.adding(level: "department", series, vocabulary: Vocabulary(departments))
      .adding(shared: "event", .categories(events), futureSteps: 4)
  }

  @Test func aColumnHasOneTableAndARowForTheUnknown() throws {
    let model = try Self.forecaster().fit(Self.panel())
    let tables = model.network.parameters.filter { $0.name.hasPrefix("categories.") }
    // The event, in the history and ahead, and the department: 1.6 · 1^0.56 and 1.6 · 2^0.56, rounded up.
    #expect(tables.map(\.name) == ["categories.0.weight", "categories.1.weight"])
    #expect(tables.map(\.value.shape) == [[2, 2], [3, 3]])
    for table in tables {
      #expect(table.value[0].scalars.allSatisfy { $0 == 0 })
      #expect(table.value[1].scalars.contains { $0 != 0 })
    }
  }

  @Test func theForecastDependsOnThePlannedEventWhereItMatters() throws {
    let model = try Self.forecaster().fit(Self.panel())
    let usual = try model.forecast(from: Self.panel(), horizon: 4)
    let fair = try model.forecast(from: Self.panel(planned: "fair"), horizon: 4)
    #expect(fair.values(at: 1).first! > usual.values(at: 1).first! * 2)
    #expect(abs(fair.values(at: 0).first! / usual.values(at: 0).first! - 1) < 0.7)
  }

  /// Names decide, not numbers: a panel may list its categories in another order, and have others.
  @Test func categoriesAreTranslatedByName() throws {
    let model = try Self.forecaster().fit(Self.panel())
    let forecast = try model.forecast(from: Self.panel(), horizon: 4)
    let other = Self.panel(departments: ["new", "b", "a"])
    #expect(try model.forecast(from: other, horizon: 4) == forecast)
    let unseen = Self.panel(
      departments: ["new", "b"], of: ["new", "b", "new", "b", "new", "b"], planned: "unheard of")
    let values = try model.forecast(from: unseen, horizon: 4)
    #expect(values.values(at: 1) == forecast.values(at: 1))
    #expect(values.values(at: 0) != forecast.values(at: 0))
    #expect(values.values.allSatisfy { $0.isFinite && $0 >= 0 })
  }

  @Test func aFileHoldsTheCategories() throws {
    let directory = try TemporaryDirectory()
    let model = try Self.forecaster().fit(Self.panel())
    try model.write(to: directory.path("model"))
    let read = try FittedLSTMForecaster(contentsOf: directory.path("model"))
    let planned = Self.panel(departments: ["b", "a"], planned: "fair")
    #expect(
      try read.forecast(from: planned, horizon: 4) == model.forecast(from: planned, horizon: 4))
  }

  @Test func aCategoryOfOneSeriesIsNotShown() {
    let names = ["one", "two", "three", "four", "five", "five"]
    let panel = Self.panel().adding(level: "item", names)
    let features = FeatureSet.automatic(for: panel, seasonLength: 7)
    #expect(features.static.map(\.name) == ["department"])
  }
}
