import Foundation
import Synchronization
import Tensor
import TestSupport
import Testing

/// The number of threads belongs to the process, so each of these runs in a process of its own.
struct ParallelismTests {
  @Test func everyIndexRunsOnce() async {
    await #expect(processExitsWith: .success) {
      for threads in [1, 2, 3, 8] {
        Parallelism.threadCount = threads
        for count in [0, 1, 2, 3, 17, 65, 1001] {
          let runs = UnsafeMutableBufferPointer<Int>.allocate(capacity: count)
          runs.initialize(repeating: 0)
          // Each index has an element of its own: if one ran twice at once, it would still show 2.
          let shared = SendablePointer(runs)
          parallelFor(count) { shared.pointer[$0] += 1 }
          require(runs.allSatisfy { $0 == 1 }, "\(count) pieces on \(threads) threads: \(runs)")
          runs.deallocate()
        }
      }
    }
  }

  @Test func otherWorkRunsOnceOnTheCallingThread() async {
    await #expect(processExitsWith: .success) {
      for threads in [1, 2, 3] {
        Parallelism.threadCount = threads
        for count in [0, 1, 17] {
          let total = Counter()
          var runners: [Thread] = []
          parallelFor(count, meanwhile: { runners.append(callingThread()) }) { total.add($0 + 1) }
          require(runners == [callingThread()], "\(runners.count) runs on \(threads) threads")
          require(total.value == count * (count + 1) / 2, "sum \(total.value)")
        }
      }
    }
  }

  @Test func resultsAreInTheOrderOfTheIndices() async {
    await #expect(processExitsWith: .success) {
      for threads in [1, 2, 3] {
        Parallelism.threadCount = threads
        for count in [0, 1, 3, 65] {
          let texts = parallelMap(count) { "\($0)" }
          require(texts == (0..<count).map { "\($0)" }, "\(texts) on \(threads) threads")
        }
      }
    }
  }

  @Test func nestedCallsRunOnTheirThread() async {
    await #expect(processExitsWith: .success) {
      Parallelism.threadCount = 3
      let total = Counter()
      parallelFor(17) { outer in
        parallelFor(5) { inner in total.add(outer * 5 + inner) }
      }
      require(total.value == (0..<85).reduce(0, +), "sum \(total.value)")
    }
  }

  @Test func severalThreadsMayCallAtOnce() async {
    await #expect(processExitsWith: .success) {
      Parallelism.threadCount = 3
      let total = Counter()
      let threads = (0..<4).map { _ in
        runThread { for _ in 0..<200 { parallelFor(17) { total.add($0 + 1) } } }
      }
      for thread in threads { thread.wait() }
      require(total.value == 4 * 200 * 153, "sum \(total.value)")
    }
  }

  @Test func idleWorkersWakeUp() async {
    await #expect(processExitsWith: .success) {
      Parallelism.threadCount = 3
      for _ in 0..<20 {
        let total = Counter()
        parallelFor(65) { total.add($0) }
        require(total.value == 65 * 64 / 2, "sum \(total.value)")
        try? await Task.sleep(for: .milliseconds(2))  // longer than they look for work
      }
    }
  }

  @Test func resultsAreBitIdenticalAtEveryThreadCount() async {
    await #expect(processExitsWith: .success) {
      let a = Tensor<Float>.random([517, 65])
      let b = Tensor<Float>.random([65, 129], seed: 2)
      let batch = Tensor<Float>.random([7, 65, 33], seed: 3)
      func results() -> [Tensor<Float>] {
        let (value, gradients) = valueWithGradient(at: a, b) { matmul($0, $1).tanh().sum() }
        let square = matmul(batch, batch, transposingA: true) + Tensor.identity(33)
        return [
          matmul(a, b), matmul(b, a, transposingA: true, transposingB: true), value, gradients.0,
          gradients.1, matmul(batch, b[.range(0..<33)]), square,
          (try? inverse(square)) ?? .zeros([]), a.sum(axis: 0), a.softmax(),
        ]
      }
      Parallelism.threadCount = 1
      let expected = results()
      for threads in [2, 3] {
        Parallelism.threadCount = threads
        for (index, result) in results().enumerated() {
          require(result == expected[index], "result \(index) differs at \(threads) threads")
        }
      }
    }
  }

  @Test func threadCountIsAtLeastOne() async {
    await #expect(processExitsWith: .success) {
      require(Parallelism.threadCount >= 1, "no threads")
      Parallelism.threadCount = -3
      require(Parallelism.threadCount == 1, "\(Parallelism.threadCount) threads")
    }
  }
}

private final class Counter: Sendable {
  private let total = Mutex(0)

  var value: Int { total.withLock { $0 } }
  func add(_ number: Int) { total.withLock { $0 += number } }
}

/// Returns the thread of the call. An asynchronous function can't ask for it directly.
private func callingThread() -> Thread { .current }
