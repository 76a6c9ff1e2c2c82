import NeuralNetwork

/// The processor's peak in matrix products, as an upper bound for all cases.
package struct GEMMPeak {
  let threadCount: Int
  /// The rate in 10⁹ operations per second.
  let gigaflops: Double

  package init(threadCount: Int, gigaflops: Double) {
    self.threadCount = threadCount
    self.gigaflops = gigaflops
  }

  /// Measures the product of two random matrices of 1024 × 1024. It takes the fastest call of half
  /// a second, so that other processes that briefly use a core have no effect.
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
