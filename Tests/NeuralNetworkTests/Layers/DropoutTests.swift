import NeuralNetwork
import TestSupport
import Testing

@Suite struct DropoutTests {
  @Test func dropsAShareAndScalesTheRest() {
    var generator = Xoshiro256(seed: 7)
    let x = Tensor<Float>.full([65, 170], 3)
    let y = Dropout<Float>(rate: 0.25)(x, training: &generator)
    #expect(Set(y.scalars) == [0, 4])
    let dropped = Double(y.scalars.count { $0 == 0 }) / Double(y.elementCount)
    // Six standard deviations of a binomial share of 11,050 elements.
    #expect((dropped - 0.25).magnitude < 6 * (0.25 * 0.75 / 11_050).squareRoot())
  }

  @Test func gradientGoesThroughTheSameMask() {
    let x = Tensor<Float>.full([3, 5], 1)
    let layer = Dropout<Float>(rate: 0.5)
    let dx = gradient(at: x) {
      var generator = Xoshiro256(seed: 7)
      return layer($0, training: &generator).sum()
    }
    var generator = Xoshiro256(seed: 7)
    #expect(dx == layer(x, training: &generator))
  }

  @Test func everyPassDrawsItsOwnMask() {
    var generator = Xoshiro256(seed: 7)
    let x = Tensor<Float>.full([17, 5], 1)
    let layer = Dropout<Float>(rate: 0.5)
    #expect(layer(x, training: &generator) != layer(x, training: &generator))
  }

  @Test func inferenceIgnoresIt() {
    let x = Tensor<Float>.wave([3, 5], phase: 1)
    #expect(Dropout<Float>(rate: 0.9)(x) == x)
  }

  @Test func rateZeroDropsNothingAndDrawsNothing() {
    var generator = Xoshiro256(seed: 7)
    let x = Tensor<Float>.wave([3, 5], phase: 1)
    #expect(Dropout<Float>(rate: 0)(x, training: &generator) == x)
    #expect(generator == Xoshiro256(seed: 7))
  }
}
