import Forecasting
import NeuralNetwork
import TestSupport
import Testing

/// The figures are those of PyTorch 2.13: the loss, the mean in units of the scales, and the gradient, with
/// `wave` and `show` of `HeadTests`, by:
///
///     D, softplus = torch.distributions, torch.nn.functional.softplus
///     B, K = 3, 5
///     scales = torch.tensor([[2.], [8.], [0.5]])
///     profile = wave(B, K, phase=40).abs()
///     y = (wave(B, K, phase=41) * 4).relu()
///     mask = (torch.arange(B * K) % 4 != 1).double().reshape(B, K)
///     def positive(o): return 0.95 * profile * o[..., 0].exp() + 0.05 * o[..., 1].exp()
///     def location(o): return profile * (o[..., 0] + 1) + o[..., 1]
///     def spread(o): return softplus(o[..., 2]) + 0.001
///     def head(outputs, loss, mean):
///       o = wave(B, K, outputs, phase=42).requires_grad_()
///       l = (loss(o) * mask).sum() / mask.sum()
///       l.backward()
///       show(l, mean(o), o.grad)
///     head(2, lambda o: torch.nn.functional.poisson_nll_loss(
///       positive(o), y, log_input=False, eps=0, reduction="none"), positive)
///     head(3, lambda o: -D.NegativeBinomial((-o[..., 2]).exp(), logits=(
///       positive(o) * scales).log() + o[..., 2]).log_prob((y * scales).round()), positive)
///     head(3, lambda o: -D.Normal(location(o), spread(o)).log_prob(y), location)
///     head(4, lambda o: -D.StudentT(
///       softplus(o[..., 3]) + 2, location(o), spread(o)).log_prob(y), location)
///     def tweedie(o):
///       mu, p = positive(o), 1.6
///       variance = o[..., 2].exp() * mu.detach() ** p
///       loss = -y * mu ** (1 - p) / (1 - p) + mu ** (2 - p) / (2 - p)
///       return loss - D.Normal(mu.detach(), variance.sqrt()).log_prob(y)
///     head(3, tweedie, positive)
@Suite struct DistributionHeadTests {
  private static let levels = [0.1, 0.5, 0.9]

  @Test func followPyTorch() throws {
    try expect(PoissonHead(), follows: "poisson")
    try expect(NegativeBinomialHead(), follows: "negativeBinomial", counts: true)
    try expect(GaussianHead(), follows: "gaussian")
    try expect(StudentTHead(), follows: "studentT")
    try expect(TweedieHead(power: 1.6, dispersion: .learned), follows: "tweedie")
  }

  private func expect(
    _ head: some ForecastHead, follows name: String, counts: Bool = false
  ) throws {
    let targets = Self.targets(counts: counts)
    let outputs = Tensor<Float>.wave([3, 5, head.outputCount], phase: 42)
    let (loss, gradient) = valueWithGradient(at: outputs) { head.loss(of: $0, targets) }
    let prediction = head.prediction(from: outputs, targets)
    #expect(prediction.quantiles == nil)
    let numbers =
      [loss.scalar] + (prediction.mean / targets.scales).scalars + gradient.scalars
    let figures = try #require(Self.figures[name]).map { Float($0) }
    expectClose(Tensor(numbers), figures, within: 5e-5, name)
  }

  /// Quantiles and samples are those of the distributions with the parameters in units of the target.
  @Test func quantilesAndSamplesAreThoseOfTheDistributions() throws {
    let levels = Self.levels
    try expectDistributions(PoissonHead(levels: levels))
    try expectDistributions(NegativeBinomialHead(levels: levels))
    try expectDistributions(GaussianHead(levels: levels))
    try expectDistributions(StudentTHead(levels: levels))
    try expectDistributions(TweedieHead(power: 1.4, levels: levels))
    try expectDistributions(TweedieHead(power: 1.4, levels: levels, dispersion: .fixed(2)))
  }

  private func expectDistributions<Head: DistributionHead>(_ head: Head) throws {
    let targets = Self.targets()
    let outputs = Tensor<Float>.wave([3, 5, head.outputCount], phase: 42)
    let quantiles = try #require(head.prediction(from: outputs, targets).quantiles)
    #expect(quantiles.shape == [3, 5, 3])
    let parameters = head.parameters(from: outputs, targets)
    let distributions = (0..<15).map { cell in
      head.distribution(parameters.map { Double($0.scalars[cell]) })
    }
    expectClose(
      quantiles, distributions.flatMap { $0.quantiles(Self.levels).map { Float($0) } },
      "\(Head.self)")

    var generator = Xoshiro256(seed: 5)
    let drawn = (0..<400).map { _ in head.samples(from: outputs, targets, using: &generator) }
    #expect(drawn[0].shape == [3, 5] && drawn[0] != drawn[1])
    for (cell, distribution) in distributions.enumerated() {
      let mean = drawn.reduce(0) { $0 + Double($1.scalars[cell]) } / 400
      let error = (min(distribution.variance, 1e4) / 400).squareRoot()
      #expect((mean - distribution.mean).magnitude < 4.5 * error, "\(Head.self) \(distribution)")
    }
  }

  @Test func samplesDependOnTheSeedAndNotOnThreads() {
    let head = NegativeBinomialHead()
    let targets = Self.targets()
    let outputs = Tensor<Float>.wave([3, 5, 3], phase: 42)
    func drawn() -> Tensor<Float> {
      var generator = Xoshiro256(seed: 7)
      return head.samples(from: outputs, targets, using: &generator)
    }
    let before = Parallelism.threadCount
    defer { Parallelism.threadCount = before }
    Parallelism.threadCount = 1
    let first = drawn()
    Parallelism.threadCount = 3
    #expect(drawn() == first)
  }

  /// In units of the window's scale, series of all sizes have nearly the same dispersion.
  @Test func aLearnedDispersionIsOfTheScale() {
    let head = TweedieHead(power: 1.5, levels: [0.5])
    let targets = Self.targets()
    let parameters = head.parameters(from: .zeros([3, 5, 3]), targets)
    // log(scale^(2 − 1.5))
    expectClose(parameters[1][.all, .index(0)], [0.34657359, 1.0397208, -0.34657359])
  }

  /// Whatever the sizes of values and outputs, losses, gradients, and forecasts are numbers.
  @Test(arguments: [Float(0), 1, 1e-6, 1e9])
  func areStable(size: Float) throws {
    let levels = Self.levels
    try expectNumbers(PoissonHead(levels: levels), size)
    try expectNumbers(NegativeBinomialHead(levels: levels), size)
    try expectNumbers(GaussianHead(levels: levels), size)
    try expectNumbers(StudentTHead(levels: levels), size)
    try expectNumbers(TweedieHead(levels: levels), size)
  }

  private func expectNumbers(_ head: some DistributionHead, _ size: Float) throws {
    let count = head.outputCount
    for (value, scale): (Float, Float) in [(1, size == 0 ? 1 : size), (size, 1)] {
      for place in 0..<count {
        for output: Float in [-50, 0, 50] {
          let targets = WindowTargets(
            values: Tensor([[value, 0]]), mask: .ones([1, 2]),
            profile: Tensor([[value, 0]]), scales: Tensor([[scale]]))
          let outputs = Tensor<Float>([1, 2, count]) { $0[2] == place ? output : 0 }
          let (loss, gradient) = valueWithGradient(at: outputs) { head.loss(of: $0, targets) }
          let prediction = head.prediction(from: outputs, targets)
          let label = "\(head) \(value) \(scale) \(place) \(output)"
          #expect(loss.scalar.isFinite, "\(label)")
          #expect(gradient.scalars.allSatisfy { $0.isFinite }, "\(label)")
          #expect(prediction.mean.scalars.allSatisfy { $0.isFinite }, "\(label)")
          let quantiles = try #require(prediction.quantiles).scalars
          #expect(quantiles.allSatisfy { $0.isFinite }, "\(label) \(quantiles)")
          #expect(quantiles[0] <= quantiles[1] && quantiles[1] <= quantiles[2], "\(label)")
        }
      }
    }
  }

  @Test func outputsThatAreNoNumbersForecastNone() throws {
    let head = GaussianHead(levels: Self.levels)
    var outputs = Tensor<Float>.wave([3, 5, 3], phase: 42)
    outputs.withUnsafeMutableBufferPointer { $0[2] = .nan }
    let prediction = head.prediction(from: outputs, Self.targets())
    #expect(
      prediction.mean.scalars[0].isNaN && prediction.mean.scalars[1...].allSatisfy { $0.isFinite })
    let quantiles = try #require(prediction.quantiles).scalars
    #expect(quantiles[..<3].allSatisfy { $0.isNaN } && quantiles[3...].allSatisfy { $0.isFinite })
    var generator = Xoshiro256(seed: 1)
    #expect(head.samples(from: outputs, Self.targets(), using: &generator).scalars[0].isNaN)
  }

  @Test func levelsThatDoNotAscendStop() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = TweedieHead(levels: [0.5, 0.1]) }
    #expect(
      message(of: result).contains(
        "TweedieHead: expected ascending levels between 0 and 1, got [0.5, 0.1]"))
  }

  private static func targets(counts: Bool = false) -> WindowTargets {
    let scales = Tensor<Float>(shape: [3, 1], scalars: [2, 8, 0.5])
    let values = (Tensor<Float>.wave([3, 5], phase: 41) * 4).relu()
    return WindowTargets(
      values: counts ? (values * scales + 0.5).floor() / scales : values,
      mask: Tensor(shape: [3, 5], scalars: (0..<15).map { Float($0 % 4 == 1 ? 0 : 1) }),
      profile: Tensor<Float>.wave([3, 5], phase: 40).abs(), scales: scales)
  }

  private static let figures: [String: [Double]] = [
    "poisson": [
      0.995704971, 0.254778085, 0.103623483, 0.44535372, 0.729694415, 0.381086419,
      0.175000908, 0.182131346, 0.695907515, 0.565313931, 0.250114423, 0.0991380742,
      0.459334171, 0.725355078, 0.373332693, 0.171848629, 0.0203471241, 0.00281452006, 0, 0,
      0.0329977925, 0.00748890932, 0.0612567272, 0.00507912874, 0.0317792178, 0.0028650021, 0,
      0, -0.0927905707, -0.061253393, -0.096247202, -0.0114755626, -0.0368008136,
      -0.00276192301, 0, 0, 0.00411122821, 0.00490132399, 0.034264174, 0.00749347786,
      0.0609451336, 0.00499623707, 0, 0, -0.059614516, -0.017385779,
    ],
    "negativeBinomial": [
      2.4668394, 0.254778085, 0.142653194, 0.431469996, 0.316020307, 0.542513115, 0.382066628,
      0.0955771116, 0.479612166, 0.754784868, 0.249535576, 0.137049086, 0.434133069,
      0.315180714, 0.552181532, 0.365144345, 0.0293385866, 0.00405826594, -0.00576083815, 0,
      0, 0, 0.0404996223, 0.00602431652, -0.0132075712, 0.0349278677, 0.00380378814,
      -0.00813867411, 0.0306532977, 0.00472242717, -0.0211846788, 0, 0, 0, -0.54924308,
      -0.265132399, -0.523117251, -0.11749951, -0.0210364003, -0.0149658363, -0.0288521736,
      -0.00226581279, 0.0411793264, 0, 0, 0, 0.00260644957, 0.00299070127, -0.000304899772,
      0.0147632175, 0.00211967175, -0.00135116109, 0.0114887906, 0.00126632341,
      -0.000755231691, 0, 0, 0, -0.0554877524, -0.00964176082, 0.0102525716,
    ],
    "gaussian": [
      1.4859779, -0.277507467, 0.439025871, 0.482152784, -0.220611988, 0.864255112,
      0.426044425, -0.416475666, 0.803116183, 0.788102541, -0.276276757, 0.448523086,
      0.463068871, -0.215433175, 0.88868675, 0.387215707, -0.0293301556, -0.0787267146,
      0.0526656045, 0, 0, 0, 0.033849582, 0.127592433, 0.0222116063, -0.0294681545,
      -0.0619160395, 0.0588286412, 0.0382551831, 0.0826711338, 0.012423825, 0, 0, 0,
      -0.0687505899, -0.636617066, -1.04102768, -0.0409261517, -0.103061563, -0.0128728187,
      -0.0287096222, -0.05748247, 0.0596522244, 0, 0, 0, 0.00264977687, 0.042885974,
      0.0457543459, 0.0345156069, 0.126717156, 0.0244648566, -0.0279926872, -0.058507434,
      0.0593797936, 0, 0, 0, -0.0392196654, -0.174754674, -0.0148016877,
    ],
    "studentT": [
      1.29757629, -0.277507467, 0.594994863, -0.257059692, 0.878338142, 0.273706234,
      0.246809534, 0.244519193, -0.043717386, 1.13244734, -0.274480237, 0.58564442,
      -0.271467475, 0.918604329, 0.225835947, 0.280896132, -0.0368494324, -0.0989096271,
      0.0483944287, -0.00210619605, 0, 0, 0, 0, -0.0331476098, -0.124946423, 0.0465334362,
      -0.00205904088, 0.0420102681, 0.0882684873, 0.0085418041, -0.00280158897, 0.0600729854,
      0.129820364, 0.0437380901, -0.00199139178, 0, 0, 0, 0, -0.0159656803, -0.147839089,
      -0.113982725, 0.00506548055, -0.0513485326, -0.12930754, -0.111661302, 0.00565706722,
      0.0150743946, 0.0301819867, 0.0614143571, -0.0015017278, 0, 0, 0, 0, 0.00479567086,
      0.0776167301, 0.0299397346, -0.00241877309, -0.0349498398, -0.128311355, 0.0442987507,
      -0.00211950046, 0.0432827035, 0.0904650523, 0.00498438259, -0.00282222078, 0, 0, 0, 0,
      -0.0198084867, -0.0882624976, 0.0168942694, -0.00271490968,
    ],
    "tweedie": [
      12.2459052, 0.254778085, 0.142653194, 0.431469996, 0.316020307, 0.542513115,
      0.382066628, 0.0955771116, 0.479612166, 0.754784868, 0.249535576, 0.137049086,
      0.434133069, 0.315180714, 0.552181532, 0.365144345, 0.0462174299, 0.00639303536,
      0.01082387, 0, 0, 0, 0.0565408134, 0.00841044278, 0.00461492782, 0.0517129509,
      0.00563175259, 0.00797314134, 0.0616798441, 0.00950235677, 0.0238603485, 0, 0, 0,
      -0.446691845, -0.215628535, -7.96414361, -0.167904063, -0.030060526, -0.129964009,
      -0.0245199446, -0.0019255951, 0.0399604618, 0, 0, 0, 0.0191178957, 0.0219363212,
      0.033004203, 0.0569364924, 0.00817482196, 0.00359876847, 0.0515966064, 0.00568710776,
      0.00881407768, 0, 0, 0, -0.0926683341, -0.0161023987, -0.0806326577,
    ],
  ]
}
