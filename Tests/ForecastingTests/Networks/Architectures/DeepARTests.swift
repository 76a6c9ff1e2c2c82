import Forecasting
import NeuralNetwork
import TestSupport
import Testing

/// The figures are those of PyTorch 2.13; see ``NetworkFigures``. The network is:
///
///     class DeepAR(nn.Module):
///       def __init__(self, H=8, E=5, S=1, O=2, C=3, F=7):
///         super().__init__()
///         self.historyProjection = nn.Linear(C - 1 + S, E)
///         self.futureProjection = nn.Linear(F + S, E)
///         self.lstm = nn.LSTM(2 + E, H, 2, batch_first=True)
///         self.output = nn.Linear(H, O)
///       def forward(self, history, future, statics, y=None, mask=None):
///         def joined(x): return torch.cat([x, statics[:, None].expand(-1, x.shape[1], -1)], 2)
///         B, K, _ = future.shape
///         if y is None: y = mask = torch.zeros(B, K, dtype=torch.float64)
///         known = torch.stack([(y * mask).sign() * (y * mask).abs().log1p(), mask], 2)
///         previous = torch.cat([torch.zeros(B, 1, 2), history[:, :, :2], known[:, :-1]], 1)
///         steps = torch.cat([torch.relu(self.historyProjection(joined(history[:, :, 1:]))),
///                            torch.relu(self.futureProjection(joined(future)))], 1)
///         return self.output(self.lstm(torch.cat([previous, steps], 2))[0][:, -K:])
@Suite struct DeepARTests {
  /// By `figures(DeepAR())`.
  @Test func deepAR() {
    NetworkFigures(DeepARArchitecture(hiddenSize: 8, layerCount: 2, projectedSize: 5))
      .expect(Self.figures)
  }

  /// The likelihood with teacher forcing, and the norms of the gradients of all parameters, by:
  ///
  ///     D, softplus = torch.distributions, torch.nn.functional.softplus
  ///     def likelihood(name, O, log_p, counts=False, B=5, T=4, K=6):
  ///       network = DeepAR(O=O).double()
  ///       for phase, p in enumerate(network.parameters()): p.data = wave(p.shape, phase)
  ///       scales = torch.tensor([[2.], [8.], [0.5], [1.], [4.]]).double()
  ///       profile = wave((B, K), 40).abs()
  ///       mask = (torch.arange(B * K) % 4 != 1).double().reshape(B, K)
  ///       y = (wave((B, K), 41) * 4).relu()
  ///       if counts: y = (y * scales).round() / scales
  ///       o = network(wave((B, T, 3), 30), wave((B, K, 7), 31), wave((B, 1), 32), y * mask, mask)
  ///       def positive():
  ///         w = 1 / (1 + 4 * (-o[..., 1]).exp())
  ///         return o[..., 0].exp() * ((1 - w) * profile.clamp(min=0.001) + w)
  ///       def location(): return profile * (o[..., 0] + 1) + o[..., 1]
  ///       def spread(): return softplus(o[..., 2]) + 0.001
  ///       loss = -(log_p(o, y, scales, positive, location, spread) * mask).sum() / mask.sum()
  ///       loss.backward()
  ///       show(name, torch.stack([loss, *(p.grad.norm() for p in network.parameters())]))
  ///     likelihood("gaussian", 3, lambda o, y, s, positive, location, spread:
  ///       D.Normal(location(), spread()).log_prob(y))
  ///     likelihood("studentT", 4, lambda o, y, s, positive, location, spread:
  ///       D.StudentT(softplus(o[..., 3]) + 2, location(), spread()).log_prob(y))
  ///     likelihood("negativeBinomial", 3, lambda o, y, s, positive, location, spread:
  ///       D.NegativeBinomial((-o[..., 2]).exp(), logits=(positive() * s).log() + o[..., 2])
  ///       .log_prob((y * s).round()), counts=True)
  ///     likelihood("poisson", 2, lambda o, y, s, positive, location, spread:
  ///       y * positive().log() - positive())
  ///     def tweedie(o, y, s, positive, location, spread):
  ///       mu, p = positive(), 1.6
  ///       return y * mu ** (1 - p) / (1 - p) - mu ** (2 - p) / (2 - p)
  ///     likelihood("tweedie", 2, tweedie)
  @Test(arguments: ["gaussian", "studentT", "negativeBinomial", "poisson", "tweedie"])
  func likelihood(name: String) throws {
    let head: any ForecastHead =
      switch name {
      case "gaussian": GaussianHead()
      case "studentT": StudentTHead()
      case "negativeBinomial": NegativeBinomialHead()
      case "poisson": PoissonHead()
      default: TweedieHead(power: 1.6)
      }
    let extents = NetworkExtents(
      inputLength: 4, horizon: 6, historyChannelCount: 3, futureChannelCount: 7,
      staticChannelCount: 1, outputCount: head.outputCount)
    var generator = Xoshiro256(seed: 1)
    var network = DeepARArchitecture(hiddenSize: 8, layerCount: 2, projectedSize: 5)
      .network(extents, using: &generator)
    var phase = 0.0
    network.forEachParameter { _, parameter in
      parameter = .wave(parameter.shape, phase: phase)
      phase += 1
    }
    let scales = Tensor<Float>([2, 8, 0.5, 1, 4]).reshaped(to: [5, 1])
    var values = (Tensor<Float>.wave([5, 6], phase: 41) * 4).relu()
    if head is NegativeBinomialHead {
      values =
        Tensor(
          shape: [5, 6], scalars: (values * scales).scalars.map { $0.rounded(.toNearestOrEven) })
        / scales
    }
    let mask = Tensor<Float>(shape: [5, 6], scalars: (0..<30).map { $0 % 4 == 1 ? 0 : 1 })
    let profile = Tensor<Float>.wave([5, 6], phase: 40).abs()
    let targets = WindowTargets(values: values, mask: mask, profile: profile, scales: scales)
    let inputs = NetworkInputs(
      history: .wave([5, 4, 3], phase: 30), future: .wave([5, 6, 7], phase: 31),
      statics: .wave([5, 1], phase: 32))
    let (loss, gradients) = valueWithGradient(at: network) { network in
      var pass = ForwardPass.inference
      return head.loss(of: network.forward(inputs, knowing: targets, &pass), targets)
    }
    let numbers =
      [loss.scalar] + gradients.values.map { ($0 * $0).sum().scalar.squareRoot() }
    let figures = try #require(Self.likelihoods[name]).dropFirst().map { Float($0) }
    expectClose(Tensor(numbers), figures, within: 5e-5, name)
  }

  private static let figures: KeyValuePairs<String, [Double]> = [
    "output": [
      4.1669731, -0.25875025, 0.36084695, -0.2097469, 0.38067678, -0.26193688, 0.37100064,
      -0.22655912, 0.37247732, -0.23993627, 0.36337093, -0.23388416, 0.39451867, -0.25785315,
      0.35816959, -0.21267427, 0.38309586, -0.25897223, 0.37654054, -0.22056496, 0.36260175,
    ],
    "historyProjection.weight": [
      0.027443114, 0.0057882912, 0.0021858902, 0.0013703767, 0.0083112044, 0.0080416264,
      1.4509574e-5, -0.00031196222, 0.0039388408, -0.0025314898, 0.00018798684, 0.0033121522,
      -0.0028643127, 0, 0, 0,
    ],
    "historyProjection.bias": [
      0.060691091, 0.034382851, 0.030498712, -0.0023550443, -0.0018354278, 0,
    ],
    "futureProjection.weight": [
      0.12353577, -0.016292043, 0.053868532, -0.038098594, -0.0039157249, 0.024551448, -0.012337149,
      0.0024739968, 0.0091420088, -0.0058490586, -0.00031130752, 0.0061633834, -0.012259873,
      0.011903059, 0.003228856,
    ],
    "futureProjection.bias": [
      -0.10806958, -0.084160337, -0.029124541, -0.010237658, -0.0096434039, 0.025096364,
    ],
    "lstm.weight_ih_l0": [
      0.3314436, -0.00065212217, 0.0030874506, -0.017375442, 0.01354878, -0.0040783736,
      0.0016805247, -0.0037752964, 0.00097615918, -0.014132545, 0.052018007, -0.050138897,
      -0.0063557347, 0.012108025, -0.010599041, -0.0046165268,
    ],
    "lstm.weight_hh_l0": [
      -0.256136, -0.0023282314, 0.0046064586, 0.0032832923, -0.02319648, 0.0051629396, 0.0040464919,
      0.0015353619, -0.0015550739, 0.031885399, 0.011310293, 0.052790971, 0.016210138, 0.0026589223,
      -0.0028208089, 0.0024975509, -0.004867861,
    ],
    "lstm.bias_ih_l0": [
      -0.43383732, 0.014184578, -0.040300767, -0.05575112, -0.032218198, -0.021081794,
      -0.0063761399, 0.044318034, 0.14366129, 0.030451181, -0.03643201, -0.047165092,
    ],
    "lstm.bias_hh_l0": [
      -0.43383732, 0.014184578, -0.040300767, -0.05575112, -0.032218198, -0.021081794,
      -0.0063761399, 0.044318034, 0.14366129, 0.030451181, -0.03643201, -0.047165092,
    ],
    "lstm.weight_ih_l1": [
      -0.07256388, 0.0027627878, -0.0023483336, -0.0016037451, 0.0023671933, 0.0022558842,
      -0.00088511167, -0.0094368027, 0.0022443085, -0.0046227935, 0.018072422, -0.0070421591,
      0.038762946, -0.0041305408, 0.0061475814, 0.018585649, 8.3762269e-5,
    ],
    "lstm.weight_hh_l1": [
      -0.041235773, -5.2319927e-5, 0.00013099036, 0.00022674046, -0.00018839898, -0.00087457136,
      -0.0015762835, 0.0099537705, 6.9895327e-5, 0.0011621436, -0.0019946609, 0.0054037783,
      0.00071113051, 0.00096485618, 0.00013117534, -0.011457072, 0.010114199,
    ],
    "lstm.bias_ih_l1": [
      -0.13150839, -0.024744676, -0.00059772814, 0.0012707831, 0.0015783974, 0.024967187,
      0.026525444, 0.018678038, -0.042479673, -0.015687069, 0.016871632, 0.0026186402,
    ],
    "lstm.bias_hh_l1": [
      -0.13150839, -0.024744676, -0.00059772814, 0.0012707831, 0.0015783974, 0.024967187,
      0.026525444, 0.018678038, -0.042479673, -0.015687069, 0.016871632, 0.0026186402,
    ],
    "output.weight": [
      -0.47346715, 0.057624418, 0.021272735, -0.0019919308, -0.0053402644, -0.016421774,
      -0.082001274, -0.075410651, -0.026128086, 0.01625857, 0.055926002, 0.055363118, 0.06083536,
      0.058387787, -0.099933904, -0.2433707, -0.24853655,
    ],
    "output.bias": [
      -0.29345678, 0.06939728, -0.36285406,
    ],
    "history": [
      0.026694231, -0.0022153018, 0.00011259386, -0.0012620228, -0.0045868625, 0.006269383,
      0.001213218, -0.0054997022, 0.0036971629, 0.001411384, 0.0073828034, -0.0013765568,
      0.001408991, -0.0023790505, -2.3190456e-6, -0.0019197954, -0.0051435007, 0.0054455509,
      6.3770744e-5, -0.0050366678, 0.0030621068,
    ],
    "future": [
      0.082527526, -0.00034267492, -0.0012607151, 0.026400677, -0.0012417886, 0.0042808104,
      -0.0032601896, -0.0024384645, 0.015809789, -0.00045403855, 0.0046282592, 0.00031275593,
      0.0065608567, -0.0088929119, 0, 0.0085470564, -0.012133881, 0,
    ],
    "statics": [
      -0.014412594, -0.0016578071, 0.002856086, -0.0040925618, -0.0067582177, -0.0047600937,
    ],
  ]

  private static let likelihoods: [String: [Double]] = [
    "gaussian": [
      2.2197231, 1.3113911, 0.0042322966, 0.004303504, 0.014455328, 0.0170284, 0.045960616,
      0.03517158, 0.049055599, 0.049055599, 0.046026623, 0.039861232, 0.06335778, 0.06335778,
      0.1863357, 0.29012993,
    ],
    "studentT": [
      2.3890134, 1.4248458, 0.0037622839, 0.0056757063, 0.014277587, 0.016653445, 0.04930479,
      0.038541687, 0.056343556, 0.056343556, 0.0530225, 0.046754276, 0.073630104, 0.073630104,
      0.18696804, 0.28926,
    ],
    "negativeBinomial": [
      2.6960607, 1.6991417, 0.008818242, 0.022108794, 0.0023129022, 0.002055331, 0.048576855,
      0.037014577, 0.069093232, 0.069093232, 0.057218683, 0.056864686, 0.086196776, 0.086196776,
      0.17687769, 0.27449118,
    ],
    "poisson": [
      1.9030128, 1.0205568, 0.0067675782, 0.014745604, 0.0088534838, 0.0089366647, 0.049458036,
      0.034627683, 0.058055911, 0.058055911, 0.043599442, 0.045926573, 0.070983753, 0.070983753,
      0.15723251, 0.25422902,
    ],
    "tweedie": [
      5.4612036, 3.6144097, 0.013513605, 0.030430393, 0.017328871, 0.017964983, 0.097259484,
      0.070894058, 0.12000265, 0.12000265, 0.093259806, 0.097112925, 0.14969872, 0.14969872,
      0.33439612, 0.53523099,
    ],
  ]
}
