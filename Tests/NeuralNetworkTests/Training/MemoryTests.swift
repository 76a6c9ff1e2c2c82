import Foundation
import NeuralNetwork
import TestSupport
import Testing

/// What training takes from the system. Each test has a process of its own, where nobody else
/// allocates.
@Suite struct MemoryTests {
  @Test func trainingStepsHoldMemoryConstant() async {
    await #expect(processExitsWith: .success) {
      #if DEBUG
        let stepCount = 1_000
      #else
        let stepCount = 10_000
      #endif
      var model = Regressor(inputSize: 2, hiddenSize: 8, layerCount: 2, outputSize: 3)
      var optimizer = Adam<Float>()
      var generator = Xoshiro256(seed: 3)
      let x = Tensor<Float>.random([9, 5, 2])
      let y = Tensor<Float>.random([9, 3])
      var tensorBytes = 0
      var residentBytes = 0
      for step in 1...stepCount {
        var (_, gradients) = valueWithGradient(at: model) {
          meanSquaredError($0(x, training: &generator), y)
        }
        gradients.clip(norm: 1)
        optimizer.update(&model, along: gradients)
        if step == 100 {
          tensorBytes = TensorMemory.systemByteCount
          residentBytes = residentByteCount()
        }
      }
      #expect(TensorMemory.systemByteCount == tensorBytes)
      #expect(residentByteCount() - residentBytes < 1 << 20)
    }
  }

  /// Without a cache every new tensor would show.
  @Test func optimizersUpdateInPlace() async {
    await #expect(processExitsWith: .success) {
      expectInPlace(GradientDescent<Float>(learningRate: 0.1))
      expectInPlace(SGD<Float>(learningRate: 0.1))
      expectInPlace(SGD<Float>(learningRate: 0.1, momentum: 0.9))
      expectInPlace(Adam<Float>())
      expectInPlace(AdamW<Float>())
    }
  }
}

private func expectInPlace<O: Optimizer>(
  _ optimizer: O, sourceLocation: SourceLocation = #_sourceLocation
) where O.Scalar == Float {
  var optimizer = optimizer
  var generator = anyGenerator()
  var model = Sequential<Float>(
    LSTM(inputSize: 2, hiddenSize: 4, returnsSequence: false, using: &generator),
    Dense(inputSize: 4, outputSize: 3, using: &generator))
  let gradients = gradients(of: model, 0)
  optimizer.update(&model, along: gradients)
  TensorMemory.clearCache()
  let before = TensorMemory.systemByteCount
  optimizer.update(&model, along: gradients)
  #expect(
    TensorMemory.systemByteCount == before, "\(O.self)", sourceLocation: sourceLocation)
}

/// The bytes of the process that are in memory, 0 where the system does not say.
private func residentByteCount() -> Int {
  guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else {
    return 0
  }
  let pages = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
  return pages * sysconf(Int32(_SC_PAGESIZE))
}
