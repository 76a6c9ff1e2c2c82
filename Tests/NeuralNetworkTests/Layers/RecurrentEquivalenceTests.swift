import NeuralNetwork
import TestSupport
import Testing

/// What must not matter to a recurrent layer: how rows are batched, where a sequence is cut, and how
/// many threads compute it.
@Suite struct RecurrentEquivalenceTests {
  /// 130 rows are six tiles, of 21 and of 22 rows.
  @Test func batchesAreTheirRows() {
    let layer = lstm(Double.self)
    let x = Tensor<Double>.wave([130, 5, 2], phase: 30)
    let state = LSTM<Double>.State(
      hidden: .wave([2, 130, 4], phase: 31), cell: .wave([2, 130, 4], phase: 32))
    func row(_ index: Int) -> (Tensor<Double>, LSTM<Double>.State) {
      let range = index..<(index + 1)
      return (
        x[range],
        .init(
          hidden: state.hidden.slice(axis: 1, range), cell: state.cell.slice(axis: 1, range))
      )
    }
    let (output, final) = layer(x, state: state)
    let (_, gradients) = valueWithGradient(at: layer) { loss($0, x, state) }
    let dx = gradient(at: x) { loss(layer, $0, state) }
    var sums = gradients.values.map { Tensor<Double>.zeros($0.shape) }
    for index in 0..<130 {
      let (x, state) = row(index)
      let (rowOutput, rowFinal) = layer(x, state: state)
      expectClose(rowOutput[0], output[index])
      expectClose(rowFinal.hidden, final.hidden.slice(axis: 1, index..<(index + 1)))
      expectClose(rowFinal.cell, final.cell.slice(axis: 1, index..<(index + 1)))
      expectClose(gradient(at: x) { loss(layer, $0, state) }[0], dx[index], within: 1e-12)
      let (_, rowGradients) = valueWithGradient(at: layer) { loss($0, x, state) }
      for index in sums.indices { sums[index] += rowGradients.values[index] }
    }
    for (name, (whole, sum)) in zip(gradients.names, zip(gradients.values, sums)) {
      expectClose(whole, sum, within: 1e-12, name)
    }
  }

  @Test func sequencesCanBeCut() {
    let layer = lstm(Double.self)
    let x = Tensor<Double>.wave([3, 7, 2], phase: 30)
    func inTwoParts(
      _ layer: LSTM<Double>, _ x: Tensor<Double>
    ) -> (output: Tensor<Double>, state: LSTM<Double>.State) {
      let (first, state) = layer(x.slice(axis: 1, 0..<3), state: nil)
      let (second, final) = layer(x.slice(axis: 1, 3..<7), state: state)
      return (.concatenated([first, second], axis: 1), final)
    }
    let (whole, wholeState) = layer(x, state: nil)
    let (parts, partsState) = inTwoParts(layer, x)
    expectClose(parts, whole)
    expectClose(partsState.hidden, wholeState.hidden)
    expectClose(partsState.cell, wholeState.cell)
    let (_, expected) = valueWithGradient(at: layer) {
      contracted($0(x, state: nil).output, phase: 33)
    }
    let (_, gradients) = valueWithGradient(at: layer) {
      contracted(inTwoParts($0, x).output, phase: 33)
    }
    for (index, name) in expected.names.enumerated() {
      expectClose(gradients.values[index], expected.values[index], within: 1e-12, name)
    }
  }

  @Test func nothingInIsNothingOut() {
    let layer = lstm(Float.self)
    let (none, state) = layer(.zeros([0, 5, 2]), state: nil)
    #expect(none.shape == [0, 5, 4])
    #expect(state.hidden.shape == [2, 0, 4])
    let (_, gradients) = valueWithGradient(at: layer) { $0(.zeros([0, 5, 2])).sum() }
    #expect(gradients.values.allSatisfy { $0.scalars.allSatisfy { $0 == 0 } })

    let initial = LSTM<Float>.State(
      hidden: .wave([2, 3, 4], phase: 31), cell: .wave([2, 3, 4], phase: 32))
    let (empty, same) = layer(.zeros([3, 0, 2]), state: initial)
    #expect(empty.shape == [3, 0, 4])
    #expect(same.hidden == initial.hidden && same.cell == initial.cell)
    let (_, untouched) = valueWithGradient(at: layer) {
      $0(.zeros([3, 0, 2]), state: initial).state.cell.sum()
    }
    #expect(untouched.values.allSatisfy { $0.scalars.allSatisfy { $0 == 0 } })
  }

  /// In a process of its own, where nobody else takes the threads.
  @Test func resultsAreTheSameBitsForEveryThreadCount() async {
    await #expect(processExitsWith: .success) {
      let layer = LSTM<Float>.dropping
      let dense: Dense<Float> = .random(inputSize: 65, outputSize: 170)
      let x = Tensor<Float>.random([330, 5, 3])
      let rows = Tensor<Float>.random([1000, 65])
      func results() -> [[Float]] {
        let (loss, gradients) = valueWithGradient(at: layer) {
          var generator = Xoshiro256(seed: 9)
          return $0(x, training: &generator).squared().sum()
        }
        let dx = gradient(at: x) { layer($0).squared().sum() }
        let (denseLoss, denseGradients) = valueWithGradient(at: dense) { $0(rows).squared().sum() }
        return
          ([loss, layer(x), dx, dense(rows), denseLoss] + gradients.values
          + denseGradients.values).map(\.scalars)
      }
      Parallelism.threadCount = 1
      let expected = results()
      for threads in [2, 3] {
        Parallelism.threadCount = threads
        #expect(results() == expected)
      }
    }
  }

  private func lstm<Scalar: TensorScalar>(_ scalar: Scalar.Type) -> LSTM<Scalar> {
    var generator = anyGenerator()
    return LSTM(inputSize: 2, hiddenSize: 4, layerCount: 2, using: &generator).waves()
  }

  /// Counts each row alike, wherever it is in the batch.
  private func loss(
    _ layer: LSTM<Double>, _ x: Tensor<Double>, _ state: LSTM<Double>.State
  ) -> Tensor<Double> {
    let (output, final) = layer(x, state: state)
    return output.squared().sum() + final.cell.squared().sum() + (final.hidden * 3).sum()
  }
}

extension LSTM {
  /// Two layers with dropout between and within.
  fileprivate static var dropping: LSTM {
    var generator = Xoshiro256(seed: 5)
    return LSTM(
      inputSize: 3, hiddenSize: 17, layerCount: 2, dropout: 0.3, recurrentDropout: 0.4,
      using: &generator)
  }
}

extension Dense {
  fileprivate static func random(inputSize: Int, outputSize: Int) -> Dense {
    var generator = Xoshiro256(seed: 5)
    return Dense(
      inputSize: inputSize, outputSize: outputSize, activation: .sigmoid, using: &generator)
  }
}
