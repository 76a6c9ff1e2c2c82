import Tensor
import TestSupport
import Testing

/// Broadcast operations against their definition, position by position.
struct BroadcastingTests {
  static let shapes: [(Shape, Shape)] = [
    ([], []), ([], [3]), ([3, 5], []), ([17], [17]), ([3, 5], [5]), ([5], [3, 5]),
    ([3, 1], [3, 5]), ([3, 5], [3, 1]), ([1, 5], [3, 1]), ([3, 1], [1, 5]), ([1], [3, 5]),
    ([2, 3, 5], [3, 1]), ([2, 1, 5], [3, 1]), ([2, 3, 5], [2, 1, 5]), ([2, 3, 5], [2, 1, 1]),
    ([2, 1, 5, 1], [3, 1, 7]), ([7, 1, 5, 1, 2], [1, 3, 1, 4, 1]), ([1, 1, 1], [2, 65]),
    ([65, 33], [33]), ([65, 1], [65, 33]), ([3, 0], [1]), ([3, 1], [0]), ([0, 1], [1, 5]),
    ([1, 1], [1]),
  ]

  @Test(arguments: shapes)
  func everyFormAgreesWithItsDefinition(left: Shape, right: Shape) {
    let a = Tensor<Double>.random(left, in: 0.5..<2)
    let b = Tensor<Double>.random(right, in: 0.5..<2, seed: 2)
    func check(
      _ result: Tensor<Double>, _ name: String, _ operation: (Double, Double) -> Double
    ) {
      expectClose(result, naive(a, b, operation), "\(left) \(name) \(right)")
    }
    check(a + b, "+", +)
    check(a - b, "-", -)
    check(a * b, "*", *)
    check(a / b, "/", /)
    check(.maximum(a, b), "max", Swift.max)
    check(.minimum(a, b), "min", Swift.min)
    check(a .< b, "<") { $0 < $1 ? 1 : 0 }
    check(a .>= b, ">=") { $0 >= $1 ? 1 : 0 }
    check(.select(a .> 1, a, b), "select") { $0 > 1 ? $0 : $1 }
  }

  @Test(arguments: shapes)
  func floatTakesTheSameForms(left: Shape, right: Shape) {
    let a = Tensor<Float>.random(left)
    let b = Tensor<Float>.random(right, seed: 2)
    #expect(a - b == naive(a, b, -))
    #expect(a * b == naive(a, b, *))
  }

  /// The innermost axis first, by NumPy's rules.
  private func naive<Scalar: TensorScalar>(
    _ a: Tensor<Scalar>, _ b: Tensor<Scalar>, _ operation: (Scalar, Scalar) -> Scalar
  ) -> Tensor<Scalar> {
    func padded(_ shape: Shape, _ rank: Int) -> [Int] {
      Array(repeating: 1, count: rank - shape.rank) + shape.dimensions
    }
    let rank = max(a.rank, b.rank)
    let (ofA, ofB) = (padded(a.shape, rank), padded(b.shape, rank))
    let shape = zip(ofA, ofB).map { $0 == 1 ? $1 : $0 }
    return Tensor(Shape(shape)) { position in
      func index(_ extents: [Int], _ own: Int) -> [Int] {
        Array(zip(position, extents).map { $1 == 1 ? 0 : $0 }.suffix(own))
      }
      return operation(a.at(index(ofA, a.rank)), b.at(index(ofB, b.rank)))
    }
  }

  @Test func broadcastRepeats() {
    let x = Tensor<Float>.counting([3, 1, 5])
    #expect(
      x.broadcast(to: [2, 3, 4, 5]) == Tensor([2, 3, 4, 5]) { x.at([$0[1], 0, $0[3]]) })
    #expect(Tensor<Float>(7).broadcast(to: [3, 5]) == .full([3, 5], 7))
    #expect(Tensor<Float>.ones([1, 3]).broadcast(to: [0, 3]).shape == [0, 3])
  }

  @Test(
    arguments: [
      ([3, 5], [5]), ([3, 1], [1, 5]), ([2, 1, 4], [3, 1]), ([], [2, 3]), ([2, 3], [1, 1]),
    ] as [(Shape, Shape)])
  func gradientsAreSummedOverWhatWasRepeated(left: Shape, right: Shape) {
    let point = [
      Tensor<Double>.random(left, in: 0.5..<2), Tensor<Double>.random(right, in: 2.5..<4, seed: 2),
    ]
    expectGradients(at: point, "+") { $0[0] + $0[1] }
    expectGradients(at: point, "-") { $0[0] - $0[1] }
    expectGradients(at: point, "*") { $0[0] * $0[1] }
    expectGradients(at: point, "/") { $0[0] / $0[1] }
    expectGradients(at: point, "reversed /") { $0[1] / $0[0] }
    expectGradients(at: point, "maximum") { Tensor.maximum($0[0] * 2, $0[1]) }
    expectGradients(at: point, "minimum") { Tensor.minimum($0[0] * 2, $0[1]) }
    expectGradients(at: point, "select") { Tensor.select(point[0] .< 1, $0[0], $0[1]) }
  }
}
