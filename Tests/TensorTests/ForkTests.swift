import Foundation
import Tensor
import TestSupport
import Testing

/// Tensors in the child of a `fork`. Each test forks a process of its own.
struct ForkTests {
  @Test func childrenCompute() async {
    await #expect(processExitsWith: .success) {
      Parallelism.threadCount = 3
      let expected = work()
      require(expectSuccessOfChild { work() == expected }, "the child fails after first use")
      // A child of a child, and the parent after its children.
      require(
        expectSuccessOfChild { expectSuccessOfChild { work() == expected } && work() == expected },
        "the child of the child fails")
      require(work() == expected, "the parent fails after the fork")
    }
  }

  /// Other threads take and give buffers, and wait for the pool of threads, as the process forks.
  @Test func childrenComputeWhateverOtherThreadsDid() async {
    await #expect(processExitsWith: .success) {
      Parallelism.threadCount = 2
      let expected = work()
      nonisolated(unsafe) var isDone = false
      let others = (0..<2).map { _ in
        runThread { while !isDone { require(work() == expected, "a thread of the parent fails") } }
      }
      for _ in 0..<20 {
        require(expectSuccessOfChild { work() == expected }, "a child fails")
      }
      isDone = true
      for other in others { other.wait() }
    }
  }
}

/// Uses the pool of threads, the pool of buffers, OpenBLAS and LAPACK.
private func work() -> [Float] {
  let x = Tensor<Float>.random([70, 90])
  let product = matmul(x, .random([90, 80], seed: 2))  // in tiles
  let long = Tensor<Float>.random([1 << 16], seed: 3).tanh()  // in chunks
  let small = matmul(x[0..<3], .random([90, 5], seed: 4))
  let inverse = try! inverse(Tensor<Float>.random([4, 4], seed: 5) + .identity(4) * 3)
  let gradients = gradient(at: x) { matmul($0, $0, transposingB: true).tanh().sum() }
  return [product.sum(), long.sum(), small.sum(), inverse.sum(), gradients.sum()].map(\.scalar)
}

/// Whether a closure returns true in a child of this process, within a minute.
private func expectSuccessOfChild(_ body: () -> Bool) -> Bool {
  // Swift does not import fork.
  typealias Fork = @convention(c) () -> pid_t
  let fork = unsafeBitCast(dlsym(nil, "fork"), to: Fork.self)
  let child = fork()
  if child == 0 { _exit(body() ? 0 : 1) }
  var status: Int32 = 0
  for _ in 0..<6000 {
    if waitpid(child, &status, WNOHANG) == child { return status == 0 }
    usleep(10_000)
  }
  kill(child, SIGKILL)
  waitpid(child, &status, 0)
  return false
}
