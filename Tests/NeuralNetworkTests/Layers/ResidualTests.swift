import NeuralNetwork
import TestSupport
import Testing

@Suite struct ResidualTests {
  @Test func addsItsInput() {
    var generator = anyGenerator()
    let dense = Dense<Double>(inputSize: 3, outputSize: 3, activation: .tanh, using: &generator)
    let block = Residual(dense)
    let x = Tensor<Double>.random([5, 3], seed: 1)
    #expect(block(x) == x + dense(x))
    #expect(block.parameters.map(\.name) == ["weight", "bias"])
    expectGradients(of: block, at: [x]) { block, operands in block(operands[0]) }
  }

  @Test func anotherShapeStops() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var generator = Xoshiro256(seed: 1)
      let block = Residual(Dense<Float>(inputSize: 3, outputSize: 2, using: &generator))
      _ = block(.zeros([5, 3]))
    }
    expectStopped(
      result,
      "Residual: expected an output of shape [5, 3], but Dense(3 → 2, linear) returned shape [5, 2]"
    )
  }
}
