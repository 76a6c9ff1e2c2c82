import NeuralNetwork
import TestSupport
import Testing

/// Roots of losses where the prediction is the target.
struct LossesAtZeroTests {
  @Test func rootsOfLossesHaveTheGradientZero() {
    let x = Tensor<Float>.wave([3, 4], phase: 1)
    let weights = Tensor<Float>.full([3, 4], 0.5)
    for loss: @Sendable (Tensor<Float>, Tensor<Float>) -> Tensor<Float> in [
      { meanSquaredError($0, $1).sqrt() }, { meanSquaredError($0, $1, weights: weights).sqrt() },
      { meanSquaredError($0, $1, reduction: .none).sum(axis: 1).sqrt().mean() },
      { halfSquaredError($0, $1).power(0.5) }, { huber($0, $1).sqrt() },
      { meanAbsoluteError($0, $1).sqrt() },
    ] {
      let (value, (ofPrediction, ofTarget)) = valueWithGradient(at: x, x, in: loss)
      #expect(value.scalar == 0)
      #expect(ofPrediction == .zeros([3, 4]) && ofTarget == .zeros([3, 4]))
    }
  }

  @Test func clippingLeavesZeroGradientsAlone() {
    var gradients = Gradients(names: ["w"], values: [Tensor<Float>.zeros([2, 3])])
    #expect(gradients.clip(norm: 1) == 0)
    #expect(gradients["w"] == .zeros([2, 3]))
  }
}
