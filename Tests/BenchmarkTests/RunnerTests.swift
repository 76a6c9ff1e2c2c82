import Benchmarks
import Foundation
import NeuralNetwork
import Testing

/// Numbers of threads are a setting of the process, so these run one after another.
@Suite(.serialized) struct RunnerTests {
  private let runner = Runner(
    stopwatch: Stopwatch(budget: .zero, minimumSampleCount: 3), referenceLimit: 0.5)
  private let peaks = [
    GEMMPeak(threadCount: 1, gigaflops: 4), GEMMPeak(threadCount: 2, gigaflops: 8),
  ]

  /// The rows of a case, and the notes behind each.
  private func run(_ one: Case) throws -> [MeasuredRow] {
    let before = Parallelism.threadCount
    defer { Parallelism.threadCount = before }
    var rows: [MeasuredRow] = []
    try runner.run(one, peaks) { rows.append($0) }
    return rows
  }

  @Test func aRowForEachNumberOfThreads() throws {
    let one = Case(suite: "s", name: "n", operationCount: 3e6) { Counter() }
    let rows = try run(one)
    #expect(rows.map(\.row.threads) == [1, 2])
    for (measured, peak) in zip(rows, [4.0, 8]) {
      let row = measured.row
      #expect(row.suite == "s" && row.name == "n")
      // A call sleeps for a millisecond.
      #expect(row.minimum >= 1e-3 && row.median >= row.minimum)
      #expect(row.gigaflops == 3e6 / row.median / 1e9)
      #expect(row.peakGigaflops == peak)
      #expect(row.reference! > 0)
      #expect(row.metrics?["answer"] == 42)
      #expect(measured.notes.first == "the answer is 42")
    }
    #expect(rows[0].row.metrics?["scaling"] == nil)
    #expect(rows[1].row.metrics?["scaling"] == rows[0].row.median / rows[1].row.median)
  }

  @Test func whatDeviatesIsNotTimed() {
    let one = Case(suite: "s", name: "n") { Counter(error: 0.01) }
    #expect(
      throws: CheckFailure.value(
        result: "count", index: 0, value: 1.01, expected: 1, deviation: 1.01 - 1, tolerance: 1e-4)
    ) { try run(one) }
  }

  /// The first call is right.
  @Test func everyCheckedCallCounts() {
    let one = Case(suite: "s", name: "n", tolerance: 0.1) { Counter(errorOfSecondCall: 0.5) }
    #expect(
      throws: CheckFailure.value(
        result: "count (call 2)", index: 0, value: 2.5, expected: 2, deviation: 0.25,
        tolerance: 0.1)
    ) { try run(one) }
  }

  /// The second check is that of two threads.
  @Test func aNumberOfThreadsThatChangesBitsIsFoundOut() throws {
    let one = Case(suite: "s", name: "n") { Counter(errorOfSecondCheck: 1e-6) }
    let error = #expect(throws: CheckFailure.self) { try run(one) }
    guard case .threads = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func aReferenceThatTakesTooLongRunsOnTheSample() throws {
    // A call of the whole case's reference would take a second; the sample's takes a hundredth.
    func one(errorOfSample: Float) -> Case {
      Case(
        suite: "s", name: "n",
        sample: .init(share: 0.01) { Counter(error: errorOfSample, referenceSeconds: 0.01) }
      ) { Counter(error: 1, referenceSeconds: 1) }
    }
    let rows = try run(one(errorOfSample: 0))
    #expect(rows.map(\.row.reference) == [nil, nil])
    #expect(rows[0].notes.first?.hasPrefix("reference skipped: about ") == true)
    #expect(throws: CheckFailure.self) { try run(one(errorOfSample: 0.01)) }
  }

  @Test func aReferenceThatIsQuickEnoughRunsOnTheWholeCase() throws {
    let one = Case(suite: "s", name: "n", sample: .init(share: 0.5) { Counter() }) {
      Counter(error: 0.01)
    }
    #expect(throws: CheckFailure.self) { try run(one) }
  }

  @Test func aReferenceOfOtherWorkIsNotTimed() throws {
    let rows = try run(Case(suite: "s", name: "n", isReferenceTimed: false) { Counter() })
    #expect(rows.map(\.row.reference) == [nil, nil])
    #expect(rows[0].row.gigaflops == nil && rows[0].row.peakGigaflops == nil)
  }
}

/// Counts its calls, as its reference does; but it may count wrongly.
private struct Counter: Workload {
  private let error, errorOfSecondCall, errorOfSecondCheck: Float
  private let referenceSeconds: Double
  private var callCount = 0
  private var referenceCallCount = 0
  private let checks = Checks()

  /// How often copies of a counter have been checked.
  private final class Checks {
    var count = 0
  }

  init(
    error: Float = 0, errorOfSecondCall: Float = 0, errorOfSecondCheck: Float = 0,
    referenceSeconds: Double = 0
  ) {
    self.error = error
    self.errorOfSecondCall = errorOfSecondCall
    self.errorOfSecondCheck = errorOfSecondCheck
    self.referenceSeconds = referenceSeconds
  }

  var checkedCallCount: Int { 2 }

  mutating func run() {
    callCount += 1
    Thread.sleep(forTimeInterval: 1e-3)
  }

  mutating func results() -> [(name: String, value: Tensor<Float>)] {
    callCount += 1
    if callCount == 1 { checks.count += 1 }
    var count = Float(callCount) + error
    if callCount == 2 { count += errorOfSecondCall }
    if checks.count == 2 { count += errorOfSecondCheck }
    return [("count", Tensor(count))]
  }

  mutating func referenceResults() -> [[Float]] {
    referenceCallCount += 1
    Thread.sleep(forTimeInterval: referenceSeconds)
    return [[Float(referenceCallCount)]]
  }

  func metrics(of timing: Timing) -> [Metric] {
    [Metric(name: "answer", value: 42, text: "the answer is 42")]
  }
}
