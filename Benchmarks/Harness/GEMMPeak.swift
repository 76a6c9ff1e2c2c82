import NeuralNetwork

/// What the processor can do in matrix products: the measure of what a row could do at best.
struct GEMMPeak {
  let threadCount: Int
  /// Operations a second, in units of 10⁹.
  let gigaflops: Double

  /// Measures the product of two random matrices of 1024 × 1024: the best of ten, after one to warm
  /// up.
  init(threadCount: Int) {
    self.threadCount = threadCount
    Parallelism.threadCount = threadCount
    let extent = 1024
    let a = Tensor<Float>.random([extent, extent], seed: 1)
    let b = Tensor<Float>.random([extent, extent], seed: 2)
    let times = (0...10).map { _ in Stopwatch.seconds { keep(matmul(a, b)) } }
    let operationCount = 2 * Double(extent * extent * extent)
    gigaflops = operationCount / times.dropFirst().min()! / 1e9
  }
}
