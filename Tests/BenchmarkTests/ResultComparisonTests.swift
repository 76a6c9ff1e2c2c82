import Benchmarks
import Testing

@Suite struct ResultComparisonTests {
  private func row(_ name: String, threads: Int = 1, _ median: Double) -> ResultRow {
    ResultRow(suite: "s", name: name, threads: threads, median: median, minimum: median)
  }

  private func verdict(
    from before: Double, to now: Double, tolerance: Double
  ) -> ResultComparison.Verdict? {
    let comparison = ResultComparison(
      from: [row("a", before)], to: [row("a", now)], tolerance: tolerance)
    return comparison.changes.first?.verdict
  }

  @Test func smallChangesAreNone() {
    #expect(verdict(from: 8, to: 10, tolerance: 0.25) == .same)
    #expect(verdict(from: 10, to: 8, tolerance: 0.25) == .same)
    #expect(verdict(from: 3, to: 3, tolerance: 0) == .same)
  }

  @Test func largeChangesAreVerdicts() {
    #expect(verdict(from: 8, to: 10.01, tolerance: 0.25) == .slower)
    #expect(verdict(from: 10.01, to: 8, tolerance: 0.25) == .faster)
    #expect(verdict(from: 3, to: 3.0001, tolerance: 0) == .slower)
  }

  @Test func rowsAreMatchedByCaseAndThreads() {
    let old = [row("a", 1), row("a", threads: 2, 2), row("gone", 3)]
    let new = [row("new", 5), row("a", threads: 2, 1), row("a", 2)]
    let comparison = ResultComparison(from: old, to: new, tolerance: 0.1)
    #expect(comparison.changes.map(\.key) == [old[1].key, old[0].key])
    #expect(comparison.changes.map(\.before) == [2, 1])
    #expect(comparison.changes.map(\.now) == [1, 2])
    #expect(comparison.changes.map(\.verdict) == [.faster, .slower])
    #expect(comparison.added == [new[0].key])
    #expect(comparison.missing == [old[2].key])
    #expect(comparison.hasSlower)
    #expect(
      comparison.description == """
        faster  s/a, 2 threads     2.00 s  ->     1.00 s  (0.500x the time)
        slower  s/a, 1 thread      1.00 s  ->     2.00 s  (2.00x the time)
        not in this run:     s/gone, 1 thread
        not in the old file: s/new, 1 thread
        2 rows compared: 1 slower, 1 faster, 0 the same; 1 not in this run, 1 new
        """)
  }

  @Test func fasterRowsAreNoFailure() {
    let comparison = ResultComparison(
      from: [row("a", 4), row("b", 4)], to: [row("a", 1), row("b", 4)], tolerance: 0.1)
    #expect(!comparison.hasSlower)
  }
}
