import Benchmarks
import Foundation
import Testing

@Suite struct StopwatchTests {
  @Test func longCallsAreTimedOneByOne() {
    var callCount = 0
    let timing = Stopwatch(budget: .zero, minimumSampleCount: 5).measure {
      callCount += 1
      Thread.sleep(forTimeInterval: 2e-3)
    }
    #expect(timing.callsPerSample == 1)
    #expect(timing.times.count == 5)
    #expect(callCount > 5, "no call to warm up")
    #expect(timing.times.minimum >= 2e-3)
  }

  @Test func shortCallsAreTimedManyAtATime() {
    var callCount = 0
    let timing = Stopwatch(budget: .milliseconds(20), minimumSampleCount: 3).measure {
      callCount += 1
    }
    #expect(timing.callsPerSample > 10)
    #expect(callCount > timing.times.count * timing.callsPerSample)
    #expect(timing.times.minimum < 2e-6)
  }

  @Test func budgetIsUsed() {
    let timing = Stopwatch(budget: .milliseconds(40), minimumSampleCount: 1).measure {
      Thread.sleep(forTimeInterval: 1e-3)
    }
    #expect(timing.times.count > 1)
  }

  @Test func errorsEndIt() {
    struct Stop: Error {}
    #expect(throws: Stop.self) {
      try Stopwatch(budget: .seconds(60), minimumSampleCount: 3).measure { throw Stop() }
    }
  }
}
