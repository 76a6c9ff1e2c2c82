import NeuralNetwork

/// What the processor can do in matrix products: the measure of what a row could do at best.
package struct GEMMPeak {
  let threadCount: Int
  /// Operations a second, in units of 10⁹.
  let gigaflops: Double

  package init(threadCount: Int, gigaflops: Double) {
    self.threadCount = threadCount
    self.gigaflops = gigaflops
  }

  /// Measures the product of two random matrices of 1024 × 1024: the best of half a second, so that
  /// another process that has a core for a moment does not lower it.
  init(measuredWith threadCount: Int) {
    Parallelism.threadCount = threadCount
    let extent = 1024
    let a = Tensor<Float>.random([extent, extent], seed: 1)
    let b = Tensor<Float>.random([extent, extent], seed: 2)
    let best = Stopwatch.thorough.measure { keep(matmul(a, b)) }.times.minimum
    self.init(
      threadCount: threadCount, gigaflops: 2 * Double(extent * extent * extent) / best / 1e9)
  }
}
