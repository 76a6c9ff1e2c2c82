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
///     def positive(o):
///       w = 1 / (1 + 4 * (-o[..., 1]).exp())
///       return o[..., 0].exp() * ((1 - w) * profile.clamp(min=0.001) + w)
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
      0.929861379, 0.288786471, 0.201281668, 0.690767321, 0.879825239, 0.426126545,
      0.220490847, 0.369065415, 0.923219432, 0.64494992, 0.284079932, 0.20108899, 0.706057382,
      0.87150142, 0.417353186, 0.218689147, 0.0262533156, 0.00418712857, 0, 0, 0.0627970292,
      0.0198758476, 0.0799841126, 0.012118124, 0.0387387768, 0.00456727903, 0, 0,
      -0.137049957, -0.0691323948, -0.0870580449, -0.0184872654, -0.0323231012,
      -0.00382683274, 0, 0, 0.0182808173, 0.0109904752, 0.0641870347, 0.0199126557,
      0.0792274018, 0.0118251584, 0, 0, -0.0727420661, -0.0219074615,
    ],
    "negativeBinomial": [
      2.15928455, 0.288786471, 0.335418528, 0.634450689, 0.344356285, 0.647566646,
      0.590922717, 0.143310416, 0.601729323, 0.895802406, 0.283344976, 0.340578948,
      0.628221382, 0.34290218, 0.663187414, 0.568242233, 0.0364953635, 0.00582062782,
      -0.00703920057, 0, 0, 0, 0.0574181137, 0.0169125517, -0.0223391138, 0.041006195,
      0.00457412862, -0.00928723389, 0.0375610802, 0.00650394351, -0.0254564165, 0, 0, 0,
      -0.66872099, -0.30469615, -0.397505622, -0.103628396, -0.0219082178, 0.00898257678,
      -0.0114558942, -0.00159648606, 0.0441989149, 0, 0, 0, 0.0120872519, 0.00710250143,
      -0.00155712985, 0.0229487472, 0.006562676, -0.00259944886, 0.0137443933, 0.00152749159,
      -0.000882441658, 0, 0, 0, -0.0533704966, -0.0178028749, 0.014186477,
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
      8.11253967, 0.288786471, 0.335418528, 0.634450689, 0.344356285, 0.647566646,
      0.590922717, 0.143310416, 0.601729323, 0.895802406, 0.283344976, 0.340578948,
      0.628221382, 0.34290218, 0.663187414, 0.568242233, 0.0553143804, 0.00882206371,
      0.00904402621, 0, 0, 0, 0.07578207, 0.0223216699, -0.00219519905, 0.0593486057,
      0.00662017424, 0.00666335915, 0.076404881, 0.0132299984, 0.0222759695, 0, 0, 0,
      -0.505493451, -0.230323125, -3.92221976, -0.15771784, -0.0333433395, -0.0562306552,
      -0.0101679503, -0.00141699901, 0.0446961397, 0, 0, 0, 0.0590873394, 0.0347198782,
      0.0275353725, 0.0754835645, 0.0215861098, -0.00306886826, 0.0592482345, 0.0065845889,
      0.00755750861, 0, 0, 0, -0.0575026276, -0.0191812359, 0.0159292188,
    ],
  ]
}
