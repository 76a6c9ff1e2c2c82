import Explanation
import Testing
import TestSupport

/// Integrated gradients against captum 0.9 and PyTorch 2.13:
///
///     class Network(nn.Module):
///       def __init__(self):
///         super().__init__()
///         self.lstm = nn.LSTM(3, 6, batch_first=True)
///         self.hidden = nn.Linear(6 + 2, 7)
///         self.output = nn.Linear(7, 5)
///       def forward(self, history, statics):
///         _, (h, _) = self.lstm(history)
///         return self.output(torch.relu(self.hidden(torch.cat([h[0], statics], 1)))).exp()
///     net = Network().double()
///     for phase, p in enumerate(net.parameters()): p.data = wave(p.shape, phase)
///     x = (wave((1, 4, 3), 30) * 3, wave((1, 2), 31) * 3)
///     b = (wave((1, 4, 3), 40), wave((1, 2), 41))
///     for k in (1, 3):
///       print(IntegratedGradients(net).attribute(
///         x, b, target=k, n_steps=50, method="gausslegendre"))
@Suite struct IntegratedGradientsTests {
  private struct Network {
    var lstm: LSTM<Float>
    var hidden, output: Dense<Float>

    init() {
      var generator = Xoshiro256(seed: 1)
      lstm = LSTM(inputSize: 3, hiddenSize: 6, using: &generator)
      hidden = Dense(inputSize: 8, outputSize: 7, activation: .relu, using: &generator)
      output = Dense(inputSize: 7, outputSize: 5, using: &generator)
      var phase = 0.0
      func fill(_ parameter: inout Tensor<Float>) {
        parameter = .wave(parameter.shape, phase: phase)
        phase += 1
      }
      lstm.forEachParameter { _, parameter in fill(&parameter) }
      hidden.forEachParameter { _, parameter in fill(&parameter) }
      output.forEachParameter { _, parameter in fill(&parameter) }
    }

    func callAsFunction(_ inputs: [Tensor<Float>]) -> Tensor<Float> {
      var pass = ForwardPass.inference
      let state = lstm.forward(inputs[0], state: nil, &pass).state.hidden[0]
      let features = Tensor.concatenated([state, inputs[1]], axis: 1)
      return output.forward(hidden.forward(features, &pass), &pass).exp()
    }
  }

  private static let inputs: [Tensor<Float>] = [
    .wave([1, 4, 3], phase: 30) * 3, .wave([1, 2], phase: 31) * 3,
  ]
  private static let baseline: [Tensor<Float>] = [
    .wave([1, 4, 3], phase: 40), .wave([1, 2], phase: 41),
  ]

  @Test func agreesWithCaptum() throws {
    let network = Network()
    let found = try IntegratedGradients.contributions(
      at: Self.inputs, from: Self.baseline, results: [1, 3], of: 5, pointCount: 50
    ) { network($0) }
    #expect(found[0].shape == [2, 4, 3])
    #expect(found[1].shape == [2, 2])
    expectClose(
      found[0],
      [
        0.04945511, 0.030238721, -0.004150961, 0.016675777, 0.001759241, -0.015881676, 0.007429405,
        0.011495218, 0.067020685, 0.111144157, 0.06273424, -0.009083611,
        -0.018007573, -0.010933769, 0.001484575, -0.007588924, -0.002445635, 0.005228364,
        -0.004979413, -0.00069591, -0.0235579, -0.036225284, -0.019977728, 0.002769323,
      ], within: 2e-5)
    expectClose(
      found[1], [0.572772114, -0.527355916, -0.225591393, 0.155997231], within: 2e-5)
  }

  /// The sum approaches the difference of the results, although ReLU makes the derivative jump.
  @Test func contributionsAddUp() throws {
    let network = Network()
    let difference = network(Self.inputs) - network(Self.baseline)
    let results = Array(0..<5)
    let found = try IntegratedGradients.contributions(
      at: Self.inputs, from: Self.baseline, results: results, of: 5, pointCount: 2_048
    ) { network($0) }
    expectClose(
      found[0].sum(axes: [1, 2]) + found[1].sum(axis: 1), Array(difference.flattened.scalars),
      within: 1e-4)
  }

  /// A linear function has its slopes as derivatives everywhere.
  @Test func onePointSufficesForALinearFunction() throws {
    let slopes = Tensor<Float>([[1, 2], [3, 4], [5, 6]])
    let found = try IntegratedGradients.contributions(
      at: [Tensor([[1, 2, 3]])], from: [Tensor([[0, 0, 1]])], results: [0, 1], of: 2, pointCount: 1
    ) { matmul($0[0], slopes) }
    expectClose(found[0], [1, 6, 10, 2, 8, 12])
  }
}
