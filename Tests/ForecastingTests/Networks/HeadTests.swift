import Forecasting
import NeuralNetwork
import Testing
import TestSupport

/// The figures are those of PyTorch 2, by `quantile()`, `point("squared")`, `point("absolute")`, and
/// `point("huber")` of:
///
///     import math, torch
///     torch.set_printoptions(precision=9)
///     def wave(*shape, phase):
///       n = torch.arange(math.prod(shape), dtype=torch.float64)
///       return (n * 0.7 + phase).sin().reshape(shape) * 0.5
///     def show(*tensors):
///       for t in tensors: print([float(f"{x:.9g}") for x in t.detach().flatten()])
///     B, K = 3, 5
///     profile = wave(B, K, phase=40).abs()
///     y = wave(B, K, phase=41) * 4
///     mask = (torch.arange(B * K) % 4 != 1).double().reshape(B, K)
///     def location(o, first):
///       return profile * (o[..., first] + 1) + o[..., first + 1]
///     def quantile(levels=(0.1, 0.4, 0.5, 0.9)):
///       o = wave(B, K, 4 + len(levels) - 1, phase=42).requires_grad_()
///       q = [location(o, 2)]
///       middle = len(levels) // 2
///       softplus = torch.nn.functional.softplus
///       for i in range(middle): q.insert(0, q[0] - softplus(o[..., 4 + i]))
///       for i in range(middle, len(levels) - 1): q.append(q[-1] + softplus(o[..., 4 + i]))
///       q = torch.stack(q, dim=2)
///       error = y.unsqueeze(2) - q
///       level = torch.tensor(levels, dtype=torch.float64)
///       pinball = torch.maximum(level * error, (level - 1) * error) * mask.unsqueeze(2)
///       loss = pinball.sum() / (mask.sum() * len(levels))
///       loss = loss + ((location(o, 0) - y) ** 2 * mask).sum() / mask.sum()
///       loss.backward()
///       show(loss, q, location(o, 0), o.grad)
///     def point(kind):
///       o = wave(B, K, 2, phase=42).requires_grad_()
///       f = location(o, 0)
///       loss = {"squared": lambda: (f - y) ** 2, "absolute": lambda: (f - y).abs(),
///               "huber": lambda: torch.nn.functional.huber_loss(f, y, delta=0.7, reduction="none")}[kind]()
///       loss = (loss * mask).sum() / mask.sum()
///       loss.backward()
///       show(loss, f, o.grad)
///     def far():
///       y[1] *= 20
///       o = wave(B, K, 2, phase=42).requires_grad_()
///       f = location(o, 0)
///       square = ((y - profile) ** 2 * mask).sum(1, keepdim=True) / mask.sum(1, keepdim=True)
///       weight = mask * (9 / square.clamp(min=9))
///       loss = ((f - y) ** 2 * weight).sum() / weight.sum()
///       loss.backward()
///       show(loss, o.grad)
@Suite struct HeadTests {
  @Test func quantileHeadFollowsPyTorch() throws {
    let head = QuantileHead(levels: [0.1, 0.4, 0.5, 0.9])
    #expect(head.outputCount == 7)
    try expect(head, follows: "quantile")
    let outputs = Tensor<Float>.wave([3, 5, 7], phase: 42)
    let quantiles = try #require(head.prediction(from: outputs, Self.targets()).quantiles)
    #expect(quantiles.shape == [3, 5, 4])
    expectClose(
      quantiles / Self.scales.expandingShape(at: 2), try figures("quantile.quantiles"), "")
  }

  @Test(arguments: [
    ("squared", PointHead.Loss.squared), ("absolute", .absolute), ("huber", .huber(delta: 0.7)),
  ])
  func pointHeadFollowsPyTorch(name: String, loss: PointHead.Loss) throws {
    try expect(PointHead(loss), follows: name)
  }

  /// The second window has a mean square of 1,056 around its profile, by `far()`.
  @Test func windowsFarFromTheirProfileCountLess() throws {
    let values = Tensor<Float>.wave([3, 5], phase: 41) * 4
    let targets = Self.targets(values: values * Tensor(shape: [3, 1], scalars: [1, 20, 1]))
    let outputs = Tensor<Float>.wave([3, 5, 2], phase: 42)
    let (loss, gradient) = valueWithGradient(at: outputs) {
      PointHead(.squared).loss(of: $0, targets)
    }
    expectClose(loss, try figures("far.loss"), "loss")
    expectClose(gradient, try figures("far.gradient"), "gradient")
  }

  /// Whatever a network gives, a higher level has a higher quantile.
  @Test func quantilesNeverCross() throws {
    var generator = Xoshiro256(seed: 6)
    let outputs = Tensor<Float>.uniform([3, 5, 8], in: -30..<30, using: &generator)
    let head = QuantileHead(levels: [0.025, 0.1, 0.5, 0.9, 0.975])
    let quantiles = try #require(head.prediction(from: outputs, Self.targets()).quantiles)
    for window in 0..<3 {
      for step in 0..<5 {
        let row = quantiles[window][step].scalars
        #expect(zip(row, row.dropFirst()).allSatisfy { $0 <= $1 }, "\(row)")
      }
    }
  }

  @Test func aBatchWithoutObservedTargetsHasNoLossAndNoGradient() {
    let targets = Self.targets(mask: .zeros([3, 5]))
    for head in [QuantileHead(levels: [0.5]), PointHead(.squared)] as [any ForecastHead] {
      let outputs = Tensor<Float>.wave([3, 5, head.outputCount], phase: 42)
      let (loss, gradient) = valueWithGradient(at: outputs) { head.loss(of: $0, targets) }
      #expect(loss.scalar == 0)
      #expect(gradient.scalars.allSatisfy { $0 == 0 })
    }
  }

  @Test func levelsThatDoNotAscendStop() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = QuantileHead(levels: [0.5, 0.1]) }
    #expect(message(of: result).contains("ascending levels between 0 and 1, got [0.5, 0.1]"))
  }

  private func expect(_ head: some ForecastHead, follows name: String) throws {
    let targets = Self.targets()
    let outputs = Tensor<Float>.wave([3, 5, head.outputCount], phase: 42)
    let (loss, gradient) = valueWithGradient(at: outputs) { head.loss(of: $0, targets) }
    expectClose(loss, try figures("\(name).loss"), "loss")
    expectClose(gradient, try figures("\(name).gradient"), "gradient")
    let mean = head.prediction(from: outputs, targets).mean
    expectClose(mean / Self.scales, try figures("\(name).mean"), "mean")
  }

  private static let scales = Tensor<Float>(shape: [3, 1], scalars: [2, 8, 0.5])

  private static func targets(
    values: Tensor<Float>? = nil, mask: Tensor<Float>? = nil
  ) -> WindowTargets {
    WindowTargets(
      values: values ?? .wave([3, 5], phase: 41) * 4,
      mask: mask
        ?? Tensor(shape: [3, 5], scalars: (0..<15).map { Float($0 % 4 == 1 ? 0 : 1) }),
      profile: Tensor<Float>.wave([3, 5], phase: 40).abs(), scales: scales)
  }

  private func figures(_ name: String) throws -> [Float] {
    try #require(Self.figures[name]).map { Float($0) }
  }

  private static let figures: [String: [Double]] = [
    "far.loss": [
      7.18216561
    ],
    "far.gradient": [
      0.00368935477, 0.00990280395, 0.0, 0.0, 0.189162644, 0.713028654, 0.275310645, 0.578459869,
      0.0297188439, 0.0642237291, 0.0, 0.0, -0.00850107217, -0.0787182719, -0.030905961,
      -0.0778283934, -0.0209023504, -0.0418507329, 0.0, 0.0, 0.0255221441, 0.413069502,
      0.195130824, 0.716383841, 0.272054415, 0.56862014, 0.0, 0.0, -0.0645307431, -0.287535573,
    ],
    "quantile.loss": [
      3.7476152
    ],
    "quantile.quantiles": [
      -1.53689266, -0.563254177, 0.328829589, 1.24123195, -1.73449458, -1.00725738,
      -0.439120635, 0.456329973, -0.915441113, -0.4315766, 0.0559643593, 0.627200295,
      -0.217646107, 0.360935678, 1.10247873, 1.5888493, -0.994083935, -0.0910491969,
      0.883026695, 1.62024865, -1.76847058, -0.863250497, -0.123069534, 0.850976226,
      -1.4613267, -0.88052679, -0.393360374, 0.351143892, -0.437675672, 0.0455020334,
      0.614610568, 1.10298366, -0.420093638, 0.304196815, 1.19734734, 1.7633876, -1.48657271,
      -0.513144961, 0.401319796, 1.29106712, -1.77208991, -1.01460914, -0.423856559,
      0.493567055, -0.974925989, -0.482615384, -0.00215232618, 0.592001584, -0.203044013,
      0.354066236, 1.06550112, 1.5451657, -0.910110631, -0.03087872, 0.9411419, 1.64831458,
      -1.76527563, -0.839361038, -0.0689239387, 0.902453161,
    ],
    "quantile.mean": [
      -0.277507467, -0.151258186, 0.791707214, 0.887891856, -0.00903258663, -0.297031475,
      0.226791486, 1.0526141, 0.492247433, -0.268004959, -0.214701829, 0.763079026,
      0.954202494, 0.0520790643, -0.330193729,
    ],
    "quantile.gradient": [
      0.00269174643, 0.00722506747, 0.000846719501, 0.00227272727, 0.00670680758,
      0.00141430396, 0.0013600946, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.134652678,
      0.507559081, 0.0126617872, 0.0477272727, -0.0131544981, -0.00784643093, 0.000989029733,
      0.210476171, 0.442235056, 0.0227151907, 0.0477272727, -0.0178507408, -0.00898582529,
      0.000875332001, 0.029745361, 0.0642810337, 0.0115684827, 0.025, -0.0070733968,
      0.00135150523, 0.00118536091, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, -0.0323946235,
      -0.299967902, -0.00466336143, -0.0431818182, 0.00438221836, 0.00100124846,
      -0.0107392561, -0.0597997963, -0.150589787, -0.0171476698, -0.0431818182, 0.00493147944,
      0.000870863179, -0.00790314772, -0.046154324, -0.092410291, 0.00113511374,
      0.00227272727, 0.00671177265, 0.00117120831, 0.000982342694, 0.0, 0.0, 0.0, 0.0, 0.0,
      0.0, 0.0, 0.01484908, 0.240328635, 0.00154466403, 0.025, -0.00506920155, 0.00120716802,
      0.00136466567, 0.136837861, 0.502372871, 0.0130001007, 0.0477272727, -0.0130057866,
      -0.00795247178, 0.00101811492, 0.215476613, 0.450367041, 0.0228349549, 0.0477272727,
      -0.0173543437, -0.00873691153, 0.000865929596, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0,
      -0.0550476808, -0.245281019, -0.00969116548, -0.0431818182, 0.00610442352,
      0.00137234337, -0.0127112449,
    ],
    "squared.loss": [
      3.1265676
    ],
    "squared.mean": [
      -0.277507467, 0.109554844, 0.861366405, 0.776836935, -0.104861944, -0.146595178,
      0.485721572, 0.989377862, 0.314190807, -0.277891433, 0.121051778, 0.874726036,
      0.758936887, -0.120376579, -0.13496795,
    ],
    "squared.gradient": [
      0.00269174643, 0.00722506747, 0.0, 0.0, 0.138012715, 0.520224389, 0.200866138,
      0.422043252, 0.0216828136, 0.0468575141, 0.0, 0.0, -0.027310478, -0.252889705,
      -0.0643654978, -0.162087284, -0.0623234858, -0.124784223, 0.0, 0.0, 0.0186209092,
      0.301374745, 0.142367089, 0.522672327, 0.198490399, 0.414864203, 0.0, 0.0,
      -0.0470815109, -0.209785423,
    ],
    "absolute.loss": [
      1.49240407
    ],
    "absolute.mean": [
      -0.277507467, 0.109554844, 0.861366405, 0.776836935, -0.104861944, -0.146595178,
      0.485721572, 0.989377862, 0.314190807, -0.277891433, 0.121051778, 0.874726036,
      0.758936887, -0.120376579, -0.13496795,
    ],
    "absolute.gradient": [
      0.03386878, 0.0909090909, 0.0, 0.0, 0.0241176899, 0.0909090909, 0.0432670299,
      0.0909090909, 0.0420672097, 0.0909090909, 0.0, 0.0, -0.00981760301, -0.0909090909,
      -0.0361003574, -0.0909090909, -0.0454045496, -0.0909090909, 0.0, 0.0, 0.00561696012,
      0.0909090909, 0.0247620965, 0.0909090909, 0.0434951523, 0.0909090909, 0.0, 0.0,
      -0.0204024536, -0.0909090909,
    ],
    "huber.loss": [
      0.828398676
    ],
    "huber.mean": [
      -0.277507467, 0.109554844, 0.861366405, 0.776836935, -0.104861944, -0.146595178,
      0.485721572, 0.989377862, 0.314190807, -0.277891433, 0.121051778, 0.874726036,
      0.758936887, -0.120376579, -0.13496795,
    ],
    "huber.gradient": [
      0.00134587321, 0.00361253373, 0.0, 0.0, 0.0168823829, 0.0636363636, 0.0302869209,
      0.0636363636, 0.0108414068, 0.0234287571, 0.0, 0.0, -0.00687232211, -0.0636363636,
      -0.0252702502, -0.0636363636, -0.0311617429, -0.0623921115, 0.0, 0.0, 0.00393187209,
      0.0636363636, 0.0173334676, 0.0636363636, 0.0304466066, 0.0636363636, 0.0, 0.0,
      -0.0142817175, -0.0636363636,
    ],
  ]
}
