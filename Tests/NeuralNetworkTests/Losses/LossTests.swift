import NeuralNetwork
import TestSupport
import Testing

/// Each loss as a function of its first operand, at a point where its branches all occur.
private struct LossCase<Scalar: TensorScalar>: Sendable {
  typealias Loss = @Sendable (Tensor<Scalar>, Reduction) -> Tensor<Scalar>

  let name: String
  let point: Tensor<Scalar>
  let loss: Loss

  init(_ name: String, at point: Tensor<Scalar>, _ loss: @escaping Loss) {
    self.name = name
    self.point = point
    self.loss = loss
  }

  static var all: [LossCase] {
    let prediction = Tensor<Scalar>.wave([3, 5], phase: 1) * 4
    let target = Tensor<Scalar>.wave([3, 5], phase: 2) * 3
    let share = Tensor<Scalar>.wave([3, 5], phase: 2) + 0.5
    let logits = Tensor<Scalar>.wave([2, 3, 5], phase: 1) * 4
    let positive = Tensor<Scalar>.wave([2, 3, 5], phase: 3) + 0.5
    let distribution = positive / positive.sum(axis: -1, keepingAxes: true)
    return [
      LossCase("mse", at: prediction) { meanSquaredError($0, target, reduction: $1) },
      LossCase("mae", at: prediction) { meanAbsoluteError($0, target, reduction: $1) },
      LossCase("huber", at: prediction) { huber($0, target, delta: 0.8, reduction: $1) },
      LossCase("tweedie", at: prediction) {
        tweedieLoss(logMean: $0, target.relu(), power: 1.3, reduction: $1)
      },
      LossCase("bce", at: prediction) { binaryCrossEntropy(logits: $0, share, reduction: $1) },
      LossCase("bceProbabilities", at: .wave([3, 5], phase: 1) * 0.8 + 0.5) {
        binaryCrossEntropy(probabilities: $0, share, reduction: $1)
      },
      LossCase("softmax", at: logits) {
        softmaxCrossEntropy(logits: $0, labels: [4, 0, 2, 1, 1, 3], reduction: $1)
      },
      LossCase("softmaxProbabilities", at: logits) {
        softmaxCrossEntropy(logits: $0, probabilities: distribution, reduction: $1)
      },
    ]
  }
}

/// The figures are those of PyTorch 2.13, for each reduction r, by:
///
///     from torch.nn.functional import *
///     def loss(f, x):
///       y = f(x.requires_grad_())
///       ((y * wave(*y.shape, phase=33)).sum() if y.dim() else y).backward()
///       show(y, x.grad)
///     t, s = wave(3, 5, phase=2) * 3, wave(3, 5, phase=2) + 0.5
///     labels = torch.tensor([4, 0, 2, 1, 1, 3])
///     q = wave(6, 5, phase=3) + 0.5
///     q = q / q.sum(-1, keepdim=True)
///     loss(lambda x: mse_loss(x, t, reduction=r), wave(3, 5, phase=1) * 4)
///     loss(lambda x: l1_loss(x, t, reduction=r), wave(3, 5, phase=1) * 4)
///     loss(lambda x: huber_loss(x, t, delta=0.8, reduction=r), wave(3, 5, phase=1) * 4)
///     tweedie = lambda x: (0.7 * x).exp() / 0.7 + t.relu() * (-0.3 * x).exp() / 0.3
///     reduced = {"none": lambda e: e, "sum": torch.sum, "mean": torch.mean}[r]
///     loss(lambda x: reduced(tweedie(x)), wave(3, 5, phase=1) * 4)
///     loss(lambda x: binary_cross_entropy_with_logits(x, s, reduction=r), wave(3, 5, phase=1) * 4)
///     loss(lambda x: binary_cross_entropy(x, s, reduction=r), wave(3, 5, phase=1) * 0.8 + 0.5)
///     loss(lambda x: cross_entropy(x, labels, reduction=r), wave(6, 5, phase=1) * 4)
///     loss(lambda x: cross_entropy(x, q, reduction=r), wave(6, 5, phase=1) * 4)
@Suite struct LossTests {
  @Test(arguments: Reduction.allCases)
  func followsPyTorch(_ reduction: Reduction) {
    for loss in LossCase<Float>.all { expectFigures(loss, reduction) }
    for loss in LossCase<Double>.all { expectFigures(loss, reduction) }
  }

  private func expectFigures<Scalar: TensorScalar>(
    _ loss: LossCase<Scalar>, _ reduction: Reduction
  ) {
    let key = "\(loss.name)/\(reduction)"
    let value = loss.loss(loss.point, reduction)
    let isSoftmax = loss.name.hasPrefix("softmax")
    #expect(value.shape == (reduction != .none ? [] : isSoftmax ? [2, 3] : [3, 5]))
    expectPyTorch(value, LossFigures.all["\(key)/value"], "\(key)/value")
    let slope = gradient(at: loss.point) {
      let value = loss.loss($0, reduction)
      return value.rank == 0 ? value : contracted(value, phase: 33)
    }
    expectPyTorch(slope, LossFigures.all["\(key)/gradient"], "\(key)/gradient")
  }

  @Test(arguments: Reduction.allCases)
  func gradientsAreCentralDifferences(_ reduction: Reduction) {
    for loss in LossCase<Double>.all {
      expectGradients(at: [loss.point], within: 1e-6, loss.name) { loss.loss($0[0], reduction) }
    }
  }

  @Test func gradientOfAFactorTimesALoss() {
    for loss in LossCase<Double>.all {
      expectGradients(at: [loss.point], within: 1e-6, loss.name) { loss.loss($0[0], .mean) * 3 }
    }
  }

  @Test func regressionTargetsHaveGradientsToo() {
    let prediction = Tensor<Double>.wave([3, 5], phase: 1) * 4
    let target = Tensor<Double>.wave([3, 5], phase: 2) * 3
    expectGradients(at: [prediction, target], within: 1e-6) { meanSquaredError($0[0], $0[1]) }
    expectGradients(at: [prediction, target], within: 1e-6) { meanAbsoluteError($0[0], $0[1]) }
    expectGradients(at: [prediction, target], within: 1e-6) {
      huber($0[0], $0[1], delta: 0.8, reduction: .none)
    }
  }

  @Test func halfSquaredErrorIsHalfTheSumOfSquares() {
    // ½ (1² + 2² + 4²) = 10.5; the gradient is the error.
    let prediction = Tensor<Float>([2, 0, 7])
    let target = Tensor<Float>([1, 2, 3])
    let (value, slope) = valueWithGradient(at: prediction) { halfSquaredError($0, target) }
    #expect(value.scalar == 10.5)
    #expect(slope.scalars == [1, -2, 4])
    #expect(halfSquaredError(prediction, target, reduction: .none).scalars == [0.5, 2, 8])
    #expect(halfSquaredError(prediction, target, reduction: .mean).scalar == 3.5)
  }

  @Test func absoluteErrorHasNoSlopeAtTheTarget() {
    let slope = gradient(at: Tensor<Float>([1, 2, 3])) {
      meanAbsoluteError($0, Tensor([1, 1, 4]), reduction: .sum)
    }
    #expect(slope.scalars == [0, 1, -1])
  }

  @Test func crossEntropyIsExactForExtremeLogits() {
    // softplus(-20) = 2.0611536e-9; softplus(1e4) = 1e4
    let logits = Tensor<Float>([20, -20, 1e4, -1e4, 1e4])
    let target = Tensor<Float>([1, 0, 1, 0, 0])
    let losses = binaryCrossEntropy(logits: logits, target, reduction: .none)
    expectPyTorch(losses[0..<2], [2.0611536e-9, 2.0611536e-9])
    #expect(losses.scalars[2...] == [0, 0, 1e4])
    let slope = gradient(at: logits) { binaryCrossEntropy(logits: $0, target, reduction: .sum) }
    #expect(slope.scalars[2...] == [0, 0, 1])
  }

  @Test func crossEntropyOfCertaintyIsBounded() {
    // torch.nn.functional.binary_cross_entropy(torch.tensor([0., 1.]), torch.tensor([1., 1.]))
    let loss = binaryCrossEntropy(probabilities: Tensor<Float>([0, 1]), Tensor([1, 1]))
    #expect(loss.scalar == 50)
  }

  @Test func softmaxCrossEntropyIsExactForExtremeLogits() {
    let logits = Tensor<Float>([[1e4, 0, -1e4], [1e4, 0, -1e4]])
    let losses = softmaxCrossEntropy(logits: logits, labels: [0, 2], reduction: .none)
    #expect(losses.scalars == [0, 2e4])
  }
}
