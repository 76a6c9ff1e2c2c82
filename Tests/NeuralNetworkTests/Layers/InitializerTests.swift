import NeuralNetwork
import TestSupport
import Testing

@Suite struct InitializerTests {
  @Test(arguments: [[65, 17], [17, 65], [3, 1], [1, 3]] as [Shape])
  func orthogonalHasOrthonormalRowsOrColumns(_ shape: Shape) {
    let weight = draw(.orthogonal(gain: 2), shape)
    let gram =
      shape[0] < shape[1]
      ? matmul(weight, weight.transposed) : matmul(weight.transposed, weight)
    expectClose(gram, .identity(min(shape[0], shape[1])) * 4, within: 1e-12)
  }

  @Test func orthogonalHasNoPreferredSign() {
    let weight = draw(.orthogonal(), [65, 65])
    let positive = (0..<65).count { weight[at: $0, $0] > 0 }
    #expect((15...50).contains(positive))
  }

  @Test(arguments: [Initializer.glorotUniform, .glorotNormal, .heUniform, .heNormal])
  func spreadFollowsTheFans(_ initializer: Initializer) {
    let isUniform = initializer == .glorotUniform || initializer == .heUniform
    let isHe = initializer == .heUniform || initializer == .heNormal
    // Fan-out 300, fan-in 100.
    let variance = 2.0 / (isHe ? 100 : 400)
    let weight = draw(initializer, [300, 100])
    // Ten standard errors of the variance of 30,000 normal numbers.
    #expect((weight.variance().scalar / variance - 1).magnitude < 0.08)
    #expect(weight.mean().scalar.magnitude < 5 * (variance / 30_000).squareRoot())
    // A uniform number within ±b has variance b² / 3.
    if isUniform { #expect(weight.abs().max().scalar <= (3 * variance).squareRoot()) }
  }

  @Test func boundsAndZeros() {
    let weight = draw(.uniform(bound: 0.2), [65, 17])
    #expect(weight.max().scalar < 0.2 && weight.max().scalar > 0.19)
    #expect(weight.min().scalar >= -0.2 && weight.min().scalar < -0.19)
    #expect(draw(.zeros, [3, 5]) == .zeros([3, 5]))
    #expect(draw(.heNormal, [0, 5]).shape == [0, 5])
  }

  @Test func sameSeedSameWeights() {
    #expect(draw(.heNormal, [3, 5]) == draw(.heNormal, [3, 5]))
  }

  private func draw(_ initializer: Initializer, _ shape: Shape) -> Tensor<Double> {
    var generator = Xoshiro256(seed: 3)
    return initializer.tensor(shape, using: &generator)
  }
}
