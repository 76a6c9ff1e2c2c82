import Foundation
import NeuralNetwork
import TestSupport
import Testing

/// Weights go to PyTorch and come from it unchanged, and give the same outputs on either side.
@Suite struct PyTorchExchangeTests {
  @Test func weightsFromPyTorchGiveItsOutputs() throws {
    try expectOutputs(as: Float.self, within: 1e-6)
    try expectOutputs(as: Double.self, within: 1e-6)
  }

  @Test func aBatchNormalizationFromPyTorchGivesItsOutputs() throws {
    var norm = BatchNorm<Float>(size: 3)
    try norm.loadWeights(from: fixture("batch-norm.safetensors"))
    #expect(norm.batchCount.scalar == 2)
    let outputs = try SafetensorsFile(path: fixture("batch-norm-outputs.safetensors"))
    let x = try outputs.tensor("x", as: Float.self)
    expectClose(norm(x), try outputs.tensor("y", as: Float.self), within: 1e-6)
  }

  private func expectOutputs<Scalar: TensorScalar>(
    as type: Scalar.Type, within tolerance: Scalar
  ) throws {
    var network = Network<Scalar>(seed: 1)
    try network.loadWeights(from: fixture("network.safetensors"))
    let tensors = try SafetensorsFile(path: fixture("network-outputs.safetensors"))
      .tensors(as: Scalar.self)
    func tensor(_ name: String) throws -> Tensor<Scalar> { try #require(tensors[name]) }
    let (output, state) = network.lstm(
      try tensor("x"), state: .init(hidden: try tensor("h"), cell: try tensor("c")))
    expectClose(output, try tensor("output"), within: tolerance, "output")
    expectClose(state.hidden, try tensor("last_h"), within: tolerance, "last_h")
    expectClose(state.cell, try tensor("last_c"), within: tolerance, "last_c")
    expectClose(network.head(output), try tensor("y"), within: tolerance, "y")
  }

  @Test(.enabled(if: hasPyTorch, needsPyTorch))
  func weightsWrittenHereGiveTheSameInPyTorch() throws {
    let network = Network<Float>(seed: 17)
    try expectExchange(of: network, "LSTM") { network.head(network.lstm($0, state: nil).output) }
  }

  @Test(.enabled(if: hasPyTorch, needsPyTorch))
  func weightsOfAGRUGiveTheSameInPyTorch() throws {
    let network = GRUNetwork(seed: 17)
    try expectExchange(of: network, "GRU") { network.head(network.gru($0)) }
  }

  /// Expects PyTorch to load the network's weights, to write them to the last bit, and to compute the
  /// same outputs.
  private func expectExchange<Model: Module>(
    of network: Model, _ kind: String, output: (Tensor<Float>) -> Tensor<Float>
  ) throws {
    let directory = try TemporaryDirectory()
    let x = Tensor<Float>.random([4, 7, 3], seed: 3)
    let paths = ["weights", "inputs", "rewritten", "outputs"].map { directory.path($0) }
    try network.saveWeights(to: paths[0], metadata: ["written by": "Foresight"])
    try SafetensorsFile.write(["x": x], to: paths[1])
    try Python.run([fixture("exchange.py"), kind] + paths)
    #expect(try bytes(paths[2]) == bytes(paths[0]))
    let y = try SafetensorsFile(path: paths[3]).tensor("y", as: Float.self)
    expectClose(output(x), y, within: 1e-6)
  }
}

/// The network of exchange.py with a GRU.
private struct GRUNetwork: Module {
  var gru: GRU<Float>
  var head: Dense<Float>

  init(seed: UInt64) {
    var generator = Xoshiro256(seed: seed)
    gru = GRU(inputSize: 3, hiddenSize: 5, layerCount: 2, using: &generator)
    head = Dense(inputSize: 5, outputSize: 2, using: &generator)
  }

  mutating func visitParameters(_ visit: ParameterVisitor<Float>) {
    visit("gru", &gru)
    visit("head", &head)
  }
}

private let hasPyTorch = Python.has("safetensors.torch", "torch")

private let needsPyTorch: Comment =
  """
  needs a Python with Tests/requirements.txt, as python3 on the PATH or named by FORESIGHT_PYTHON
  """
