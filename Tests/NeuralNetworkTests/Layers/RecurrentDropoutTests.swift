import NeuralNetwork
import TestSupport
import Testing

/// Dropout between and within recurrent layers.
@Suite struct RecurrentDropoutTests {
  /// With the identity as its recurrence and input at the first step alone, a rectified network hands
  /// on what it holds, and the mask, which is 0 or 2, acts on it at each step: with one mask for all
  /// steps a unit doubles each time or is 0 from the second step on.
  @Test func oneMaskServesAllSteps() {
    let (batch, steps, size) = (17, 6, 5)
    var generator = Xoshiro256(seed: 7)
    var layer = RNN<Float>(
      inputSize: 1, hiddenSize: size, nonlinearity: .relu, recurrentDropout: 0.5, using: &generator)
    layer.layers[0].inputWeight = .ones([size, 1])
    layer.layers[0].recurrentWeight = .identity(size)
    var x = Tensor<Float>.zeros([batch, steps, 1])
    x[.all, .index(0)] = .ones([batch, 1])
    let output = layer(x, training: &generator)  // [B, T, H]
    var survivors: [[Int]] = []
    for row in 0..<batch {
      survivors.append([])
      for unit in 0..<size {
        let course = (0..<steps).map { output[at: row, $0, unit] }
        if course[1] == 0 {
          #expect(course == [1, 0, 0, 0, 0, 0])
        } else {
          #expect(course == [1, 2, 4, 8, 16, 32])
          survivors[row].append(unit)
        }
      }
    }
    // Half of 85 units; each row has a mask of its own.
    #expect((20...65).contains(survivors.joined().count))
    #expect(Set(survivors).count > 1)
  }

  @Test func gradientsAreCentralDifferences() {
    var generator = anyGenerator()
    let lstm = LSTM<Double>(
      inputSize: 2, hiddenSize: 4, layerCount: 2, dropout: 0.3, recurrentDropout: 0.4,
      using: &generator
    ).waves()
    expectGradients(
      of: lstm,
      at: [
        .wave([3, 5, 2], phase: 30), .wave([2, 3, 4], phase: 31), .wave([2, 3, 4], phase: 32),
      ]
    ) { layer, point in
      var pass = ForwardPass.training(Xoshiro256(seed: 9))
      let (output, state) = layer.forward(
        point[0], state: .init(hidden: point[1], cell: point[2]), &pass)
      return .concatenated([output.flattened, state.hidden.flattened, state.cell.flattened])
    }
    let rnn = RNN<Double>(
      inputSize: 2, hiddenSize: 4, layerCount: 2, dropout: 0.3, recurrentDropout: 0.4,
      using: &generator
    ).waves()
    expectGradients(of: rnn, at: [.wave([3, 5, 2], phase: 30)]) { layer, point in
      var generator = Xoshiro256(seed: 9)
      return layer(point[0], training: &generator)
    }
  }

  @Test func inferenceIgnoresIt() {
    var generator = anyGenerator()
    let dropping = LSTM<Float>(
      inputSize: 2, hiddenSize: 4, layerCount: 2, dropout: 0.5, recurrentDropout: 0.5,
      using: &generator
    ).waves()
    let plain = LSTM<Float>(inputSize: 2, hiddenSize: 4, layerCount: 2, using: &generator).waves()
    let x = Tensor<Float>.wave([3, 5, 2], phase: 30)
    #expect(dropping(x) == plain(x))
    #expect(dropping(x, training: &generator) != plain(x))
    let before = generator
    #expect(plain(x, training: &generator) == plain(x))
    #expect(generator == before)
  }

  @Test func dropoutBetweenLayersLeavesTheLastOutputWhole() {
    var generator = anyGenerator()
    let layer = LSTM<Float>(
      inputSize: 2, hiddenSize: 4, layerCount: 1, dropout: 0.9, using: &generator)
    let x = Tensor<Float>.wave([3, 5, 2], phase: 30)
    #expect(layer(x, training: &generator) == layer(x))
  }
}
