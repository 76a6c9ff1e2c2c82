import Forecasting
import NeuralNetwork
import RealModule
import TestSupport
import Testing

/// The figures are those of PyTorch 2.13, with `wave` and `show` of `HeadTests`, by:
///
///     B, K, p = 3, 5, 1.2
///     profile = wave(B, K, phase=40).abs() * (torch.arange(B * K) % 5 != 2).double().reshape(B, K)
///     y = (wave(B, K, phase=41) * 4).relu()
///     mask = (torch.arange(B * K) % 4 != 1).double().reshape(B, K)
///     o = wave(B, K, 2, phase=42).requires_grad_()
///     w = 1 / (1 + 4 * (-o[..., 1]).exp())
///     mu = o[..., 0].exp() * ((1 - w) * profile.clamp(min=0.001) + w)
///     element = -y * mu ** (1 - p) / (1 - p) + mu ** (2 - p) / (2 - p)
///     loss = (element * mask).sum() / mask.sum()
///     loss.backward()
///     show(loss, mu, o.grad)
///
/// Twice the loss and a term of y is scikit-learn's deviance:
///
///     y, mu, p = np.array([0, 0, 1, 3, 0.5, 7]), np.array([0.1, 2, 0.3, 4, 5, 1.5]), 1.3
///     sklearn.metrics.mean_tweedie_deviance(y, mu, power=p)  # 3.2683673514651534
@Suite struct TweedieHeadTests {
  @Test func followsPyTorch() {
    let head = TweedieHead(power: 1.2)
    let outputs = Tensor<Float>.wave([3, 5, head.outputCount], phase: 42)
    let targets = Self.targets()
    let (loss, gradient) = valueWithGradient(at: outputs) { head.loss(of: $0, targets) }
    expectClose(loss, [3.81626957])
    expectClose(
      gradient,
      [
        0.0336564875, 0.00536785687, 0.0, 0.0, 0.0455171, 0.0321281775, 0.0820586651, 0.0124324325,
        0.0459449926, 0.00541688764, 0.0, 0.0, -0.167285476, -0.08438416, -0.153141154,
        -0.111315148, -0.0352864383, -0.00417767145, 0.0, 0.0, 0.0251952081, 0.0151474251,
        0.0688143977, 0.0213481962, 0.0364537211, 0.0284636177, 0.0, 0.0, -0.0985871214,
        -0.029691122,
      ], "gradient")
    expectClose(
      head.prediction(from: outputs, targets).mean / targets.scales,
      [
        0.288786471, 0.201281668, 0.421171608, 0.879825239, 0.426126545, 0.220490847, 0.369065415,
        0.446919583, 0.64494992, 0.284079932, 0.20108899, 0.706057382, 0.319093671, 0.417353186,
        0.218689147,
      ], "mean")
  }

  @Test func isHalfTheDevianceOfScikitLearn() {
    let (y, mean) = ([0, 0, 1, 3, 0.5, 7], [0.1, 2, 0.3, 4, 5, 1.5])
    let loss = tweedieLoss(logMean: Tensor(mean).log(), Tensor(y), power: 1.3).scalar
    let constant = Tensor(y).power(0.7).mean().scalar / (-0.3 * 0.7)
    expectClose(Tensor(2 * (loss + constant)), [3.2683673514651534])
  }

  /// Outputs of 0 forecast the profile and a share of the level, with nearly the sum of the profile.
  @Test func startsAtTheProfile() {
    let targets = Self.targets(profile: Tensor([[0, 3, 1, 0, 1]]), scales: Tensor([[2]]))
    let head = TweedieHead()
    let mean = head.prediction(from: .zeros([1, 5, head.outputCount]), targets).mean
    expectClose(mean, [0.4016, 5.2, 2, 0.4016, 2])
  }

  /// Targets and means times c have the loss times c^(2 − power), and their mean is the minimum.
  @Test func isHomogeneousWithItsMinimumAtTheMean() {
    let y = Tensor<Double>([0, 0, 0, 2, 0, 1, 5])
    func loss(_ mean: Double, factor: Double = 1) -> Double {
      let logMean = Tensor<Double>.full(y.shape, mean * factor).log()
      return tweedieLoss(logMean: logMean, y * factor, power: 1.4).scalar
    }
    expectClose(Tensor(loss(0.9, factor: 1e5)), Tensor(loss(0.9) * 1000))
    let mean = y.mean().scalar
    #expect(loss(mean) < loss(mean * 1.001) && loss(mean) < loss(mean * 0.999))
  }

  /// Values and gradients in Float are those of Double for all sizes of values and outputs.
  @Test(arguments: [1.1, 1.5, 1.9])
  func isStable(power: Double) {
    for first: Float in [-50, -1, 0, 50] {
      for second: Float in [-50, 0, 50] {
        for value: Float in [0, 1, 1e-6, 1e9] {
          for profile: Float in [0, 1, 1e9] {
            expectExact(TweedieHead(power: power), [first, second], value, profile: profile)
          }
        }
      }
    }
  }

  private func expectExact(
    _ head: TweedieHead, _ outputs: [Float], _ value: Float, profile: Float
  ) {
    let targets = WindowTargets(
      values: Tensor([[value]]), mask: Tensor([[1]]), profile: Tensor([[profile]]),
      scales: Tensor([[1]]))
    let point = Tensor<Float>(shape: [1, 1, 2], scalars: outputs)
    let (loss, gradient) = valueWithGradient(at: point) { head.loss(of: $0, targets) }
    let exact = Exact(
      outputs: outputs.map { Double($0) }, value: Double(value), profile: Double(profile),
      power: head.power)
    expectClose(loss, Tensor(Float(exact.loss)), within: 2e-5, "loss")
    let slopes = exact.slopes.map { Float($0 / exact.size) }
    expectClose(gradient / Float(exact.size), slopes, within: 2e-5, "gradient")
  }

  /// The loss of one value and its derivatives in Double.
  private struct Exact {
    let loss: Double
    let slopes: [Double]
    /// The size of the terms whose difference the derivative is, at least 1.
    let size: Double

    init(outputs: [Double], value: Double, profile: Double, power: Double) {
      let profile = max(profile, Double(Float(0.001)))
      let odds = Double.exp(outputs[1]) / 4
      let factor = (profile + odds) / (1 + odds)
      let mean = Double.exp(outputs[0]) * factor
      let (pull, push) = (value * .pow(mean, 1 - power), Double.pow(mean, 2 - power))
      loss = push / (2 - power) - pull / (1 - power)
      // The derivatives of log(mean): 1, and that of log(factor) in log(odds).
      let slope = odds / (profile + odds) - odds / (1 + odds)
      slopes = [push - pull, (push - pull) * slope]
      size = max(pull, push, 1)
    }
  }

  @Test func aPowerOutOfItsRangeStops() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = TweedieHead(power: 2) }
    #expect(message(of: result).contains("TweedieHead: expected a power between 1 and 2, got 2"))
  }

  private static func targets(
    profile: Tensor<Float>? = nil, scales: Tensor<Float> = Tensor([[2], [8], [0.5]])
  ) -> WindowTargets {
    let shape = (profile ?? .zeros([3, 5])).shape
    let steps = 0..<shape.elementCount
    let open = Tensor<Float>(shape: shape, scalars: steps.map { $0 % 5 == 2 ? 0 : 1 })
    return WindowTargets(
      values: (.wave(shape, phase: 41) * 4).relu(),
      mask: Tensor(shape: shape, scalars: steps.map { $0 % 4 == 1 ? 0 : 1 }),
      profile: profile ?? Tensor<Float>.wave(shape, phase: 40).abs() * open, scales: scales)
  }
}
