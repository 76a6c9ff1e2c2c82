import NeuralNetwork
import ReferenceKernels
import TestSupport
import Testing

/// A survival loss as a function of its parameters.
private struct SurvivalCase<Scalar: TensorScalar>: Sendable {
  typealias Loss =
    @Sendable (
      _ parameters: [Tensor<Scalar>], _ bound: Tensor<Scalar>, _ weights: Tensor<Scalar>?,
      Reduction
    ) -> Tensor<Scalar>

  let name: String
  let phases: [Double]
  let loss: Loss

  static var all: [SurvivalCase] {
    [
      SurvivalCase(name: "poisson", phases: [1]) {
        poissonSurvivalLoss(logMean: $0[0] * 4, $1, weights: $2, reduction: $3)
      },
      SurvivalCase(name: "gaussian", phases: [1, 4]) {
        gaussianSurvivalLoss(
          mean: $0[0] * 4, standardDeviation: ($0[1] * 4).exp(), $1, weights: $2, reduction: $3)
      },
      SurvivalCase(name: "studentT", phases: [1, 4, 5]) {
        studentTSurvivalLoss(
          location: $0[0] * 4, scale: ($0[1] * 4).exp(),
          degreesOfFreedom: ($0[2] * 4).exp() + 2, $1, weights: $2, reduction: $3)
      },
      SurvivalCase(name: "negativeBinomial", phases: [1, 4]) {
        negativeBinomialSurvivalLoss(
          logMean: $0[0] * 4, logDispersion: $0[1] * 8, $1, weights: $2, reduction: $3)
      },
    ]
  }

  var point: [Tensor<Scalar>] { phases.map { .wave([3, 5], phase: $0) } }

  /// 0, 0.5, 1, 1.5, 0, …
  static var weights: Tensor<Scalar> {
    Tensor([3, 5]) { Scalar(($0[0] * 5 + $0[1]) % 4) / 2 }
  }

  static var bounds: Tensor<Scalar> {
    let sizes = (Tensor<Double>.wave([3, 5], phase: 2) * 6).relu()
    return Tensor((sizes + 1.5).floor())
  }
}

/// The figures are those of PyTorch 2.13: the loss, and the gradient of each parameter, by the code of
/// `LikelihoodLossTests` with:
///
///     c = (wave(3, 5, phase=2) * 6).relu().round() + 1
///     def above(distribution):
///       def below(i, count):
///         return sum(distribution(i).log_prob(torch.tensor(float(k))).exp() for k in range(int(count)))
///       return -torch.stack([1 - below(i, count) for i, count in enumerate(c.flatten())]
///         ).log().reshape(3, 5)
///     def student(m, s, f):
///       n = 200000
///       def integral(start):
///         step = (math.pi / 2 - start) / n
///         t = start + (torch.arange(n).reshape(n, 1, 1) + 0.5) * step
///         return (t.cos() ** (f - 1)).sum(0) * step
///       start = ((c - m) / s / f.sqrt()).atan()
///       return integral(torch.full((3, 5), -math.pi / 2)).log() - integral(start).log()
///     loss(lambda m: above(lambda i: D.Poisson((4 * m).exp().flatten()[i])), 1)
///     loss(lambda m, s: -torch.special.log_ndtr((4 * m - c) / (4 * s).exp()), 1, 4)
///     loss(lambda m, s, f: student(4 * m, (4 * s).exp(), 2 + (4 * f).exp()), 1, 4, 5)
///     loss(lambda m, a: above(lambda i: D.NegativeBinomial(
///       (-8 * a).exp().flatten()[i], logits=(4 * m + 8 * a).flatten()[i])), 1, 4)
@Suite struct SurvivalLossTests {
  @Test func followPyTorch() throws {
    for one in SurvivalCase<Float>.all { try expectFigures(one, within: 2e-5) }
    for one in SurvivalCase<Double>.all { try expectFigures(one, within: 1e-8) }
  }

  private func expectFigures<Scalar: TensorScalar>(
    _ one: SurvivalCase<Scalar>, within tolerance: Scalar
  ) throws {
    let (loss, gradients) = valueWithGradients(at: one.point) {
      one.loss($0, SurvivalCase<Scalar>.bounds, SurvivalCase<Scalar>.weights, .mean)
    }
    let figures = try #require(Self.figures[one.name]).map { Scalar($0) }
    let numbers = [loss.scalar] + gradients.flatMap(\.scalars)
    expectClose(Tensor(numbers), figures, within: tolerance, one.name)
  }

  @Test(arguments: Reduction.allCases)
  func gradientsAreCentralDifferences(_ reduction: Reduction) {
    // Bounds needn't be whole.
    let bounds = SurvivalCase<Double>.bounds + 0.3
    for one in SurvivalCase<Double>.all {
      for weights in [nil, SurvivalCase<Double>.weights] {
        expectGradients(at: one.point, within: 1e-6, one.name) {
          one.loss($0, bounds, weights, reduction)
        }
      }
    }
  }

  /// The losses against their definitions in plain Swift, on more elements than one thread takes.
  @Test(arguments: [1, 3, 17, 65, 2503])
  func followTheReference(count: Int) {
    let a = Tensor<Double>.random([count], in: -2..<2, seed: 1)
    let b = Tensor<Double>.random([count], in: 0.2..<3, seed: 2)
    let c = Tensor<Double>.random([count], in: 2..<40, seed: 3)
    let bounds = Tensor<Double>.random([count], in: 0..<5, seed: 4).floor()
    func expect(
      _ expected: (value: Double, gradients: [[Double]]), _ point: [Tensor<Double>],
      within tolerance: Double = 1e-8, _ loss: ([Tensor<Double>]) -> Tensor<Double>
    ) {
      let (value, gradients) = valueWithGradients(at: point, in: loss)
      expectClose(value, [expected.value], within: tolerance)
      for (gradient, expected) in zip(gradients, expected.gradients) {
        expectClose(gradient, expected, within: tolerance)
      }
    }
    let (x, y, t) = (a.scalars, b.scalars, bounds.scalars)
    expect(Reference.poissonSurvivalLoss(logMean: x, t), [a]) {
      poissonSurvivalLoss(logMean: $0[0], bounds)
    }
    expect(Reference.gaussianSurvivalLoss(mean: x, standardDeviation: y, t), [a, b]) {
      gaussianSurvivalLoss(mean: $0[0], standardDeviation: $0[1], bounds)
    }
    expect(
      Reference.negativeBinomialSurvivalLoss(logMean: y, logDispersion: x, t), [b, a]
    ) { negativeBinomialSurvivalLoss(logMean: $0[0], logDispersion: $0[1], bounds) }
    guard count < 70 else { return }
    expect(
      Reference.studentTSurvivalLoss(location: x, scale: y, degreesOfFreedom: c.scalars, t),
      [a, b, c], within: 1e-5
    ) { studentTSurvivalLoss(location: $0[0], scale: $0[1], degreesOfFreedom: $0[2], bounds) }
  }

  @Test func boundsWithoutWeightMayBeNaN() {
    let weights = SurvivalCase<Double>.weights
    let unknown = Tensor.select(weights, SurvivalCase<Double>.bounds, Tensor(.nan))
    for one in SurvivalCase<Double>.all {
      let (value, gradients) = valueWithGradients(at: one.point) {
        one.loss($0, unknown, weights, .mean)
      }
      expectClose(value, one.loss(one.point, SurvivalCase<Double>.bounds, weights, .mean), one.name)
      #expect(gradients.allSatisfy { $0.scalars.allSatisfy { $0.isFinite } && $0[at: 0, 0] == 0 })
    }
  }

  /// The negative binomial loss and its derivatives by mpmath 1.3 with 60 digits, also where the
  /// continued fraction of its value ends at once, but not that of its derivative:
  ///
  ///     p = 1 / (1 + exp(-eta - a))
  ///     loss = -log(betainc(y, exp(-a), 0, p, regularized=True))
  @Test func negativeBinomialKeepsItsDigits() {
    let rows: [[Double]] = [
      [-10, -40, 7, 78.525201086, -6.99996027509, 0],
      [-10, -6, 3000, 46767.1481708, -2999.99961712, -2139.23122368],
      [-10, 8, 7, 24.7232577432, -6.26852378404, -5.26773912625],
      [0, -40, 1, 0.458675145387, -0.581976706869, 0],
      [0, 0, 1, 0.69314718056, -0.5, 0.19314718056],
      [0, 0, 7, 4.85203026392, -3.5, -1.48697473555],
      [0, 8, 3000, 9.5267249739, -1.6832077782, -0.6828632817],
      [3, -40, 7, 0.000239939967876, -0.00346671369673, 0],
      [3, -6, 7, 0.00030598782977, -0.00421621759234, 7.17333370209e-5],
      [3, 0, 7, 0.340111461016, -0.331981112243, 0.287609022196],
      [3, 8, 3000, 7.09768358758, -0.385493145119, 0.614198398767],
    ]
    for row in rows {
      let (loss, gradients) = valueWithGradients(at: [Tensor([row[0]]), Tensor([row[1]])]) {
        negativeBinomialSurvivalLoss(
          logMean: $0[0], logDispersion: $0[1], Tensor([row[2]]))
      }
      let found = [loss.scalar] + gradients.map { $0.scalars[0] }
      for (value, expected) in zip(found, row[3...]) {
        let tolerance = 1e-8 * max(1, expected.magnitude)
        #expect((value - expected).magnitude <= tolerance, "\(row) \(found)")
      }
    }
  }

  /// Counts are at least 0 with certainty.
  @Test(arguments: [-50.0, 0, 3, 50, 900]) func zerosBoundNoCount(logMean: Double) {
    let point = [Tensor([logMean]), Tensor([0.5])]
    for bound in [-3.0, 0] {
      let (poisson, slope) = valueWithGradient(at: point[0]) {
        poissonSurvivalLoss(logMean: $0, Tensor([bound]))
      }
      let (binomial, slopes) = valueWithGradients(at: point) {
        negativeBinomialSurvivalLoss(logMean: $0[0], logDispersion: $0[1], Tensor([bound]))
      }
      #expect(poisson.scalar == 0 && slope.scalars == [0])
      #expect(binomial.scalar == 0 && slopes.allSatisfy { $0.scalars == [0] })
    }
  }

  /// Finite and of the right sign in single precision, wherever a network may wander.
  @Test func extremesAreFinite() {
    let sizes: [Float] = [1e-6, 1e-3, 1, 1e3, 1e6, 1e9]
    for bound in sizes {
      for mean in sizes {
        for spread in sizes {
          let point = [Tensor([mean]), Tensor([spread]), Tensor([spread + 2])]
          let logs = [Tensor([mean]).log(), Tensor([spread]).log()]
          let losses = [
            valueWithGradients(at: Array(point[0..<2])) {
              gaussianSurvivalLoss(mean: $0[0], standardDeviation: $0[1], Tensor([bound]))
            },
            valueWithGradients(at: point) {
              studentTSurvivalLoss(
                location: $0[0], scale: $0[1], degreesOfFreedom: $0[2], Tensor([bound]))
            },
            valueWithGradients(at: [logs[0]]) {
              poissonSurvivalLoss(logMean: $0[0], Tensor([bound]))
            },
            valueWithGradients(at: logs) {
              negativeBinomialSurvivalLoss(
                logMean: $0[0], logDispersion: $0[1], Tensor([bound]))
            },
          ]
          for (place, (loss, gradients)) in losses.enumerated() {
            let name = "\(place): \(bound), \(mean), \(spread): \(loss), \(gradients)"
            #expect(loss.scalar.isFinite && loss.scalar >= 0, "\(name)")
            #expect(gradients.allSatisfy { $0.scalars[0].isFinite }, "\(name)")
            // A higher mean makes a bound likelier.
            #expect(gradients[0].scalars[0] <= 0, "\(name)")
          }
        }
      }
    }
  }

  private static let figures: [String: [Double]] = [
    "poisson": [
      1.23478417, 0, -0.00706446272, -0.0316225908, -0.316097241, 0, -0.17731263, -0.34933389,
      -1.51638019, 0, -0.150030653, -0.0144778083, -0.0509978494, 0, -0.164494665,
      -0.354799712,
    ],
    "gaussian": [
      4.03179297, 0, -1.23541257, -0.193595324, -1.4698594, 0, -0.0322941956, -0.0629335085,
      -0.384709864, 0, -9.5222892, -2.53509218, -0.36633682, 0, -0.094897095, -0.0636858479,
      0, -0.0205947958, 0.0679377025, -1.34762394, 0, -0.0954312932, -0.174131311,
      -1.44179767, 0, -21.8929499, -0.0539556516, 0.119403259, 0, -0.213531872, -0.188629359,
    ],
    "studentT": [
      1.32875837, 0, -1.09742366, -0.201464608, -1.11150344, 0, -0.0301111159, -0.0554373283,
      -0.198725091, 0, -0.175483307, -2.24076403, -0.35913293, 0, -0.0861331882,
      -0.0593517148, 0, -0.0182944685, 0.0706992419, -1.01906934, 0, -0.0889801613,
      -0.15339006, -0.744772623, 0, -0.403458366, -0.0476913164, 0.117055234, 0, -0.193811844,
      -0.17579221, 0, 0.000264318195, -0.00689933706, 0.0734964284, 0, 0.00274273683,
      0.00544739651, 0.0337289888, 0, 0.0475856686, 0.000711195838, -0.010335181, 0,
      0.00675799178, 0.00544726667,
    ],
    "negativeBinomial": [
      1.32727072, 0, -0.00876056076, -0.0367293823, -0.291863165, 0, -0.0818697549,
      -0.154083397, -0.595026274, 0, -0.149666067, -0.0179026701, -0.0589579755, 0,
      -0.104375325, -0.163022199, 0, 0.000953619742, 0.00609879439, 0.131671933, 0,
      0.208560107, 0.435112515, 0.0010357342, 0, 0.0149186911, 0.00193825152, 0.00995938672,
      0, 0.144036796, 0.418823648,
    ],
  ]
}
