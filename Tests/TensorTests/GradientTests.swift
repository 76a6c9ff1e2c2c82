import Tensor
import TestSupport
import Testing

/// How gradients are recorded and carried back, whatever the operations.
struct GradientTests {
  private let x = Tensor<Double>.random([3, 5], in: 0.5..<2)
  private let y = Tensor<Double>.random([3, 5], in: 0.5..<2, seed: 2)

  @Test func valueAndGradientsComeTogether() {
    let (value, gradient) = valueWithGradient(at: Tensor<Double>([1, 2, 3])) { ($0 * $0).sum() }
    #expect(value == Tensor(14))
    #expect(gradient.scalars == [2, 4, 6])
    #expect(!value.isTracked && !gradient.isTracked)
    let (_, (ofX, ofY)) = valueWithGradient(at: x, y) { ($0 * $1).sum() }
    #expect(ofX == y && ofY == x)
  }

  @Test func usesOfOneResultAddUp() {
    expectGradients(at: [x]) { operands in
      let once = operands[0].exp()
      let twice = once * once + once
      return twice / once + once.sum() * twice.sqrt()
    }
    let found = gradient(at: x) { x in
      let shared = x * 2
      return (shared + shared + shared).sum()
    }
    expectClose(found, .full([3, 5], 6))
    // One operand on both sides.
    expectClose(gradient(at: x) { ($0 - $0).sum() }, .zeros([3, 5]))
    expectClose(gradient(at: x) { ($0 / $0).sum() }, .zeros([3, 5]))
  }

  /// A short path and a long one to the same node: its gradient must be whole before it is passed on.
  @Test func pathsOfDifferentLengthMeet() {
    expectGradients(at: [x]) { operands in
      let early = operands[0].squared()
      var late = early
      for _ in 0..<7 { late = late.sin() + early * 0.1 }
      return late * early
    }
  }

  @Test func detachedPartsAreConstants() {
    let found = gradient(at: x) { ($0.detached * $0).sum() }
    expectClose(found, x)
    _ = gradient(at: x) { x in
      #expect(x.isTracked && !x.detached.isTracked)
      #expect((x * 2).isTracked && !(x.detached * 2).isTracked)
      #expect(!(x .> 1).isTracked)
      return x.sum()
    }
    #expect(!(x * y).isTracked)
  }

  @Test func whatDoesNotMatterHasZeros() {
    let (value, gradients) = valueWithGradient(at: x, y) { x, _ in x.sum() }
    #expect(gradients.0 == .ones([3, 5]) && gradients.1 == .zeros([3, 5]))
    expectClose(value, x.sum())
    #expect(gradient(at: x) { _ in Tensor(7) } == .zeros([3, 5]))
    #expect(gradient(at: x) { ($0 * 2).detached.sum() } == .zeros([3, 5]))
    #expect(gradient(at: Tensor<Float>.zeros([3, 0])) { $0.sum() }.shape == [3, 0])
  }

  @Test func variableItselfMayBeTheResult() {
    let (value, found) = valueWithGradient(at: Tensor<Double>(3)) { $0 }
    #expect(value == Tensor(3) && found == Tensor(1))
  }

  @Test func gradientsMayBeNested() {
    let found = gradient(at: x) { x in
      let inner = gradient(at: y) { ($0 * $0 * x.detached).sum() }  // 2 · y · x, a constant
      return (inner * x).sum()
    }
    expectClose(found, y * x * 2)
  }

  @Test func errorsComeThrough() {
    struct Stop: Error {}
    #expect(throws: Stop.self) { try valueWithGradient(at: x) { _ in throw Stop() } }
  }

  @Test func customOperations() {
    @Sendable func cubed(_ x: Tensor<Double>) -> Tensor<Double> {
      let value = x.detached
      return (value * value * value).recorded(from: x) { [$0 * 3 * value * value] }
    }
    expectGradients(at: [x], "cube") { cubed($0[0] * 2) }
    #expect(!cubed(x).isTracked)

    /// a · b, with a gradient for a alone.
    func onesided(_ a: Tensor<Double>, _ b: Tensor<Double>) -> Tensor<Double> {
      (a.detached * b.detached).recorded(from: a, b) { [b = b.detached] in [$0 * b, nil] }
    }
    let (_, (ofX, ofY)) = valueWithGradient(at: x, y) { onesided($0, $1).sum() }
    #expect(ofX == y && ofY == .zeros([3, 5]))
  }

  @Test func operationsWithSeveralResults() {
    /// x · y and x + y, as one operation.
    @Sendable func both(_ x: Tensor<Double>, _ y: Tensor<Double>) -> [Tensor<Double>] {
      let (a, b) = (x.detached, y.detached)
      return Tensor.recorded([a * b, a + b], from: [x, y]) { gradients in
        let zeros = Tensor<Double>.zeros(a.shape)
        let (ofProduct, ofSum) = (gradients[0] ?? zeros, gradients[1] ?? zeros)
        return [ofProduct * b + ofSum, ofProduct * a + ofSum]
      }
    }
    expectGradients(at: [x, y], "both") { operands in
      let results = both(operands[0], operands[1])
      return results[0].exp() * results[1]
    }
    expectGradients(at: [x, y], "first alone") { both($0[0], $0[1])[0] }
    expectGradients(at: [x, y], "second alone") { both($0[0], $0[1])[1].squared() }
    #expect(both(x, y).allSatisfy { !$0.isTracked })
  }

  /// Neither the way back nor the end of the nodes may go down the stack.
  @Test(arguments: [0, 128 << 10])
  func longChainsDoNotOverflowTheStack(stackByteCount: Int) {
    runThread(stackByteCount: stackByteCount) {
      let start = Tensor<Double>(1)
      let (value, found) = valueWithGradient(at: start) { x in
        (0..<200_000).reduce(x) { sum, _ in sum + 1 }
      }
      #expect(value.scalar == 200_001)
      #expect(found.scalar == 1)
      // A chain that is dropped without a way back.
      _ = gradient(at: start) { x in
        _ = (0..<200_000).reduce(x) { sum, _ in sum * 1 }
        return x
      }
    }.wait()
  }

  @Test func gradientsAreTheSameInEveryRun() {
    func run() -> Tensor<Float> {
      gradient(at: Tensor<Float>.random([17, 65])) { x in
        let y = x.softmax() * x.tanh()
        return (y.sum(axis: 0) * x.exp().mean(axis: 0) + y.max(axes: [0])).sum()
      }
    }
    let first = run()
    for _ in 0..<5 { #expect(run() == first) }
  }
}
