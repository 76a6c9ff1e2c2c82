/// The times of calls, in seconds.
package struct Timing {
  /// The seconds per call, one value for each sample.
  package let times: Statistics
  /// The number of calls in each sample.
  package let callsPerSample: Int
}

/// A timer with a budget and a minimum number of samples.
package struct Stopwatch: Sendable {
  /// The time during which samples are taken.
  let budget: Duration
  /// The minimum number of samples, regardless of the time they take.
  private let minimumSampleCount: Int

  /// Half a second, and at least five samples.
  package static let thorough = Stopwatch(budget: .milliseconds(500), minimumSampleCount: 5)

  /// A quick measurement: a tenth of a second, and at least three samples.
  package static let quick = Stopwatch(budget: .milliseconds(100), minimumSampleCount: 3)

  package init(budget: Duration, minimumSampleCount: Int) {
    self.budget = budget
    self.minimumSampleCount = minimumSampleCount
  }

  /// The shortest sample, in seconds. Shorter calls are timed several at a time, since reading the
  /// clock takes some tens of nanoseconds.
  private static let shortestSample = 20e-6

  /// Warms up until the time of calls is stable, and then times them.
  package func measure(_ body: () throws -> Void) rethrows -> Timing {
    let call = try warmUp(body)
    let callCount = max(1, Int((Self.shortestSample / call).rounded(.up)))
    let end = ContinuousClock.now + budget
    var samples: [Double] = []
    repeat {
      samples.append(try Self.seconds { for _ in 0..<callCount { try body() } } / Double(callCount))
    } while samples.count < minimumSampleCount || ContinuousClock.now < end
    return Timing(times: Statistics(samples), callsPerSample: callCount)
  }

  /// Runs calls in blocks of a tenth of the budget until a block's time is within 3 % of the one
  /// before, or until the budget is spent.
  ///
  /// - Returns: The seconds per call in the last block.
  private func warmUp(_ body: () throws -> Void) rethrows -> Double {
    let end = ContinuousClock.now + budget
    var previous = Double.infinity
    while true {
      let block = ContinuousClock.now
      var callCount = 0
      repeat {
        try body()
        callCount += 1
      } while ContinuousClock.now - block < budget / 10
      let call = (ContinuousClock.now - block) / .seconds(1) / Double(callCount)
      if abs(call - previous) < 0.03 * previous || ContinuousClock.now > end { return call }
      previous = call
    }
  }

  /// Returns the seconds that a closure takes.
  static func seconds(_ body: () throws -> Void) rethrows -> Double {
    let start = ContinuousClock.now
    try body()
    return (ContinuousClock.now - start) / .seconds(1)
  }
}
