import Tensor
import TestSupport
import Testing

struct ArithmeticTests {
  private let x = Tensor<Float>([-2, 0, 0.5, 3])

  @Test func numbersOnEitherSide() {
    #expect((x + 1).scalars == [-1, 1, 1.5, 4])
    #expect((1 + x).scalars == [-1, 1, 1.5, 4])
    #expect((x - 1).scalars == [-3, -1, -0.5, 2])
    #expect((1 - x).scalars == [3, 1, 0.5, -2])
    #expect((x * 2).scalars == [-4, 0, 1, 6])
    #expect((2 * x).scalars == [-4, 0, 1, 6])
    #expect((x / 2).scalars == [-1, 0, 0.25, 1.5])
    #expect((3 / x).scalars == [-1.5, .infinity, 6, 1])
    #expect((-x).scalars == [2, 0, -0.5, -3])
  }

  @Test func inPlace() {
    var y = x
    y += x
    #expect(y == x * 2)
    y -= x
    #expect(y == x)
    y *= Tensor(2)
    #expect(y == x * 2)
    y /= Tensor([1, 2, 4, 8])
    #expect(y.scalars == [-4, 0, 0.25, 0.75])
    y += Tensor([[1], [2]])  // broadcast to a new shape
    #expect(y.shape == [2, 4])
    y += y
    #expect(y[1].scalars == [-4, 4, 4.5, 5.5])
    y -= y
    #expect(y == .zeros([2, 4]))
  }

  @Test func comparisons() {
    let a = Tensor<Float>([1, 2, 3, .nan])
    let b = Tensor<Float>([2, 2, 2, .nan])
    #expect((a .== b).scalars == [0, 1, 0, 0])
    #expect((a .!= b).scalars == [1, 0, 1, 1])
    #expect((a .< b).scalars == [1, 0, 0, 0])
    #expect((a .<= b).scalars == [1, 1, 0, 0])
    #expect((a .> b).scalars == [0, 0, 1, 0])
    #expect((a .>= b).scalars == [0, 1, 1, 0])
    #expect((a .== 2).scalars == [0, 1, 0, 0])
    #expect((a .!= 2).scalars == [1, 0, 1, 1])
    #expect((a .< 2).scalars == [1, 0, 0, 0])
    #expect((a .<= 2).scalars == [1, 1, 0, 0])
    #expect((a .> 2).scalars == [0, 0, 1, 0])
    #expect((a .>= 2).scalars == [0, 1, 1, 0])
  }

  @Test func extremesSpreadNaN() {
    let a = Tensor<Double>([1, .nan, 3, -.infinity])
    let b = Tensor<Double>([2, 2, .nan, 5])
    expectClose(.maximum(a, b), [2, .nan, .nan, 5])
    expectClose(.minimum(a, b), [1, .nan, .nan, -.infinity])
    expectClose(a.clamped(to: 0...2), [1, .nan, 2, 0])
  }

  @Test func powers() {
    let y = Tensor<Double>([0, 1, 2, 9])
    #expect(y.power(0).scalars == [1, 1, 1, 1])
    #expect(y.power(2).scalars == [0, 1, 4, 81])
    #expect(y.power(0.5).scalars == [0, 1, Double(2).squareRoot(), 3])
    #expect(y.power(-1).scalars == [.infinity, 1, 0.5, 1.0 / 9])
  }

  @Test func selectionDropsWhatIsNotChosen() {
    let mask = Tensor<Float>([1, 0, -2, 0])
    #expect(
      Tensor.select(mask, x, Tensor([.nan, 7, .nan, 8])).scalars == [-2, 7, 0.5, 8])
    let found = gradient(at: Tensor<Float>([-2, 4, 0.5, 3])) { x in
      Tensor.select(x .> 0, x.log(), Tensor(0)).sum()
    }
    expectClose(found, [0, 0.25, 2, 1.0 / 3])
  }

  @Test func gradients() {
    let point = Tensor<Double>.random([3, 5], in: 0.5..<2)
    expectGradients(at: [point], "numbers") { (2 - ($0[0] * 3 + 1)) / 4 + 5 / $0[0] - 1 }
    expectGradients(at: [point], "-") { -$0[0] }
    expectGradients(at: [point], "power") { $0[0].power(2.5) + $0[0].power(-1) }
    expectGradients(at: [point], "power 0") { $0[0].power(0) }
    expectGradients(at: [point], "clamp") { $0[0].clamped(to: 0.8...1.5) }
    expectGradients(at: [point, point * 2], "in place") { operands in
      var y = operands[0]
      y += operands[1]
      y *= operands[0]
      y -= operands[1]
      y /= operands[0]
      return y
    }
  }
}
