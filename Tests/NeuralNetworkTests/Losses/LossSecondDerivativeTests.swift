import NeuralNetwork
import TestSupport
import Testing

/// Gradients of the losses' gradients, as needed by a penalty on them.
///
/// ```python
/// z, t = wave(3, 4, phase=0), (wave(3, 4, phase=1) + 1) / 2
/// x = z.clone().requires_grad_()
/// y = F.mse_loss(x, t)                                  # and so on
/// s = (y * wave(*y.shape, phase=9)).sum() if y.dim() else y * y
/// g, = torch.autograd.grad(s, x, create_graph=True)
/// torch.autograd.grad((g * wave(*g.shape, phase=11)).sum(), x)
/// ```
struct LossSecondDerivativeTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let figures: [Double]
    let loss: @Sendable (Tensor<Double>) -> Tensor<Double>
    var testDescription: String { name }
  }

  private static let target = (Tensor<Double>.wave([3, 4], phase: 1) + 1) / 2

  @Test(arguments: cases)
  func secondDerivatives(of one: Case) {
    let x =
      one.name == "bce"
      ? (Tensor<Double>.wave([3, 4], phase: 0) + 1) / 2 : .wave([3, 4], phase: 0)
    func first(_ x: Tensor<Double>) -> Tensor<Double> {
      gradient(at: x) { x in
        let y = one.loss(x)
        return y.rank == 0 ? y * y : contracted(y, phase: 9)
      }
    }
    expectPyTorch(gradient(at: x) { contracted(first($0), phase: 11) }, one.figures, within: 1e-8)
    expectGradients(at: [x], within: 1e-6) { first($0[0]) }
  }

  @Test func targetsAndWeightsTakePart() {
    let weights = Tensor<Double>([[1, 0, 2], [0.5, 1, 3]])
    let point = [Tensor<Double>.wave([2, 3], phase: 0), .wave([2, 3], phase: 2)]
    expectGradients(at: point) { operands in
      let gradients = valueWithGradients(at: operands) { operands in
        huber(operands[0], operands[1], delta: 0.3, weights: weights).squared()
          + meanSquaredError(operands[0], operands[1], weights: weights).squared()
      }.gradients
      return .concatenated(gradients)
    }
  }

  static let cases: [Case] = [
    Case(
      name: "mse",
      figures: [
        -0.0919425019, -0.06359604153, -0.01850021953, 0.02213569439, 0.03919999495, 0.02466707496,
        -0.01462800622, -0.06020415792, -0.09062620383, -0.09158618042, -0.06263259569,
        -0.01738277295,
      ]
    ) { meanSquaredError($0, target) },
    Case(
      name: "mse none",
      figures: [
        -0.2060572246, 0.103538568, 0.06854575991, -0.252945288, -0.3272383096, -0.03100200695,
        0.1439918906, -0.0927579864, -0.3482312843, -0.1983255404, 0.1081058596, 0.0623666547,
      ]
    ) { meanSquaredError($0, target, reduction: .none) },
    Case(
      name: "mae",
      figures: [
        -0.01335346147, -0.01335346147, -0.01335346147, -0.01335346147, -0.01335346147,
        -0.01335346147, -0.01335346147, -0.01335346147, -0.01335346147, -0.01335346147,
        -0.01335346147, -0.01335346147,
      ]
    ) { meanAbsoluteError($0, target) },
    Case(
      name: "huber",
      figures: [
        -0.004592301614, -0.01267426, -0.003522358005, 0.005126332793, 0.009204197973,
        0.00679335382, -0.004592301614, -0.004592301614, -0.004592301614, -0.004592301614,
        -0.01248385888, -0.003290214023,
      ]
    ) { huber($0, target, delta: 0.5) },
    Case(
      name: "tweedie",
      figures: [
        -0.2524308842, -0.2274653167, -0.05267841512, 0.1527590118, 0.2318438194, 0.181430096,
        0.08253918647, -0.03351767636, -0.1617873757, -0.2535527087, -0.2248753497, -0.04734294357,
      ]
    ) { tweedieLoss(logMean: $0, target, power: 1.3) },
    Case(
      name: "tweedie none",
      figures: [
        -0.09407648954, 0.05594970609, 0.03980411914, -0.1367715679, -0.1449805809, -0.01084996858,
        0.04401807216, -0.02957330898, -0.1309031716, -0.09096952545, 0.05860055641, 0.03621789094,
      ]
    ) { tweedieLoss(logMean: $0, target, power: 1.3, reduction: .none) },
    Case(
      name: "bce logits",
      figures: [
        -0.01583147906, -0.01186219313, -0.002606066419, 0.007632694595, 0.01481445537,
        0.01473674991, 0.007489450004, -0.002748777787, -0.01198857897, -0.01582947485,
        -0.01168314316, -0.002356489129,
      ]
    ) { binaryCrossEntropy(logits: $0, target) },
    Case(
      name: "bce logits none",
      figures: [
        -0.02575715307, 0.0126123372, 0.008068517595, -0.03019022101, -0.04061923635,
        -0.003845600178, 0.01717077261, -0.01092248375, -0.04246252548, -0.02479025452,
        0.01315514388, 0.007338762894,
      ]
    ) { binaryCrossEntropy(logits: $0, target, reduction: .none) },
    Case(
      name: "bce",
      figures: [
        -36.86666478, -26.20684449, -6.45392102, 34.39497527, 41.75850213, 31.15319951, 19.49387013,
        -15.53027571, -42.81083172, -36.59388019, -25.95908381, -5.572509214,
      ]
    ) { binaryCrossEntropy(probabilities: $0, target, reduction: .sum) },
    Case(
      name: "ce labels",
      figures: [
        -0.04169021911, -0.1909175134, 0.06691656452, 0.165691168, 0.1200649103, 0.08397435541,
        0.01609456097, -0.2201338266, -0.1554445068, -0.01132362955, 0.02427465573, 0.1424934806,
      ]
    ) { softmaxCrossEntropy(logits: $0, labels: [1, 3, 0]) },
    Case(
      name: "ce probs none",
      figures: [
        -0.01340489917, -0.01240894683, 0.003382138399, 0.0224317076, -0.007446333188,
        -0.005131845472, 0.002052768713, 0.01052540995, 0.005623975784, 0.01747313808,
        0.009059373832, -0.0321564877,
      ]
    ) { softmaxCrossEntropy(logits: $0, probabilities: target.softmax(), reduction: .none) },
  ]
}
