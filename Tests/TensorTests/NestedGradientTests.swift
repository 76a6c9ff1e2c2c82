import Tensor
import TestSupport
import Testing

/// Gradients within the function of another gradient, whatever the operations.
struct NestedGradientTests {
  private let x = Tensor<Double>.random([2, 3], in: 0.5..<2)

  @Test func secondAndThirdDerivativesOfACube() {
    func first(_ x: Tensor<Double>) -> Tensor<Double> {
      gradient(at: x) { ($0 * $0 * $0).sum() }
    }
    func second(_ x: Tensor<Double>) -> Tensor<Double> { gradient(at: x) { first($0).sum() } }
    let point = Tensor<Double>([3])
    #expect(first(point).scalars == [27])
    #expect(second(point).scalars == [18])
    #expect(gradient(at: point) { second($0).sum() }.scalars == [6])
    #expect(!second(point).isTracked)
  }

  @Test func tenthDerivativeOfAnExponential() {
    func derivative(_ order: Int, _ x: Tensor<Double>) -> Tensor<Double> {
      order == 0 ? (x * 0.5).exp() : gradient(at: x) { derivative(order - 1, $0).sum() }
    }
    expectClose(derivative(10, Tensor(0.3)), Tensor(1.1618342427282831 / 1024))
  }

  /// The inner variable is a constant to the outer gradient, whose variable the inner function uses.
  @Test func innerFunctionMayUseOuterVariables() {
    // d/dw of |2 w x|² with the inner gradient 2 w x at x: 8 w x².
    let found = gradient(at: Tensor<Double>([3])) { w in
      gradient(at: Tensor<Double>([1])) { x in (w * x * x).sum() }.squared().sum()
    }
    #expect(found.scalars == [24])
  }

  @Test func valueOfTheInnerGradientDependsOnTheOuterVariable() {
    let found = gradient(at: x) { x in
      let (value, inner) = valueWithGradient(at: x.squared()) { ($0 * $0).sum() }
      #expect(value.isTracked && inner.isTracked)
      return value + inner.sum()
    }
    expectClose(found, x * x * x * 4 + x * 4)
  }

  @Test func innerVariablesMayBeComputed() {
    // The inner gradient at u = x³ is cos(u); its derivative by x is −sin(x³) · 3 x².
    let found = gradient(at: x) { x in
      gradient(at: x * x * x) { $0.sin().sum() }.sum()
    }
    expectClose(found, -(x * x * x).sin() * 3 * x * x)
  }

  @Test func whatTheOuterGradientDoesNotNeedIsNotTracked() {
    _ = gradient(at: x) { x in
      let (value, inner) = valueWithGradient(at: Tensor<Double>([1, 2])) { ($0 * $0).sum() }
      #expect(!value.isTracked && !inner.isTracked)
      #expect(!gradient(at: x.detached) { ($0 * $0).sum() }.isTracked)
      // The gradient of w + u by u does not depend on w.
      #expect(!gradient(at: Tensor<Double>([1, 2, 3])) { ($0 + x).sum() }.isTracked)
      return x.sum()
    }
  }

  @Test func innerGradientOfAnOuterVariableIsZero() {
    // The inner function does not depend on its variable.
    let found = gradient(at: x) { x in
      let inner = gradient(at: x) { _ in x.squared().sum() }
      #expect(inner == .zeros([2, 3]))
      return (inner * x).sum()
    }
    #expect(found == .zeros([2, 3]))
  }

  /// The way back of the inner gradient must not go through what belongs to the outer one alone.
  @Test func innerGradientLeavesOuterOperationsAlone() {
    @Sendable func opaque(_ x: Tensor<Double>) -> Tensor<Double> {
      x.detached.squared().recorded(from: x) { [value = x.detached] in [$0 * value * 2] }
    }
    // u · x² with the inner gradient x² at u.
    let found = gradient(at: x) { x in
      let features = opaque(x)
      return gradient(at: Tensor<Double>.ones([2, 3])) { u in (u * features).sum() }.sum()
    }
    expectClose(found, x * 2)
  }

  @Test func productsBesideZerosHaveAllDerivatives() {
    let point = Tensor<Double>([[2, 0, 4, 3], [0, 5, 0, 6]])
    func gradients(_ x: Tensor<Double>) -> Tensor<Double> {
      gradient(at: x) { $0.product(axes: [1]).sum() }
    }
    expectGradients(at: [point]) { gradients($0[0]) }
    // ∂²/∂x₀∂x₂ of x₀ x₁ x₂ x₃ in the second row: 5 · 6.
    let mixed = gradient(at: point) { gradients($0)[at: [1, 0], of: [2, 4]] }
    #expect(mixed[1].scalars == [0, 0, 30, 0])
  }

  @Test func replacedPartsHaveSecondDerivatives() {
    let part = Tensor<Double>.random([2, 1], seed: 3)
    expectGradients(at: [x, part]) { operands in
      let gradients = valueWithGradients(at: operands) { operands in
        var whole = operands[0].squared()
        whole[.all, .range(1..<2)] = operands[1].squared()
        return (whole * whole).sum()
      }.gradients
      return .concatenated(gradients.map(\.flattened))
    }
  }

  @Test func customOperationsMayBeDifferentiatedAgain() {
    @Sendable func cubed(_ x: Tensor<Double>) -> Tensor<Double> {
      let value = x.detached
      return (value * value * value).recorded(from: x) { gradient, operands in
        [gradient * 3 * operands[0] * operands[0]]
      }
    }
    expectGradients(at: [x]) { operands in gradient(at: operands[0]) { cubed($0).sum() } }
    #expect(!cubed(x).isTracked)
  }

  @Test func operationsWithAFirstDerivativeOnlyStop() async {
    let custom = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      @Sendable func cubed(_ x: Tensor<Double>) -> Tensor<Double> {
        let value = x.detached
        return (value * value * value).recorded(from: x) { [$0 * 3 * value * value] }
      }
      _ = gradient(at: Tensor<Double>([3])) { x in gradient(at: x) { cubed($0).sum() }.sum() }
    }
    #expect(message(of: custom).contains("cubed(_:): this operation has a first derivative only"))
    let factors = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = gradient(at: Tensor<Double>.identity(3)) { a in
        gradient(at: a) { try! cholesky($0).sum() }.sum()
      }
    }
    #expect(message(of: factors).contains("cholesky: this operation has a first derivative only"))
    let minors = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = gradient(at: Tensor<Double>.identity(3)) { a in
        gradient(at: a) { try! determinant($0) }.sum()
      }
    }
    #expect(message(of: minors).contains("determinant: this operation has a first derivative"))
  }

  @Test func nestedGradientsOfLongChainsDoNotOverflowTheStack() {
    runThread(stackByteCount: 256 << 10) {
      let found = gradient(at: Tensor<Double>(1)) { x in
        gradient(at: x) { x in (0..<20_000).reduce(x * x) { sum, _ in sum * 1.00001 } }
      }
      expectClose(found, Tensor(2 * 1.2214015367677653), within: 1e-9)
    }.wait()
  }
}

extension Tensor {
  /// One element as a scalar, by operations that are recorded.
  fileprivate subscript(at position: [Int], of shape: Shape) -> Tensor {
    let index = zip(position, shape.strides).reduce(0) { $0 + $1.0 * $1.1 }
    return flattened[index]
  }
}
