import NeuralNetwork
import ReferenceKernels
import TestSupport
import Testing

/// A negative log-likelihood as a function of its parameters.
private struct LikelihoodCase<Scalar: TensorScalar>: Sendable {
  typealias Loss =
    @Sendable (
      _ parameters: [Tensor<Scalar>], _ target: Tensor<Scalar>, _ weights: Tensor<Scalar>?,
      Reduction
    ) -> Tensor<Scalar>

  let name: String
  let phases: [Double]
  /// Whether the gradient can be differentiated again.
  let hasSecondDerivative: Bool
  let loss: Loss

  static var all: [LikelihoodCase] {
    [
      LikelihoodCase(name: "poisson", phases: [1], hasSecondDerivative: true) {
        poissonLoss(logMean: $0[0] * 4, $1, weights: $2, reduction: $3)
      },
      LikelihoodCase(name: "gaussian", phases: [1, 4], hasSecondDerivative: true) {
        gaussianLoss(
          mean: $0[0] * 4, standardDeviation: ($0[1] * 4).exp(), $1, weights: $2, reduction: $3)
      },
      LikelihoodCase(name: "studentT", phases: [1, 4, 5], hasSecondDerivative: false) {
        studentTLoss(
          location: $0[0] * 4, scale: ($0[1] * 4).exp(), degreesOfFreedom: ($0[2] * 4).exp(), $1,
          weights: $2, reduction: $3)
      },
      LikelihoodCase(name: "negativeBinomial", phases: [1, 4], hasSecondDerivative: false) {
        negativeBinomialLoss(
          logMean: $0[0] * 4, logDispersion: $0[1] * 8, $1, weights: $2, reduction: $3)
      },
    ]
  }

  var point: [Tensor<Scalar>] { phases.map { .wave([3, 5], phase: $0) } }

  /// 0, 0.5, 1, 1.5, 0, …
  static var weights: Tensor<Scalar> {
    Tensor([3, 5]) { Scalar(($0[0] * 5 + $0[1]) % 4) / 2 }
  }

  static var counts: Tensor<Scalar> {
    let sizes = (Tensor<Double>.wave([3, 5], phase: 2) * 6).relu()
    return Tensor((sizes + 0.5).floor())
  }
}

/// The figures are those of PyTorch 2.13: the loss, and the gradient of each parameter, by:
///
///     D = torch.distributions
///     w = (torch.arange(15.) % 4 / 2).reshape(3, 5)
///     c = (wave(3, 5, phase=2) * 6).relu().round()
///     def loss(f, *phases):
///       x = [wave(3, 5, phase=p).requires_grad_() for p in phases]
///       y = (f(*x) * w).sum() / w.sum()
///       y.backward()
///       show(y, *[v.grad for v in x])
///     loss(lambda m: torch.nn.functional.poisson_nll_loss(4 * m, c, reduction="none"), 1)
///     loss(lambda m, s: -D.Normal(4 * m, (4 * s).exp()).log_prob(c), 1, 4)
///     loss(lambda m, s, f: -D.StudentT((4 * f).exp(), 4 * m, (4 * s).exp()).log_prob(c), 1, 4, 5)
///     loss(lambda m, a: -D.NegativeBinomial((-8 * a).exp(), logits=4 * m + 8 * a).log_prob(c), 1, 4)
@Suite struct LikelihoodLossTests {
  @Test func followPyTorch() throws {
    for one in LikelihoodCase<Float>.all { try expectFigures(one, within: 2e-5) }
    for one in LikelihoodCase<Double>.all { try expectFigures(one, within: 1e-8) }
  }

  private func expectFigures<Scalar: TensorScalar>(
    _ one: LikelihoodCase<Scalar>, within tolerance: Scalar
  ) throws {
    let counts = LikelihoodCase<Scalar>.counts
    let (loss, gradients) = valueWithGradients(at: one.point) {
      one.loss($0, counts, LikelihoodCase<Scalar>.weights, .mean)
    }
    let figures = try #require(Self.figures[one.name]).map { Scalar($0) }
    let numbers = [loss.scalar] + gradients.flatMap(\.scalars)
    expectClose(Tensor(numbers), figures, within: tolerance, one.name)
  }

  @Test(arguments: Reduction.allCases)
  func gradientsAreCentralDifferences(_ reduction: Reduction) {
    for one in LikelihoodCase<Double>.all {
      for weights in [nil, LikelihoodCase<Double>.weights] {
        expectGradients(at: one.point, within: 1e-6, one.name) {
          one.loss($0, LikelihoodCase<Double>.counts, weights, reduction)
        }
      }
    }
  }

  @Test func gradientsHaveGradients() {
    for one in LikelihoodCase<Double>.all where one.hasSecondDerivative {
      expectGradients(at: one.point, within: 1e-5, one.name) { point in
        .concatenated(
          valueWithGradients(at: point) {
            one.loss($0, LikelihoodCase<Double>.counts, LikelihoodCase<Double>.weights, .mean)
          }.gradients)
      }
    }
  }

  @Test func unobservedEntriesMayBeNaN() {
    let weights = LikelihoodCase<Double>.weights
    let counts = LikelihoodCase<Double>.counts
    let unknown = Tensor.select(weights, counts, Tensor(.nan))
    for one in LikelihoodCase<Double>.all {
      let (value, gradients) = valueWithGradients(at: one.point) {
        one.loss($0, unknown, weights, .mean)
      }
      expectClose(value, one.loss(one.point, counts, weights, .mean), one.name)
      #expect(gradients.allSatisfy { $0.scalars.allSatisfy { $0.isFinite } && $0[at: 0, 0] == 0 })
      let (none, nothing) = valueWithGradients(at: one.point) {
        one.loss($0, counts, .zeros([3, 5]), .mean)
      }
      #expect(none.scalar == 0 && nothing.allSatisfy { $0 == .zeros([3, 5]) }, "\(one.name)")
    }
  }

  /// The losses against their definitions in plain Swift, on more elements than one thread takes.
  @Test(arguments: [1, 3, 17, 65, 5003])
  func followTheReference(count: Int) {
    let a = Tensor<Double>.random([count], in: -2..<2, seed: 1)
    let b = Tensor<Double>.random([count], in: 0.2..<3, seed: 2)
    let c = Tensor<Double>.random([count], in: 1..<90, seed: 3)
    let counts = Tensor<Double>.random([count], in: 0..<9, seed: 4).floor()
    func expect(
      _ expected: (value: Double, gradients: [[Double]]), _ point: [Tensor<Double>],
      _ loss: ([Tensor<Double>]) -> Tensor<Double>
    ) {
      let (value, gradients) = valueWithGradients(at: point, in: loss)
      expectClose(value, [expected.value], within: 1e-9)
      for (gradient, expected) in zip(gradients, expected.gradients) {
        expectClose(gradient, expected, within: 1e-9)
      }
    }
    let (x, y, z, t) = (a.scalars, b.scalars, c.scalars, counts.scalars)
    let poisson = Reference.poissonLoss(logMean: x, t)
    expect((poisson.value, [poisson.gradient]), [a]) { poissonLoss(logMean: $0[0], counts) }
    expect(Reference.gaussianLoss(mean: x, standardDeviation: y, t), [a, b]) {
      gaussianLoss(mean: $0[0], standardDeviation: $0[1], counts)
    }
    expect(
      Reference.studentTLoss(location: x, scale: y, degreesOfFreedom: z, t), [a, b, c]
    ) { studentTLoss(location: $0[0], scale: $0[1], degreesOfFreedom: $0[2], counts) }
    expect(Reference.negativeBinomialLoss(logMean: y, logDispersion: x, t), [b, a]) {
      negativeBinomialLoss(logMean: $0[0], logDispersion: $0[1], counts)
    }
  }

  /// The negative binomial loss and its derivatives where Γ functions of nearly equal or of very different
  /// numbers meet, by mpmath 1.3 with 80 digits:
  ///
  ///     r, t = exp(-a), exp(eta + a)
  ///     loss = (loggamma(y + 1) + loggamma(r) - loggamma(y + r) + r * log1p(t)
  ///             + y * (log1p(t) - log(t)))
  ///     of_mean = (exp(eta) - y) / (1 + t)
  ///     of_dispersion = r * (digamma(y + r) - digamma(r) - log1p(t)) + of_mean
  @Test func negativeBinomialKeepsItsDigits() {
    typealias Row = (
      logMean: Double, logDispersion: Double, count: Double, loss: Double, ofMean: Double,
      ofDispersion: Double
    )
    let rows: [Row] = [
      (-50, -50, 0, 1.92874984796e-22, 1.92874984796e-22, -3.58754798658e-66),
      (-50, -50, 1, 50.0, -1.0, 3.72007597602e-44),
      (-50, -50, 1e9, 69723265848.2, -1000000000.0, -9.64374923017e-5),
      (-50, -3.5, 0, 1.92874984796e-22, 1.92874984796e-22, -5.6168280304e-46),
      (-50, -3.5, 1, 50.0, -1.0, 5.82431986847e-24),
      (-50, -3.5, 1e9, 53499999416.4, -1000000000.0, -999999429.141),
      (-50, 50, 0, 1.33690751912e-22, 9.64374923982e-23, -3.7253259514e-23),
      (-50, 50, 1, 50.6931471806, -0.5, 0.5),
      (-50, 50, 1e9, 693147251.283, -500000000.0, -499999999.0),
      (0, -50, 0, 1.0, 1.0, -9.64374923982e-23),
      (0, -50, 1, 1.0, 0.0, 9.64374923982e-23),
      (0, -50, 1e9, 19723265849.2, -999999999.0, -9.64374921089e-5),
      (0, -3.5, 0, 0.985198547058, 0.970687769249, -0.0145107778093),
      (0, -3.5, 1, 1.01494896533, 0.0, 0.014801452942),
      (0, -3.5, 1e9, 3529749835.68, -970687768.278, -970687198.404),
      (0, 50, 0, 9.64374923982e-21, 1.92874984796e-22, -9.45087425502e-21),
      (0, 50, 1, 50.0, 0.0, 1.0),
      (0, 50, 1e9, 70.7232658369, -1.92874984604e-13, 1.0),
      (50, -50, 0, 3.59376401917e+21, 2.59235276429e+21, -1.00141125488e+21),
      (50, -50, 1, 3.59376401917e+21, 2.59235276429e+21, -1.00141125488e+21),
      (50, -50, 1e9, 3.59376401914e+21, 2.59235276429e+21, -1.00141125488e+21),
      (50, -3.5, 0, 1539.86851608, 33.1154519587, -1506.75306412),
      (50, -3.5, 1, 1536.36851608, 33.1154519587, -1505.75306412),
      (50, -3.5, 1e9, 956.291551936, 33.1154519587, -935.894314426),
      (50, 50, 0, 1.92874984796e-20, 1.92874984796e-22, -1.90946234948e-20),
      (50, 50, 1, 50.0, 1.92874984796e-22, 1.0),
      (50, 50, 1e9, 70.7232658369, 1.92874984796e-22, 1.0),
    ]
    for row in rows {
      let point = [Tensor([row.logMean]), Tensor([row.logDispersion])]
      let (loss, gradients) = valueWithGradients(at: point) {
        negativeBinomialLoss(logMean: $0[0], logDispersion: $0[1], Tensor([row.count]))
      }
      for (actual, expected) in [
        (loss.scalar, row.loss), (gradients[0].scalars[0], row.ofMean),
        (gradients[1].scalars[0], row.ofDispersion),
      ] {
        let size = max(1, expected.magnitude, 100 * row.count)
        #expect((actual - expected).magnitude <= 1e-11 * size, "\(row): \(actual)")
      }
    }
  }

  @Test func parametersOfOtherShapesStop() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let mean = Tensor<Float>.zeros([3, 5])
      _ = gaussianLoss(mean: mean, standardDeviation: .zeros([3, 1]), mean)
    }
    #expect(
      message(of: result).contains(
        "gaussianLoss: expected parameters of the prediction's shape [3, 5], but got shape [3, 1]"))
  }

  private static let figures: [String: [Double]] = [
    "poisson": [
      2.16219975, 0, 1.193695, 1.47085735, 0.620981205, 0, 0.0269630381, 0.0650896188,
      -0.872326287, 0, 0.472138963, 2.3746487, 2.15183867, 0, 0.0545646319, 0.053559968,
    ],
    "gaussian": [
      10.0427194, 0, 10.2231429, 11.322225, 0.0984763703, 0, -0.00874033308, -0.0156267474,
      -0.211630043, 0, -5.33456571, 20.3558159, 15.9656418, 0, -0.0311289398, -0.0171464484,
      0, -9.86224302, -14.9145398, 0.563239146, 0, 0.173388313, 0.353341335, -0.010078585, 0,
      -6.73980087, -19.5416204, -20.59803, 0, 0.151560617, 0.347313236,
    ],
    "studentT": [
      2.74790265, 0, 0.256480446, 0.618561609, 0.120989839, 0, -0.0103227863, -0.0244960752,
      -0.208997956, 0, -0.167688784, 0.51893591, 0.95969823, 0, -0.034395266, -0.0203196857,
      0, -0.0617286289, -0.454678802, 0.561366896, 0, 0.170294522, 0.337670038,
      -0.00284625823, 0, -0.0273727955, -0.126938753, -0.701072222, 0, 0.147477248,
      0.341087749, 0, -0.0294696156, 0.359120759, -0.033368671, 0, -0.011083091,
      -0.0612178273, -0.321687529, 0, -0.10973079, -0.0526497923, 0.533076582, 0,
      -0.00870239607, -0.0225600902,
    ],
    "negativeBinomial": [
      2.25226195, 0, 1.05344116, 1.25126391, 0.407359405, 0, 0.00383479126, 0.00778616186,
      -0.193312994, 0, 0.376464322, 2.09683763, 1.82558924, 0, 0.0170978199, 0.00751375476, 0,
      -0.111101318, -0.2077683, -0.183777218, 0, -0.00976898585, -0.021987161, 0.659860324, 0,
      -0.0131741952, -0.219880158, -0.308384898, 0, -0.0235948026, -0.0193037403,
    ],
  ]
}
