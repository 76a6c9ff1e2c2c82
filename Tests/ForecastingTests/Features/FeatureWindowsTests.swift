import Forecasting
import NeuralNetwork
import SalesTestSupport
import Testing
import TestSupport

@Suite struct FeatureWindowsTests {
  private static let features = FeatureSet(
    static: [StaticColumn("category"), StaticColumn("weight"), HashedNGrams(of: .id, count: 2)],
    past: [
      Column(.target), Column(.past("weather")), Rolling(.mean, of: .target, window: 4),
      Lag(of: .past("weather"), by: 2),
    ],
    known: [
      Column(.known("price")), Column(.known("campaign")), Lag(of: .target, by: 3),
      CalendarFeature(.dayOfWeek, as: .cyclic),
    ])
  private static let panel = RandomShop(seed: 3).panel

  /// Every number of every window is the table's.
  @Test func windowsShowTheTable() throws {
    let windows = try FeatureWindows(
      of: Self.panel, Self.features, inputLength: 5, horizon: 3, minimumHistory: 2)
    let table = windows.table
    let numbers = Array(0..<windows.count)
    let batch = windows.batch(numbers[...])
    let count = batch.series.count
    #expect(batch.history.shape == [count, 5, 6])
    #expect(batch.future.shape == [count, 3, 4])
    #expect(batch.statics.shape == [count, 3])
    #expect(batch.targets.shape == [count, 3])
    #expect(batch.historyCodes.count == count * 5 * 3)
    #expect(batch.futureCodes.count == count * 3 * 1)
    #expect(batch.staticCodes.count == count)
    for place in 0..<count {
      let (series, end) = (batch.series[place], batch.ends[place])
      try expectSame(
        table, table.historyColumns, series, end - 5..<end,
        batch.history[place], batch.historyMask[place],
        batch.historyCodes[place * 15..<place * 15 + 15])
      try expectSame(
        table, table.futureColumns, series, end..<end + 3,
        batch.future[place], batch.futureMask[place],
        batch.futureCodes[place * 3..<place * 3 + 3])
      try expectSame(
        table, table.staticColumns, series, 0..<1,
        batch.statics[place].reshaped(to: [1, 3]), batch.staticMask[place].reshaped(to: [1, 3]),
        batch.staticCodes[place..<place + 1])
      let target = try table.numbers("target", of: series, over: end..<end + 3)
      #expect(batch.targets[place].scalars == target.values)
      #expect(batch.targetMask[place].scalars == target.missing.map { $0 ? 0 : 1 })
    }
  }

  @Test func windowsCoverEveryEndOfHistoryOnce() throws {
    let windows = try FeatureWindows(of: Self.panel, Self.features, inputLength: 5, horizon: 3)
    for index in Self.panel.ids.indices {
      let batch = windows.batch(ArraySlice(windows.numbers(ofSeries: index)))
      let steps = Self.panel.steps(at: index)
      #expect(batch.series.allSatisfy { $0 == index })
      #expect(batch.ends == Array(steps.lowerBound + 5...steps.upperBound - 3))
    }
  }

  @Test func latestWindowsReachBeyondThePanel() throws {
    let windows = try FeatureWindows.latest(
      of: Self.panel, Self.features, inputLength: 4, horizon: 3)
    #expect(windows.count == Self.panel.seriesCount)
    let batch = windows.batch([5, 1])
    #expect(batch.series == [5, 1])
    #expect(batch.ends == [RandomShop.stepCount, RandomShop.stepCount])
    #expect(batch.targetMask.scalars.allSatisfy { $0 == 0 })
    let price = try Self.panel.knownCovariate("price").numberWindow(of: 1, over: 65..<68)
    #expect((0..<3).map { batch.future[at: 1, $0, 0] } == price.values.map { Float($0) })
    #expect((0..<3).map { batch.futureMask[at: 1, $0, 0] } == price.missing.map { $0 ? 0 : 1 })
  }

  /// A lag of 3 steps is not known 4 steps ahead, also where the steps lie within the panel.
  @Test func horizonsBeyondAFeatureAreAnError() throws {
    #expect(
      throws: CovariateError.beyondReach(
        column: "target 3 before", id: "item 0", date: date(2024, 1, 27), futureSteps: 3)
    ) { try FeatureWindows(of: Self.panel, Self.features, inputLength: 5, horizon: 4) }
    let tooLate = FeatureSet(known: [Column(.past("visits"))])
    #expect(
      throws: CovariateError.notYetKnown(column: "visits", id: "item 0", date: date(2024, 1, 24))
    ) { try FeatureWindows(of: Self.panel, tooLate, inputLength: 5, horizon: 1) }
  }

  @Test func featureSetsMayBeEmpty() throws {
    let windows = try FeatureWindows(
      of: Self.panel, FeatureSet(past: [Column(.target)]), inputLength: 5, horizon: 1)
    let batch = windows.batch([0, 17])
    #expect(batch.history.shape == [2, 5, 1])
    #expect(batch.future.shape == [2, 1, 0])
    #expect(batch.statics.shape == [2, 0])
    #expect(windows.batch([]).history.shape == [0, 5, 1])
  }

  /// Each window's place in the tensors is its own, whoever writes it.
  @Test func batchesAreTheSameWithAnyNumberOfThreads() throws {
    let windows = try FeatureWindows(of: Self.panel, Self.features, inputLength: 17, horizon: 3)
    let numbers = (0..<193).map { $0 * 7 % windows.count }
    let before = Parallelism.threadCount
    defer { Parallelism.threadCount = before }
    let batches = [1, 3].map { threads in
      Parallelism.threadCount = threads
      return windows.batch(numbers[...])
    }
    #expect(batches[0].history == batches[1].history)
    #expect(batches[0].futureMask == batches[1].futureMask)
    #expect(batches[0].historyCodes == batches[1].historyCodes)
  }

  @Test func anySequenceOfNumbersMakesABatch() throws {
    let windows = try FeatureWindows(of: Self.panel, Self.features, inputLength: 5, horizon: 3)
    let batch = windows.batch([1, 2, 3])
    #expect(windows.batch(1...3).history == batch.history)
    #expect(windows.batch(Set([2])).targets == windows.batch([2]).targets)
    #expect(windows.batch((1..<4).reversed()).ends == batch.ends.reversed())
  }

  @Test func drawingFollowsTheWeights() throws {
    let windows = try FeatureWindows(of: Self.panel, Self.features, inputLength: 5, horizon: 3)
    var generator = Xoshiro256(seed: 17)
    let weights: [Double] = [0, 3, 1, 0, 0, 0]
    let drawn = windows.drawing(4_000, seriesWeights: weights, using: &generator)
    #expect(drawn.count == 4_000)
    let series = drawn.batch(ArraySlice(0..<4_000)).series
    #expect(Set(series) == [1, 2])
    // Three quarters, give or take four standard deviations.
    #expect(abs(series.count { $0 == 1 } - 3_000) < 110)
    #expect(
      Set(drawn.numbers).count == windows.numbers(ofSeries: 1).count
        + windows.numbers(ofSeries: 2).count)
    var again = Xoshiro256(seed: 17)
    #expect(
      windows.drawing(4_000, seriesWeights: weights, using: &again).numbers == drawn.numbers)
  }

  @Test func drawingIsUniformWithoutWeights() throws {
    let windows = try FeatureWindows(of: Self.panel, Self.features, inputLength: 5, horizon: 3)
    var generator = Xoshiro256(seed: 1)
    let drawn = windows.drawing(100 * windows.count, using: &generator)
    var counts = [Int](repeating: 0, count: windows.count)
    for number in drawn.numbers { counts[number] += 1 }
    // A hundred each, give or take five standard deviations.
    #expect(counts.allSatisfy { (50...150).contains($0) })
  }

  @Test func weightsNeedASumAndAWindow() async {
    let infinite = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { try Self.draw(weights: Array(repeating: 1e308, count: 6)) }
    expectStopped(
      infinite,
      "FeatureWindows.drawing: expected a weight above 0 for a series that has a window, and a "
        + "finite sum of weights, got inf")
    for place in Self.wrongWeights.indices {
      let wrong = await #expect(
        processExitsWith: .failure, observing: [\.standardErrorContent]
      ) { [place = place as Int] in
        try Self.draw(weights: Self.wrongWeights[place])
      }
      expectStopped(wrong, "FeatureWindows.drawing: expected a")
    }
  }

  private static let wrongWeights: [[Double]] = [
    [0, 0, 0, 0, 0, 0], [1, 1, 1, 1, 1, .nan], [1, 1, 1, 1, 1, -1], [1],
  ]

  private static func draw(weights: [Double]) throws {
    let windows = try FeatureWindows(
      of: panel, FeatureSet(past: [Column(.target)]), inputLength: 5, horizon: 1)
    var generator = Xoshiro256(seed: 1)
    _ = windows.drawing(3, seriesWeights: weights, using: &generator)
  }

  @Test func windowsLongerThanAnySeriesAreAnError() throws {
    let target = FeatureSet(past: [Column(.target)])
    let lengths = Self.panel.ids.indices.map { Self.panel.steps(at: $0).count }
    let longest = try #require(lengths.max())
    #expect(throws: ForecastError.noWindow(longest: longest, needed: longest + 1)) {
      try FeatureWindows(of: Self.panel, target, inputLength: longest - 2, horizon: 3)
    }
    let whole = try FeatureWindows(of: Self.panel, target, inputLength: longest - 3, horizon: 3)
    #expect(whole.count == lengths.count { $0 == longest })
  }

  @Test func lengthsOfNothingStop() async {
    for (inputLength, horizon) in [(0, 3), (5, 0)] {
      let result = await #expect(
        processExitsWith: .failure, observing: [\.standardErrorContent]
      ) { [inputLength = inputLength as Int, horizon = horizon as Int] in
        _ = try FeatureWindows(
          of: Self.panel, Self.features, inputLength: inputLength, horizon: horizon)
      }
      expectStopped(
        result,
        "FeatureWindows: expected an inputLength and a horizon of at least 1, got \(inputLength) "
          + "and \(horizon)")
    }
  }

  private func expectSame(
    _ table: FeatureTable, _ columns: [FeatureColumn], _ series: Int, _ steps: Range<Int>,
    _ values: Tensor<Float>, _ mask: Tensor<Float>, _ codes: ArraySlice<Int32>
  ) throws {
    let numeric = columns.filter { $0.kind == .numeric }
    for (place, column) in numeric.enumerated() {
      let expected = try table.numbers(column.name, of: series, over: steps)
      #expect((0..<steps.count).map { values[at: $0, place] } == expected.values)
      #expect((0..<steps.count).map { mask[at: $0, place] } == expected.missing.map { $0 ? 0 : 1 })
    }
    let categorical = columns.filter { $0.kind == .categorical }
    for (place, column) in categorical.enumerated() {
      let expected = try table.codes(column.name, of: series, over: steps)
      let found = (0..<steps.count).map { codes[codes.startIndex + $0 * categorical.count + place] }
      #expect(found == expected)
    }
  }
}
