import Forecasting
import Foundation
import NeuralNetwork
import Testing

@Suite struct WindowBaseTests {
  /// A series of 23 days that grows by 1 a day, with 6 more on every third day, and a gap on day 9.
  private static let panel: Panel = {
    var values: [Double?] = (0..<23).map { day in
      let extra: Double = day % 3 == 0 ? 6 : 0
      return Double(100 + day) + extra
    }
    values[9] = nil
    return Panel(
      calendar: RegularCalendar(start: CalendarDate(year: 2024, month: 2, day: 26)!, count: 23),
      series: [Series(id: "a", values: values)])
  }()

  /// Returns the window whose history are days 1 to 8, with days 9 to 12 to come, and a season of 3.
  private static func batch(_ base: WindowBase) throws -> NetworkBatch {
    let forecaster = LSTMForecaster(
      windows: .init(horizon: 4, inputLength: 8, seasonLength: 3, base: base),
      head: PointHead(.squared))
    // Histories end from day 4 on, so that half of a window lies within the series.
    return try forecaster.examples(of: panel).0.batch([5])
  }

  @Test func theLastSeasonIsTheProfileAroundItsMean() throws {
    // Days 6, 7, 8 have 112, 107, 108: their mean is 109. Seasons grow by 3.
    let targets = try Self.batch(.lastSeason).targets
    #expect(targets.levels.scalars == [109])
    #expect(targets.scales.scalars == [3])
    #expect(targets.profile.scalars == [1, -2 / 3, -1 / 3, 1])
    // Day 9 is a gap; days 10 to 12 have 110, 111, 118.
    #expect(targets.values.scalars == [0, 1 / 3, 2 / 3, 3])
    #expect(targets.mask.scalars == [0, 1, 1, 1])
  }

  @Test func theLastValueIsTheLevel() throws {
    // Days 1 to 8 have 101, 102, 109, 104, 105, 112, 107, 108, which change by 1, 7, 5, 1, 7, 5, 1.
    let batch = try Self.batch(.lastValue)
    #expect(batch.targets.levels.scalars == [108])
    #expect(abs(batch.targets.scales.scalar - 27 / 7) < 1e-6)
    #expect(batch.targets.profile.scalars == [0, 0, 0, 0])
    #expect(abs(batch.inputs.history[at: 0, 0, 0] + Float.log(onePlus: 7 * 7 / 27)) < 1e-6)
    #expect(batch.inputs.history[at: 0, 7, 0] == 0)
  }

  @Test func seasonalMeansHaveNoLevel() throws {
    let targets = try Self.batch(.seasonalMeans).targets
    #expect(targets.levels.scalars == [0])
    #expect(abs(targets.scales.scalar - 106) < 1e-5)
  }

  @Test func aGapInTheLastSeasonHasTheValueOfTheSeasonBefore() throws {
    let forecaster = LSTMForecaster(
      windows: .init(horizon: 4, inputLength: 8, seasonLength: 3, base: .lastSeason),
      head: PointHead(.squared))
    // Days 3 to 10; the last season is days 8, 9, 10, of which day 9 is a gap.
    let targets = try forecaster.examples(of: Self.panel).0.batch([7]).targets
    // The last three values are those of days 7, 8, and 10: 107, 108, 110.
    let level: Float = 325 / 3
    let expected: [Float] = [108, 112, 110, 108]
    for (value, expected) in zip(targets.profile.scalars, expected) {
      #expect(abs(value * targets.scales.scalar + level - expected) < 1e-4)
    }
  }

  /// Of 29 months with a horizon of 5, windows see 16 of the 24 months before it, and at least 12 of
  /// them lie within the series in training. Of 20 months, they still see a season.
  @Test(arguments: [(29, 16), (20, 12)])
  func trainingWindowsShowASeason(count: Int, inputLength: Int) throws {
    let panel = Panel(
      calendar: RegularCalendar(
        start: CalendarDate(year: 2022, month: 3, day: 1)!, count: count, frequency: .month),
      series: [Series(id: "a", values: (0..<count).map { Double(3 + $0 % 12) })])
    let forecaster = LSTMForecaster(windows: .init(horizon: 5), head: PointHead(.squared))
    let windows = try forecaster.examples(of: panel).0
    #expect(windows.layout.inputLength == inputLength)
    #expect(windows.count == count - 12 - 5 + 1)
  }

  /// A series for each base that is nearest to it.
  @Test func theBaseFollowsTheData() throws {
    func base(_ value: (Int) -> Double) throws -> WindowBase {
      let panel = Panel(
        calendar: RegularCalendar(start: CalendarDate(year: 2024, month: 2, day: 26)!, count: 90),
        series: [Series(id: "a", values: (0..<90).map(value))])
      return try LSTMForecaster(
        windows: .init(horizon: 7, inputLength: 28), head: PointHead(.squared)
      ).examples(of: panel).0.layout.base
    }
    var generator = Xoshiro256(seed: 3)
    let noise = (0..<90).map { _ in Double.random(in: 0..<40, using: &generator) }
    let walk = noise.reduce(into: [500.0]) { $0.append($0.last! + $1 - 20) }
    let weekly = (0..<90).map { Double($0 % 7) }
    let noisy = try base { 100 + noise[$0] + 5 * weekly[$0] }
    #expect(noisy == .seasonalMeans)
    let growing = try base { 100 + 4 * Double($0) + 80 * weekly[$0] }
    #expect(growing == .lastSeason)
    let wandering = try base { walk[$0] }
    #expect(wandering == .lastValue)
  }

  /// Hours may repeat after a day or a week; windows are long enough to see two weeks.
  @Test(arguments: [(24, 24), (168, 168)]) func hoursRepeatAfterADayOrAWeek(
    _ period: Int, _ expected: Int
  ) throws {
    let values = (0..<900).map { hour in
      Double(hour) / 100 + Double((hour % period) * 31 % 17)
    }
    let calendar = RegularCalendar(
      start: CalendarDate(year: 2024, month: 2, day: 26)!, count: 900, frequency: .hour)
    let layout = try LSTMForecaster(windows: .init(horizon: 24), head: PointHead(.squared))
      .examples(of: Panel(calendar: calendar, series: [Series(id: "a", values: values)])).0.layout
    #expect(layout.inputLength == 336)
    #expect(layout.base == .lastSeason && layout.baseSeasonLength == expected)
    #expect(layout.seasonLength == 24)
  }

  /// Heads for values of at least 0 use logarithms of the profile.
  @Test func headsOfNonnegativeValuesStartFromSeasonalMeans() throws {
    let forecaster = LSTMForecaster(
      windows: .init(horizon: 4, inputLength: 8, seasonLength: 3), head: TweedieHead())
    #expect(try forecaster.examples(of: Self.panel).0.layout.base == .seasonalMeans)
  }

  @Test(arguments: WindowBase.allCases) func fileGivesTheSameForecasts(_ base: WindowBase) throws {
    let model = try LSTMForecaster(
      windows: .init(horizon: 4, inputLength: 8, seasonLength: 3, base: base),
      architecture: .init(hiddenSize: 5), head: PointHead(.squared),
      training: .init(epochs: 1, stepsPerEpoch: 3, batchSize: 7)
    ).fit(Self.panel)
    let path = FileManager.default.temporaryDirectory.path + "/\(UUID().uuidString).safetensors"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try model.write(to: path)
    let read = try FittedLSTMForecaster(contentsOf: path)
    #expect(read.layout.base == base)
    #expect(
      try read.forecast(from: Self.panel, horizon: 4)
        == model.forecast(from: Self.panel, horizon: 4))
  }
}
