import Forecasting
import Foundation
import NeuralNetwork
import SalesTestSupport
import TestSupport
import Testing

/// The figures are those of PyTorch 2.13: the loss of lower bounds, and its gradient, with the names of
/// `DistributionHeadTests`, by:
///
///     def location(o, i=0): return profile * (o[..., i] + 1) + o[..., i + 1]
///     counts = (y * scales).round()
///     def above(distribution):
///       def below(i, count):
///         return sum(distribution(i).log_prob(torch.tensor(float(k))).exp() for k in range(int(count)))
///       return -torch.stack([1 - below(i, n) for i, n in enumerate(counts.flatten())]
///         ).log().reshape(B, K)
///     def student(m, s, f):
///       n = 100000
///       def integral(start):
///         step = (math.pi / 2 - start) / n
///         t = start + (torch.arange(n).reshape(n, 1, 1) + 0.5) * step
///         return (t.cos() ** (f - 1)).sum(0) * step
///       start = ((y - m) / s / f.sqrt()).atan()
///       return integral(torch.full((B, K), -math.pi / 2)).log() - integral(start).log()
///     def binomial(o):
///       mean, a = (positive(o) * scales).flatten(), o[..., 2].flatten()
///       return above(lambda i: D.NegativeBinomial((-a[i]).exp(), logits=mean[i].log() + a[i]))
///     def poisson(o):
///       mean = (positive(o) * scales).flatten()
///       return above(lambda i: D.Poisson(mean[i])) / scales
///     def tweedie(o):
///       mu, p = positive(o), 1.6
///       t = torch.maximum(y, mu.detach())
///       return -t * mu ** (1 - p) / (1 - p) + mu ** (2 - p) / (2 - p)
///     def squared(o): return (y - location(o)).relu() ** 2
///     def quantiles(o):
///       q = location(o, 2)
///       q = torch.stack([q - softplus(o[..., 4]), q, q + softplus(o[..., 5])], 2)
///       level = torch.tensor([0.1, 0.5, 0.9])
///       return (level * (y.unsqueeze(2) - q).relu()).mean(2) + squared(o)
///     def head(outputs, loss):
///       o = wave(B, K, outputs, phase=42).requires_grad_()
///       l = (loss(o) * mask).sum() / mask.sum()
///       l.backward()
///       show(l, o.grad)
///     head(2, poisson)
///     head(3, binomial)
///     head(3, lambda o: -torch.special.log_ndtr((location(o) - y) / spread(o)))
///     head(4, lambda o: student(location(o), spread(o), softplus(o[..., 3]) + 2))
///     head(3, tweedie)
///     head(2, squared)
///     head(6, quantiles)
@Suite struct BoundLossTests {
  @Test func followPyTorch() throws {
    try expect(PoissonHead(), follows: "poisson", counts: true)
    try expect(NegativeBinomialHead(), follows: "negativeBinomial", counts: true)
    try expect(GaussianHead(), follows: "gaussian")
    try expect(StudentTHead(), follows: "studentT")
    try expect(TweedieHead(power: 1.6, dispersion: .learned), follows: "tweedie")
    try expect(PointHead(.squared), follows: "squared")
    try expect(QuantileHead(levels: [0.1, 0.5, 0.9]), follows: "quantiles")
  }

  private func expect(
    _ head: some ForecastHead, follows name: String, counts: Bool = false
  ) throws {
    let outputs = Tensor<Float>.wave([3, 5, head.outputCount], phase: 42)
    let (loss, gradient) = valueWithGradient(at: outputs) {
      head.loss(of: $0, atLeast: Self.bounds(counts: counts))
    }
    let figures = try #require(Self.figures[name]).map { Float($0) }
    expectClose(Tensor([loss.scalar] + gradient.scalars), figures, within: 5e-5, name)
  }

  private static let heads: [any ForecastHead] = [
    PoissonHead(), NegativeBinomialHead(), GaussianHead(), StudentTHead(), TweedieHead(),
    TweedieHead(levels: [0.5]), PointHead(.squared), PointHead(.absolute),
    PointHead(.huber(delta: 0.7)), QuantileHead(levels: [0.1, 0.5, 0.9]),
  ]

  /// Forecasts far above their bounds have almost no gradient, and those far below are raised.
  @Test(arguments: heads.indices) func boundsOnlyRaiseForecasts(place: Int) {
    let head = Self.heads[place]
    /// The rise of the forecast along a step of gradient descent, for a bound in units of the scale.
    func rise(_ bound: Float) -> Float {
      let bounds = WindowTargets(
        values: .full([1, 2], bound), mask: .ones([1, 2]), profile: .full([1, 2], 9),
        scales: Tensor([[20]]))
      let outputs = Tensor<Float>.zeros([1, 2, head.outputCount])
      let (_, slope) = valueWithGradient(at: outputs) { head.mean(from: $0, bounds).sum() }
      let (_, gradient) = valueWithGradient(at: outputs) { head.loss(of: $0, atLeast: bounds) }
      return -(gradient * slope).sum().scalar
    }
    let (below, above) = (rise(40), rise(0.001))
    #expect(below > 0.01 && above >= 0 && above < below / 20, "\(head) \(below) \(above)")
  }

  /// Whatever the sizes of bounds and outputs, losses and gradients are numbers.
  @Test(arguments: [Float(0), 1, 1e-6, 1e9]) func areStable(size: Float) {
    for head in Self.heads {
      for (value, scale): (Float, Float) in [(1, size == 0 ? 1 : size), (size, 1)] {
        for place in 0..<head.outputCount {
          for output: Float in [-50, 0, 50] {
            let bounds = WindowTargets(
              values: Tensor([[value, 0]]), mask: .ones([1, 2]),
              profile: Tensor([[value, 0]]), scales: Tensor([[scale]]))
            let outputs = Tensor<Float>([1, 2, head.outputCount]) { $0[2] == place ? output : 0 }
            let (loss, gradient) = valueWithGradient(at: outputs) {
              head.loss(of: $0, atLeast: bounds)
            }
            let label = "\(head) \(value) \(scale) \(place) \(output)"
            #expect(loss.scalar.isFinite, "\(label)")
            #expect(gradient.scalars.allSatisfy { $0.isFinite }, "\(label)")
          }
        }
      }
    }
  }

  @Test func aBatchWithoutBoundsHasNoLossOfThem() {
    for head in Self.heads {
      let outputs = Tensor<Float>.wave([3, 5, head.outputCount], phase: 42)
      let (loss, gradient) = valueWithGradient(at: outputs) {
        head.loss(of: $0, atLeast: Self.bounds(mask: .zeros([3, 5])))
      }
      #expect(loss.scalar == 0 && gradient.scalars.allSatisfy { $0 == 0 }, "\(head)")
    }
  }

  /// Only targets at stock-outs have bounds, and only if they are censored.
  @Test func boundsAreTheUnitsSoldAtStockOuts() throws {
    var states = [CellState](repeating: .observed, count: 17)
    var values = (0..<17).map { Double(10 + $0) }
    for day in [4, 7] { (values[day], states[day]) = (3, .stockOut) }
    states[8] = .gap
    let panel = Panel(
      calendar: RegularCalendar(start: date(2024, 2, 26), count: 17),
      series: [Series(id: "a", values: values, states: states)])
    func batch(_ stockOuts: StockOutTreatment) throws -> NetworkBatch {
      try LSTMForecaster(
        windows: .init(horizon: 3, inputLength: 6, seasonLength: 2),
        training: .init(stockOuts: stockOuts)
      ).examples(of: panel).0.batch([3])
    }
    let (masked, censored) = (try batch(.masked), try batch(.censored))
    #expect(masked.bounds == nil)
    #expect(censored.inputs.history == masked.inputs.history)
    #expect(censored.targets.values == masked.targets.values)
    #expect(censored.targets.mask.scalars == [1, 0, 0])
    let bounds = try #require(censored.bounds)
    #expect(bounds.mask.scalars == [0, 1, 0] && bounds.profile == masked.targets.profile)
    expectClose((bounds.values * bounds.scales + bounds.levels) * bounds.mask, [0, 3, 0])

    // The mean over both kinds of steps.
    let head = GaussianHead()
    let outputs = Tensor<Float>.wave([1, 3, 3], phase: 42)
    let both = head.loss(of: outputs, censored).scalar
    let parts = [head.loss(of: outputs, masked), head.loss(of: outputs, atLeast: bounds)]
    #expect((both - (parts[0].scalar + parts[1].scalar) / 2).magnitude < 1e-6)
  }

  /// Poisson demand of a known mean, of which a stock of 6 cuts every second week: with its sales as
  /// bounds, the forecast is unbiased; without these days, it is too low.
  @Test func censoredDemandHasTheRightMean() throws {
    var generator = Xoshiro256(seed: 3)
    let series = (0..<40).map { index in
      var states = [CellState](repeating: .observed, count: 112)
      let values = (0..<112).map { day in
        let demand = NegativeBinomialDistribution(mean: 7).sample(using: &generator)
        guard day / 7 % 2 == 0, demand > 6 else { return demand }
        states[day] = .stockOut
        return 6
      }
      return Series(id: "s\(index)", values: values, states: states)
    }
    let calendar = RegularCalendar(start: date(2024, 1, 1), count: 112)
    let panel = Panel(calendar: calendar, series: series)
    func mean(_ stockOuts: StockOutTreatment) throws -> Double {
      let forecast = try NetworkForecaster<MLPArchitecture>(
        windows: .init(horizon: 7, inputLength: 28),
        architecture: .init(hiddenSize: 8), head: PoissonHead(),
        training: .init(
          epochs: 2, stepsPerEpoch: 60, batchSize: 32, learningRate: 0.01, stockOuts: stockOuts,
          seed: 4)
      ).fit(panel).forecast(from: panel, horizon: 7)
      return forecast.values.reduce(0, +) / Double(forecast.values.count)
    }
    let (masked, censored) = (try mean(.masked), try mean(.censored))
    #expect((censored - 7).magnitude < 0.25, "\(censored)")
    #expect(masked < 6.5, "\(masked)")
  }

  @Test func filesWithoutTheTreatmentMaskStockOuts() throws {
    func decoded(_ training: NetworkTraining) throws -> (String, NetworkTraining) {
      let data = try JSONEncoder().encode(training)
      return (
        String(decoding: data, as: UTF8.self),
        try JSONDecoder().decode(NetworkTraining.self, from: data)
      )
    }
    let (masked, first) = try decoded(NetworkTraining())
    let (censored, second) = try decoded(NetworkTraining(stockOuts: .censored))
    #expect(first.stockOuts == .masked && !masked.contains("stockOuts"))
    #expect(second.stockOuts == .censored && censored.contains("stockOuts"))
  }

  private static func bounds(counts: Bool = false, mask: Tensor<Float>? = nil) -> WindowTargets {
    let scales = Tensor<Float>(shape: [3, 1], scalars: [2, 8, 0.5])
    let values = (Tensor<Float>.wave([3, 5], phase: 41) * 4).relu()
    return WindowTargets(
      values: counts ? (values * scales + 0.5).floor() / scales : values,
      mask: mask
        ?? Tensor(shape: [3, 5], scalars: (0..<15).map { Float($0 % 4 == 1 ? 0 : 1) }),
      profile: Tensor<Float>.wave([3, 5], phase: 40).abs(), scales: scales)
  }

  private static let figures: [String: [Double]] = [
    "poisson": [
      0.651022259, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -0.139397365, -0.0703165024,
      -0.0949903659, -0.0201717383, -0.0432023636, -0.00511486253, 0, 0, 0, 0, 0, 0, 0, 0, 0,
      0, -0.172058885, -0.0518183438,
    ],
    "negativeBinomial": [
      1.41943903, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -0.712735317,
      -0.324750846, -0.435235206, -0.175007985, -0.0369986722, -0.0439535557, -0.0971491485,
      -0.0135386429, 0.0120289841, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -0.0723225227,
      -0.0241247301, 0.00740983862,
    ],
    "gaussian": [
      1.79500236, -0.06784339, -0.182102246, -0.0385370888, 0, 0, 0, -0.014728102,
      -0.0555160285, 0.0202293904, -0.0805778372, -0.169303461, -0.028443768, -0.0143056251,
      -0.0309150853, 0.0170577502, 0, 0, 0, -0.0726154387, -0.672404813, -1.1725704,
      -0.0596162746, -0.150127637, -0.103289971, -0.0818570147, -0.163894298, -0.0263860765,
      0, 0, 0, -0.00305271339, -0.0494074007, 0.0141465026, -0.0157281784, -0.057742865,
      0.0202965379, -0.0788657745, -0.164837125, -0.0269289086, 0, 0, 0, -0.0572095716,
      -0.254913955, -0.122392555,
    ],
    "studentT": [
      1.17963621, -0.0564127222, -0.15142055, -0.0320441253, 0.000875668045, 0, 0, 0, 0,
      -0.0470753292, -0.177445493, -0.0361041936, 0.000928390774, -0.0128619208, -0.0270244,
      0.0151539952, -0.00073756333, -0.0367238032, -0.0793617543, 0.017156578,
      -0.000428127397, 0, 0, 0, 0, -0.0121298562, -0.112320105, -0.138949357, 0.0161302088,
      -0.0412301559, -0.103827116, -0.141260418, 0.0192018784, -0.0386766684, -0.0774385121,
      0.00721872789, -0.000164221762, 0, 0, 0, 0, -0.00242532559, -0.0392532864, 0.0151423295,
      -0.000553889521, -0.0482784274, -0.177244602, -0.0380101523, 0.00100794501,
      -0.0122777921, -0.0256617774, 0.0150492368, -0.000761112787, 0, 0, 0, 0, -0.0231339285,
      -0.103079975, -0.0498586763, 0.00216369335,
    ],
    "tweedie": [
      4.28549364, -8.01543474e-18, -1.2783778e-18, 0, 0, 0, 0, 0, 0, 0, 9.55780691e-18,
      1.06614715e-18, 0, 0, 0, 0, 0, 0, 0, -0.505493451, -0.230323125, 0, -0.15771784,
      -0.0333433395, 0, -0.0101679503, -0.00141699901, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
      -9.51744738e-18, -1.05772736e-18, 0, 0, 0, 0, -0.0575026276, -0.0191812359, 0,
    ],
    "squared": [
      0.419968503, -0.0187976787, -0.050455903, 0, 0, 0, 0, 0, 0, -0.00882249877,
      -0.019065808, 0, 0, -0.027310478, -0.252889705, -0.0643654978, -0.162087284,
      -0.0623234858, -0.124784223, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -0.0470815109, -0.209785423,
    ],
    "quantiles": [
      0.806531842, -0.0187976787, -0.050455903, -0.00112895933, -0.00303030303, 0.00178848202,
      0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -0.018996388, -0.0399136332, -0.00144223433,
      -0.00303030303, 0.00179674902, 0, 0, 0, -0.00841344194, -0.0181818182, 0.00116438991, 0,
      0, 0, 0, 0, 0, 0, -0.0449281317, -0.416025746, -0.0049088015, -0.0454545455,
      0.00180468829, -0.0169758421, -0.0906642033, -0.228313538, -0.0180501787, -0.0454545455,
      0.00116859156, -0.0120149815, -0.00533882057, -0.0106893985, -0.00151348499,
      -0.00303030303, 0.00156791852, 0, 0, 0, 0, 0, 0, 0, 0, 0, -0.00112339202, -0.0181818182,
      0.00117317746, 0, 0, 0, 0, 0, 0, 0, -0.018057965, -0.0377429, -0.00144983841,
      -0.00303030303, 0.00181955423, 0, 0, 0, 0, 0, 0, 0, -0.0143808104, -0.0640779006,
      -0.00408049073, -0.0181818182, 0.00154260833, 0,
    ],
  ]
}
