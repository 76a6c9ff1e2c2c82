import Benchmarks
import Testing

@Suite struct StatisticsTests {
  // By numpy.quantile([7, 1, 3, 10, 2], [0, 0.25, 0.5, 0.75, 0.99, 1]), whose result is
  // [1, 2, 3, 7, 9.88, 10].
  @Test func quantilesAreNumPys() {
    let statistics = Statistics([7, 1, 3, 10, 2])
    #expect(statistics.count == 5)
    #expect(statistics.minimum == 1)
    #expect(statistics.median == 3)
    #expect(statistics.quantile(0.25) == 2)
    #expect(statistics.quantile(0.75) == 7)
    #expect(abs(statistics.quantile(0.99) - 9.88) < 1e-12)
    #expect(statistics.quantile(1) == 10)
    #expect(abs(statistics.relativeSpread - 5.0 / 3) < 1e-12)
  }

  // By numpy.quantile([4, 1, 3, 8], [0.25, 0.5, 0.75]): [2.5, 3.5, 5].
  @Test func quantilesLieBetweenValues() {
    let statistics = Statistics([4, 1, 3, 8])
    #expect(statistics.median == 3.5)
    #expect(statistics.quantile(0.25) == 2.5)
    #expect(statistics.quantile(0.75) == 5)
  }

  @Test func oneValueIsItsOwnMedian() {
    let statistics = Statistics([0.25])
    #expect(statistics.median == 0.25)
    #expect(statistics.minimum == 0.25)
    #expect(statistics.relativeSpread == 0)
  }
}
