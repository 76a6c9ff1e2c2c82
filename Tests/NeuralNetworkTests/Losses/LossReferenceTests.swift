import NeuralNetwork
import ReferenceKernels
import TestSupport
import Testing

/// The losses against their definitions in plain Swift, at odd extents.
@Suite struct LossReferenceTests {
  private typealias Loss = (value: Float, gradient: [Float])

  @Test(arguments: [1, 3, 17, 65])
  func elementwise(count: Int) {
    let prediction = Tensor<Float>.random([count], in: -3..<3, seed: 1)
    let target = Tensor<Float>.random([count], in: -3..<3, seed: 2)
    let share = Tensor<Float>.random([count], in: 0..<1, seed: 3)
    let (p, t) = (prediction.scalars, target.scalars)
    expect(Reference.meanSquaredError(p, t), prediction) { meanSquaredError($0, target) }
    expect(Reference.halfSquaredError(p, t), prediction) { halfSquaredError($0, target) }
    expect(Reference.meanAbsoluteError(p, t), prediction) { meanAbsoluteError($0, target) }
    expect(Reference.huber(p, t, delta: 0.7), prediction) { huber($0, target, delta: 0.7) }
    let sizes = target.relu()
    expect(Reference.tweedieLoss(logMean: p, sizes.scalars, power: 1.6), prediction) {
      tweedieLoss(logMean: $0, sizes, power: 1.6)
    }
    expect(Reference.binaryCrossEntropy(logits: p, share.scalars), prediction) {
      binaryCrossEntropy(logits: $0, share)
    }
  }

  @Test(arguments: [(1, 3), (3, 1), (17, 65), (65, 17)])
  func softmax(rows: Int, classes: Int) {
    let logits = Tensor<Float>.random([rows, classes], in: -3..<3, seed: 1)
    let labels = (0..<rows).map { $0 * 7 % classes }
    let expected = Reference.softmaxCrossEntropy(
      logits: logits.scalars, labels: labels, rows: rows, classes: classes)
    expect(expected, logits) { softmaxCrossEntropy(logits: $0, labels: labels) }
  }

  private func expect(
    _ expected: Loss, _ point: Tensor<Float>, sourceLocation: SourceLocation = #_sourceLocation,
    _ loss: (Tensor<Float>) -> Tensor<Float>
  ) {
    let (value, slope) = valueWithGradient(at: point, in: loss)
    expectClose(value, [expected.value], "value", sourceLocation: sourceLocation)
    expectClose(slope, expected.gradient, "gradient", sourceLocation: sourceLocation)
  }
}
