import Forecasting
import NeuralNetwork
import Testing
import TestSupport

/// The figures are those of PyTorch 2.13, by `direct()` of:
///
///     import math, torch
///     def wave(*shape, phase):
///       n = torch.arange(math.prod(shape), dtype=torch.float64)
///       return (n * 0.7 + phase).sin().reshape(shape) * 0.5
///     def show(*tensors):
///       for t in tensors: print([float(f"{x:.9g}") for x in t.detach().flatten()])
///     def direct(L=2, B=3, K=5, H=4, F=16):
///       state_weight = wave(H, H, phase=0).requires_grad_()
///       bias = wave(H, phase=1).requires_grad_()
///       feature_weight = wave(H, F, phase=2).requires_grad_()
///       hidden = wave(L, B, H, phase=30).requires_grad_()
///       future = wave(B, K, F, phase=31)
///       x = torch.cat([hidden[-1].unsqueeze(1).expand(B, K, H), future], dim=2)
///       w = torch.cat([state_weight, feature_weight], dim=1)
///       y = torch.relu(torch.nn.functional.linear(x, w, bias))
///       (y * wave(*y.shape, phase=33)).sum().backward()
///       show(y, hidden.grad, state_weight.grad, bias.grad, feature_weight.grad)
@Suite struct DirectDecoderTests {
  @Test func followsPyTorch() throws {
    var generator = Xoshiro256(seed: 1)
    var decoder = DirectDecoder(hiddenSize: 4, channelCount: 16, using: &generator)
    var phase = 0.0
    decoder.forEachParameter { _, parameter in
      parameter = .wave(parameter.shape, phase: phase)
      phase += 1
    }
    let hidden = Tensor<Float>.wave([2, 3, 4], phase: 30)
    let future = Tensor<Float>.wave([3, 5, 16], phase: 31)
    func states(_ decoder: DirectDecoder, _ hidden: Tensor<Float>) -> Tensor<Float> {
      var pass = ForwardPass.inference
      let inputs = NetworkInputs(
        history: .zeros([3, 0, 0]), future: future, statics: .zeros([3, 0]))
      return decoder.states(from: hidden[1], over: inputs, &pass)
    }
    func loss(_ decoder: DirectDecoder, _ hidden: Tensor<Float>) -> Tensor<Float> {
      (states(decoder, hidden) * .wave([3, 5, 4], phase: 33)).sum()
    }
    let output = states(decoder, hidden)
    #expect(output.shape == [3, 5, 4])
    expectClose(output, try figures("output"), "output")
    let (_, gradients) = valueWithGradient(at: decoder) { loss($0, hidden) }
    #expect(gradients.names == ["context.weight", "context.bias", "features.weight"])
    for (name, value) in zip(gradients.names, gradients.values) {
      expectClose(value, try figures(name), name)
    }
    let dhidden = gradient(at: hidden) { loss(decoder, $0) }
    expectClose(dhidden, try figures("dhidden"), "dhidden")
  }

  private func figures(_ name: String) throws -> [Float] {
    try #require(Self.figures[name]).map { Float($0) }
  }

  private static let figures: [String: [Double]] = [
    "output": [
      0, 1.13714073, 2.17533785, 0, 0, 0, 1.43545217, 2.16453613, 1.51979133, 0, 0, 1.17823188,
      2.78580346, 1.21789136, 0, 0, 0.988691881, 2.23748493, 1.1697359, 0, 0, 0.717164376,
      1.86452685, 1.02698962, 0, 0, 0.0946630187, 2.23695352, 1.41430273, 0.244355226, 0,
      0.0482529287, 1.40038049, 2.76394431, 0, 0, 0, 2.33118531, 1.55255439, 0, 0, 0, 2.05814053,
      1.62145871, 1.10101899, 0, 0, 1.35719874, 2.87908776, 0.503769178, 0, 0, 1.58931816,
      2.15058737, 0.943446262, 0, 0, 0.392516433, 2.53138014, 0.159712554,
    ],
    "dhidden": [
      0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0.0158599308, 0.0530404583, 0.0652752296, 0.0468100404,
      -0.192217028, -0.0871380904, 0.0589232525, 0.177272069, -0.116650961, 0.102431458,
      0.273338762, 0.315690575,
    ],
    "context.weight": [
      0.0946512662, 0.242304936, 0.275998808, 0.179886128, 0.107403537, 0.0614423062,
      -0.0134162013, -0.0819648597, 0.112890375, 0.114803041, 0.0627220424, -0.0188581124,
      0.129925792, 0.185373016, 0.153636414, 0.0496422062,
    ],
    "context.bias": [
      0.398962786, -0.149766968, 0.107682949, -0.547472387,
    ],
    "features.weight": [
      -0.367016983, -0.557787902, -0.486222455, -0.18597899, 0.2017333, 0.494567267, 0.55479852,
      0.354099361, -0.0131382615, -0.374196754, -0.559264666, -0.481301667, -0.176974973,
      0.210585816, 0.499104805, 0.552887006, -0.224962884, 0.212902331, 0.550636252, 0.62939734,
      0.412143025, 0.00105140476, -0.410534707, -0.629039932, -0.551697847, -0.214883645,
      0.222993694, 0.555993613, 0.627501049, 0.403884937, -0.0096845726, -0.418699276,
      0.661317922, 0.531463776, 0.151653912, -0.299481156, -0.609765558, -0.63326769,
      -0.358934132, 0.0842117567, 0.48775154, 0.661894153, 0.524737603, 0.140788759, -0.309375238,
      -0.614035226, -0.629904854, -0.349520386, -0.0955957696, -0.285004402, -0.340371011,
      -0.235655815, -0.0201080068, 0.204896911, 0.33353561, 0.3053073, 0.133488196, -0.101112492,
      -0.288158395, -0.339678903, -0.231443114, -0.0143560132, 0.209482945, 0.334798801,
    ],
  ]
}
