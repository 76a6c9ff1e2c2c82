import Forecasting
import Foundation
import SalesTestSupport
import Testing
import TestSupport

@Suite struct PanelScalerTests {
  static let scalers: [PanelScaler] = [PanelScaler.Scope.global, .group(["store"]), .series].flatMap
  { scope in
    [
      PanelScaler(.minMax(), scope: scope), PanelScaler(.signedLog, .standard, scope: scope),
      PanelScaler(.robust, scope: scope), PanelScaler(.meanSize, scope: scope),
      PanelScaler(.boxCox(shift: 500), .minMax(from: -1), scope: scope),
      PanelScaler(.boxCox(.guerrero, shift: 20, bounds: -2...2), scope: scope),
    ]
  }

  private static let start = CalendarDate(year: 2024, month: 1, day: 1)!

  private static let panel = Panel(
    calendar: RegularCalendar(start: start, count: 5),
    series: [
      Series(id: "a", values: [2, 4, nil, 6, 100]),
      Series(id: "b", start: 1, values: [8, 0, 7, 1]),
      Series(
        id: "c", values: [1, 50, 3, 4], states: [.observed, .stockOut, .observed, .observed]),
      Series(id: "d", start: 4, values: [9]), Series(id: "e", start: 2, values: [nil, 5]),
    ]
  ).adding(level: "store", ["n", "s", "n", nil, "s"])

  /// Means and sizes by hand, over the first four steps; stock-outs are not fitted to.
  @Test func seriesShareTransformsByScope() throws {
    func offsets(_ scope: PanelScaler.Scope) throws -> [Double] {
      try PanelScaler(.robust, scope: scope).fit(Self.panel, over: 0..<4).transforms(of: Self.panel)
        .map { transform in
          guard case .affine(let offset, _) = transform.steps[0] else { return .nan }
          return offset
        }
    }
    // Medians of 2 4 6, 8 0 7, 1 3 4, nothing, 5.
    #expect(try offsets(.series) == [4, 7, 3, 0, 5])
    // Of 2 4 6 1 3 4, and 8 0 7 5.
    #expect(try offsets(.group(["store"])) == [3.5, 6, 3.5, 0, 6])
    #expect(try offsets(.group([])) == [4, 4, 4, 4, 4])
    #expect(try offsets(.global) == [4, 4, 4, 4, 4])
    let fitted = try PanelScaler(.robust, scope: .group(["store"])).fit(Self.panel, over: 0..<4)
    #expect(fitted.units.map(\.key) == [["n"], ["s"], [nil]])
    #expect(fitted.units.map(\.observedCount) == [6, 4, 0])
  }

  @Test func gapsStayAndStockOutsAreScaledWithTheRest() throws {
    let fitted = try PanelScaler(.meanSize).fit(Self.panel.slice(0..<4))
    let scaled = try fitted.transformed(Self.panel)
    #expect(scaled.series(at: 0) == Series(id: "a", values: [0.5, 1, nil, 1.5, 25]))
    #expect(scaled.series(at: 3) == Series(id: "d", start: 4, values: [9]))
    #expect(scaled.series(at: 2).window(1..<2).values == [18.75])
    #expect(scaled.series(at: 2).state(at: 1) == .stockOut)
    #expect(scaled.staticCovariates == Self.panel.staticCovariates)
    #expect(try fitted.restored(scaled) == Self.panel)
  }

  /// Check 4 of the pipeline: what comes after the training part changes no scale, however the
  /// training part is given.
  @Test(arguments: scalers.indices) func scalersSeeTheTrainingPartAlone(place: Int) throws {
    let scaler = Self.scalers[place]
    var changes = 0
    for seed in 0..<25 as Range<UInt64> {
      let panel = RandomPanels.panel(seed: seed)
      let end = panel.calendar.count * 2 / 3
      let fitted = try scaler.fit(panel, over: 0..<end)
      #expect(try scaler.fit(panel.slice(0..<end)) == fitted)
      let other = panel.mapSeries { series in
        let past = max(0, end - series.steps.lowerBound)
        return Series(
          id: series.id, start: series.steps.lowerBound,
          values: series.values.prefix(past) + series.values.dropFirst(past).map { 9 * $0 + 40 },
          states: series.states.prefix(past)
            + series.states.dropFirst(past).map { $0 == .gap ? .observed : .gap })
      }
      #expect(try scaler.fit(other, over: 0..<end) == fitted, "seed \(seed)")
      // Other values inside of the training part do matter.
      let squared = panel.mapSeries { series in
        Series(
          id: series.id, start: series.steps.lowerBound, values: series.values.map { $0 * $0 + 3 },
          states: Array(series.states))
      }
      if try scaler.fit(squared, over: 0..<end) != fitted { changes += 1 }
    }
    #expect(changes > 0)
  }

  /// As exactly as single precision can tell scaled values apart: a value lies between what the
  /// neighbors of its scaled value are restored to, and so does what that itself is restored to.
  @Test(arguments: scalers.indices) func panelsAreRestored(place: Int) throws {
    let scaler = Self.scalers[place]
    for seed in 0..<25 as Range<UInt64> {
      let panel = RandomPanels.panel(seed: seed)
      let fitted = try scaler.fit(panel, over: 0..<panel.calendar.count * 2 / 3)
      let scaled = try fitted.transformed(panel)
      let restored = try fitted.restored(scaled)
      for (index, transform) in try fitted.transforms(of: panel).enumerated() {
        let (one, other) = (restored.series(at: index), panel.series(at: index))
        #expect(one.states == other.states && one.steps == other.steps)
        let numbers = scaled.series(at: index).values
        let below = transform.restored(numbers.map { Double(Float($0).nextDown) })
        let above = transform.restored(numbers.map { Double(Float($0).nextUp) })
        for step in other.steps where other.state(at: step) != .gap {
          let cell = step - other.steps.lowerBound
          let bounds = Double(Float(below[cell]).nextDown)...Double(Float(above[cell]).nextUp)
          #expect(bounds.contains(Array(other.values)[cell]), "seed \(seed)")
          #expect(bounds.contains(Array(one.values)[cell]), "seed \(seed)")
        }
      }
    }
  }

  @Test(arguments: scalers.indices) func scalersAreSavedAsJSON(place: Int) throws {
    let fitted = try Self.scalers[place].fit(RandomPanels.panel(seed: 7))
    let json = try JSONEncoder().encode(fitted)
    #expect(try JSONDecoder().decode(FittedPanelScaler.self, from: json) == fitted)
    let plain = try JSONEncoder().encode(Self.scalers[place])
    #expect(try JSONDecoder().decode(PanelScaler.self, from: plain) == Self.scalers[place])
  }

  @Test(arguments: [
    (
      #"[{"affine":{"offset":0,"scale":0}}]"#,
      "expected finite numbers and a scale above 0, got affine(offset: 0.0, scale: 0.0)"
    ),
    (
      #"[{"signedLog":{}},{"affine":{"offset":2,"scale":-3}}]"#,
      "expected finite numbers and a scale above 0, got affine(offset: 2.0, scale: -3.0)"
    ),
  ]) func scalesOfAFileAreChecked(json: String, message: String) {
    expectCorrupted(ScaleTransform.self, json, message)
  }

  @Test func scalersOfAFileAreChecked() {
    expectCorrupted(
      PanelScaler.self,
      #"{"scalings":[{"minMax":{"from":2,"to":1}}],"scope":{"series":{}}}"#,
      "expected finite numbers and a range that rises, got minMax(from: 2.0, to: 1.0)")
    let unit = #"{"key":["a"],"observedCount":1,"transform":[]}"#
    expectCorrupted(
      FittedPanelScaler.self,
      #"{"scaler":{"scalings":[],"scope":{"series":{}}},"units":[\#(unit),\#(unit)]}"#,
      "expected units with keys that differ")
  }

  private func expectCorrupted<Value: Decodable>(
    _ type: Value.Type, _ json: String, _ message: String
  ) {
    do {
      _ = try JSONDecoder().decode(type, from: Data(json.utf8))
      Issue.record("decoded \(json)")
    } catch DecodingError.dataCorrupted(let context) {
      #expect(context.debugDescription == message)
    } catch {
      Issue.record(error)
    }
  }

  @Test func forecastsAreRestored() throws {
    let fitted = try PanelScaler(.signedLog, .meanSize).fit(Self.panel)
    let scaled = try fitted.transformed(Self.panel)
    let values = (0..<5).flatMap { (index: Int) -> [Double] in [0, Double(index) / 2, -0.25] }
    let forecast = try Forecast(
      ids: scaled.ids, calendar: scaled.calendar(ofNext: 3), values: values)
    let restored = try fitted.restored(forecast, of: Self.panel)
    #expect(restored.ids == Self.panel.ids && restored.calendar == forecast.calendar)
    for (index, transform) in try fitted.transforms(of: Self.panel).enumerated() {
      #expect(
        Array(restored.values(at: index)) == transform.restored([0, Double(index) / 2, -0.25]))
    }
  }

  @Test func strangersAreErrors() throws {
    let first = Self.panel.selecting([0, 1])
    let bySeries = try PanelScaler(.standard).fit(first)
    #expect(throws: ScalingError.notFitted(id: "c", group: nil)) {
      try bySeries.transformed(Self.panel)
    }
    let byStore = try PanelScaler(.standard, scope: .group(["store"])).fit(first)
    #expect(throws: ScalingError.notFitted(id: "d", group: [nil])) {
      try byStore.restored(Self.panel)
    }
    #expect(try byStore.transforms(of: Self.panel.selecting([2])).count == 1)
    #expect(
      throws: CovariateError.noSuchColumn("region", role: .static, present: ["store"])
    ) {
      try PanelScaler(.standard, scope: .group(["region"])).fit(Self.panel)
    }
    let boxCox = PanelScaler(.boxCox(shift: -1))
    #expect(
      throws: ScalingError.notPositive(
        id: "b", date: CalendarDate(year: 2024, month: 1, day: 3), value: 0, shift: -1)
    ) {
      try boxCox.fit(Self.panel.selecting([0, 1]))
    }
    // The stock-out of 50 is not fitted to, and transformed all the same; the 1 of step 0 cannot
    // be.
    let fitted = try boxCox.fit(Self.panel.selecting([2]), over: 2..<5)
    #expect(
      throws: ScalingError.notPositive(id: "c", date: Self.start, value: 1, shift: -1)
    ) {
      try fitted.transformed(Self.panel.selecting([2]))
    }
  }

  /// Per window: the same as a panel's scaler over the window's steps.
  @Test func windowsHaveTransformsOfTheirOwn() throws {
    let scaler = PanelScaler(.signedLog, .standard)
    for steps in [0..<2, 1..<5, 3..<4, 2..<2] {
      let fitted = try scaler.fit(Self.panel, over: steps).transforms(of: Self.panel)
      let windows = try Self.panel.allSeries.map { try scaler.fit($0, over: steps) }
      #expect(fitted == windows)
    }
    #expect(
      try scaler.fit(Self.panel.series(at: 1), over: -3..<9)
        == scaler.fit(Self.panel).transforms(of: Self.panel)[1])
  }

  @Test func stopsAtStepsOutsideOfTheCalendar() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let panel = Panel(
        calendar: RegularCalendar(start: CalendarDate(dayNumber: 0), count: 3), series: [])
      _ = try PanelScaler(.standard).fit(panel, over: 1..<4)
    }
    expectStopped(result, "PanelScaler.fit: expected steps in 0..<3, got 1..<4")
  }
}
