import Tensor
import TestSupport
import Testing

/// The pool belongs to the process, so each of these runs in a process of its own.
struct TensorMemoryTests {
  @Test func repeatedWorkTakesNothingFromTheSystem() async {
    await #expect(processExitsWith: .success) {
      func work() -> Float {
        let x = Tensor<Float>.random([65, 33])
        let w = Tensor<Float>.random([33, 17], seed: 2)
        let (value, gradients) = valueWithGradient(at: x, w) { matmul($0, $1).tanh().sum() }
        return (value + gradients.0.sum() + gradients.1.sum()).scalar
      }
      let first = work()
      let warm = TensorMemory.systemByteCount
      for _ in 0..<100 { require(work() == first, "the work gives other numbers") }
      require(
        TensorMemory.systemByteCount == warm, "\(TensorMemory.systemByteCount) bytes, not \(warm)")
      require(warm > 65 * 33 * 4, "nothing was counted")
    }
  }

  /// Classes are 64 bytes apart up to 256, then four to each doubling.
  @Test func buffersComeInSizeClasses() async {
    await #expect(processExitsWith: .success) {
      let expected = [
        (0, 64), (1, 64), (16, 64), (17, 128), (33, 192), (64, 256), (65, 320), (80, 320),
        (81, 384), (97, 448), (128, 512), (129, 640), (256, 1024), (257, 1280), (1 << 20, 1 << 22),
        ((1 << 20) + 1, 5 << 20),
      ]
      for (count, byteCount) in expected {
        TensorMemory.clearCache()
        let before = TensorMemory.systemByteCount
        _ = Tensor<Float>(shape: [count]) { $0.initialize(repeating: 1) }.elementCount
        let taken = TensorMemory.systemByteCount - before
        require(taken == byteCount, "\(count) elements took \(taken) bytes, not \(byteCount)")
        require(TensorMemory.cachedByteCount == byteCount, "the buffer was not kept")
      }
    }
  }

  @Test func cacheIsLimitedAndCleared() async {
    await #expect(processExitsWith: .success) {
      TensorMemory.clearCache()
      require(TensorMemory.cacheLimit == 1 << 30, "another limit than documented")
      TensorMemory.cacheLimit = 4096
      var tensors = (0..<10).map { _ in Tensor<Double>.zeros([128]) }  // 1024 bytes each
      tensors.removeAll()
      require(TensorMemory.cachedByteCount == 4096, "\(TensorMemory.cachedByteCount) bytes kept")
      TensorMemory.cacheLimit = 1000
      require(TensorMemory.cachedByteCount == 0, "more is kept than the limit")
      TensorMemory.cacheLimit = 1 << 20
      _ = Tensor<Double>.zeros([128]).sum()
      require(TensorMemory.cachedByteCount > 0, "nothing was kept")
      TensorMemory.clearCache()
      require(TensorMemory.cachedByteCount == 0, "something was kept")
    }
  }
}
