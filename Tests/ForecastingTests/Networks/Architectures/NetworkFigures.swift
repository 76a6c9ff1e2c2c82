import Forecasting
import NeuralNetwork
import Testing
import TestSupport

/// The outputs of a network at fixed weights and inputs, for a comparison with PyTorch.
///
/// The figures of a test are those of PyTorch 2.15, by the definition of the network in the test and
/// `figures(…)` of:
///
///     import math, torch
///     from torch import nn
///     def wave(shape, phase):
///       n = torch.arange(math.prod(shape), dtype=torch.float64)
///       return ((n * 0.7 + phase).sin() * 0.5).reshape(shape)
///     def show(name, tensor):
///       x = tensor.detach().flatten()
///       step = 1 if len(x) <= 16 else len(x) // 16 | 1
///       print(name, [float(f"{v:.8g}") for v in [x.sum(), *x[::step]]])
///     def figures(network, S=1, O=2, C=3, T=4, B=5, K=6, F=7):
///       for phase, p in enumerate(network.double().parameters()):
///         p.data = wave(p.shape, phase)
///       inputs = [wave(s, 30 + i).requires_grad_() for i, s in
///                 enumerate([(B, T, C), (B, K, F), (B, S)])]
///       y = network(*inputs)
///       (y * wave(y.shape, 33)).sum().backward()
///       show("output", y)
///       for name, p in network.named_parameters():
///         show(name, torch.zeros_like(p) if p.grad is None else p.grad)
///       for name, x in zip(["history", "future", "statics"], inputs): show(name, x.grad)
///     class DirectDecoder(nn.Module):
///       def __init__(self, H, S, F):
///         super().__init__()
///         self.context = nn.Linear(H + S, H)
///         self.features = nn.Linear(F, H, bias=False)
///       def forward(self, state, future, statics):
///         context = self.context(torch.cat([state, statics], 1))
///         return torch.relu(self.features(future) + context[:, None])
///
/// Figures of a tensor are the sum of its elements, followed by about 16 of them.
struct NetworkFigures {
  let values: [(name: String, tensor: Tensor<Float>)]

  init(_ architecture: some ForecastArchitecture, inputLength: Int = 4) {
    let extents = NetworkExtents(
      inputLength: inputLength, horizon: 6, historyChannelCount: 3, futureChannelCount: 7,
      staticChannelCount: 1, outputCount: 2)
    var generator = Xoshiro256(seed: 1)
    var network = architecture.network(extents, using: &generator)
    var phase = 0.0
    network.forEachParameter { _, parameter in
      parameter = .wave(parameter.shape, phase: phase)
      phase += 1
    }
    let inputs: [Tensor<Float>] = [
      .wave([5, inputLength, 3], phase: 30), .wave([5, 6, 7], phase: 31), .wave([5, 1], phase: 32),
    ]
    func output(_ network: some ForecastNetwork, _ inputs: [Tensor<Float>]) -> Tensor<Float> {
      var pass = ForwardPass.inference
      let inputs = NetworkInputs(history: inputs[0], future: inputs[1], statics: inputs[2])
      return network.forward(inputs, &pass)
    }
    func loss(_ network: some ForecastNetwork, _ inputs: [Tensor<Float>]) -> Tensor<Float> {
      (output(network, inputs) * .wave([5, 6, 2], phase: 33)).sum()
    }
    let ofParameters = valueWithGradient(at: network) { loss($0, inputs) }.gradients
    let ofInputs = valueWithGradients(at: inputs) { loss(network, $0) }.gradients
    values =
      [("output", output(network, inputs))]
      + zip(ofParameters.names, ofParameters.values).map { ($0, $1) }
      + zip(["history", "future", "statics"], ofInputs).map { ($0, $1) }
  }

  /// Expects the figures of PyTorch.
  func expect(
    _ expected: KeyValuePairs<String, [Double]>, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(values.map(\.name) == expected.map(\.key), sourceLocation: sourceLocation)
    for ((name, tensor), figures) in zip(values, expected) {
      let elements = tensor.scalars
      let step = elements.count <= 16 ? 1 : elements.count / 16 | 1
      let shown = stride(from: 0, to: elements.count, by: step).map { elements[$0] }
      expectClose(
        Tensor([elements.reduce(0, +)] + shown), figures.value.map { Float($0) },
        within: 4e-5, name, sourceLocation: sourceLocation)
    }
  }
}
