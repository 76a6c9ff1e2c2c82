import Tensor
import TestSupport
import Testing

/// Gradients where a derivative is infinite, as that of a root at 0.
///
/// The figures are PyTorch's, such as `x.norm(dim=1).sum().backward()`, where it gives a number. It gives
/// NaN for the root of a composite, where the derivative of the composite is 0: there a subgradient is
/// expected.
struct GradientsAtZeroTests {
  private let rows = Tensor<Double>([[0, 0, 0], [3, 0, 4]])
  private let constants = Tensor<Double>([[2, 2, 2], [1, 2, 4]])

  @Test func normsAtTheOrigin() {
    #expect(gradient(at: Tensor<Double>.zeros([4])) { $0.norm() } == .zeros([4]))
    #expect(gradient(at: Tensor<Float>.zeros([2, 3])) { $0.norm() } == .zeros([2, 3]))
    expectClose(rows.norm(axes: [1]), [0, 5])
    expectClose(rows.norm(axes: [0], keepingAxes: true), Tensor([[3, 0, 4]]))
    expectClose(gradient(at: rows) { $0.norm(axes: [1]).sum() }, [0, 0, 0, 0.6, 0, 0.8])
    expectClose(gradient(at: rows) { $0.norm(axes: [0]).sum() }, [0, 0, 0, 1, 0, 1])
    // The squares underflow.
    #expect(gradient(at: Tensor<Float>([1e-30, 2e-30])) { $0.norm() } == .zeros([2]))
  }

  @Test func deviationsOfConstants() {
    #expect(
      gradient(at: Tensor<Double>.full([3], 2)) { $0.standardDeviation(correction: 1) }
        == .zeros([3]))
    expectClose(
      gradient(at: constants) { $0.standardDeviation(axes: [1], correction: 1).sum() },
      [0, 0, 0, -0.43643578047198484, -0.10910894511799625, 0.5455447255899809])
    expectClose(
      gradient(at: constants) { $0.standardDeviation(axes: [1]).sum() },
      [0, 0, 0, -0.35634832254989923, -0.08908708063747484, 0.44543540318737396])
    #expect(gradient(at: Tensor<Double>([7])) { $0.standardDeviation() } == .zeros([1]))
  }

  @Test func rootsOfComposites() {
    let zeros = Tensor<Double>.zeros([2, 3])
    let composites: [(String, @Sendable (Tensor<Double>) -> Tensor<Double>)] = [
      ("sum of squares", { $0.squared().sum().sqrt() }),
      ("products", { ($0 * $0).sum(axis: 1).sqrt().sum() }),
      ("powers", { $0.power(2).mean().sqrt() }),
      ("fractional power", { $0.squared().sum().power(0.5) }),
      ("fourth root", { $0.squared().squared().sum().power(0.25) }),
      ("root of a root", { $0.squared().sqrt().sqrt().sum() }),
      ("matrix product", { matmul($0, $0, transposingB: true).sqrt().sum() }),
      ("dot", { dot($0.flattened, $0.flattened).sqrt() }),
      ("distance", { ($0 - $0[0].detached).squared().sum(axis: 1).sqrt().sum() }),
      ("variance", { $0.variance(axes: [0]).sqrt().sum() }),
      ("absolute values", { $0.abs().sqrt().sum() }),
      ("rectifier", { $0.relu().sqrt().sum() }),
      ("product of variables", { ($0.product(axes: [1])).sqrt().sum() }),
    ]
    for (name, composite) in composites {
      let found = gradient(at: zeros, in: composite)
      #expect(found == zeros, "\(name)")
    }
  }

  @Test func otherElementsKeepTheirGradients() {
    expectClose(
      gradient(at: rows) { $0.squared().sum(axis: 1).sqrt().sum() }, [0, 0, 0, 0.6, 0, 0.8])
    // √(x² + y) at 0: what comes by y is infinite.
    let (_, (ofX, ofY)) = valueWithGradient(at: Tensor<Double>(0), Tensor(0)) {
      ($0.squared() + $1).sqrt()
    }
    #expect(ofX.scalar == 0 && ofY.scalar == .infinity)
    // √(x y) at x = 0, y = 3.
    let (_, (first, second)) = valueWithGradient(at: Tensor<Double>(0), Tensor(3)) {
      ($0 * $1).sqrt()
    }
    #expect(first.scalar == .infinity && second.scalar == 0)
  }

  @Test func rootsOfVariablesAreInfinitelySteep() {
    let point = Tensor<Double>([0, 4])
    #expect(gradient(at: point) { $0.sqrt().sum() }.scalars == [.infinity, 0.25])
    #expect(gradient(at: point) { $0.power(0.5).sum() }.scalars == [.infinity, 0.25])
    expectClose(gradient(at: point) { ($0 * 2).sqrt().sum() }, [.infinity, 0.35355339059327373])
    #expect(gradient(at: -point) { (-$0).sqrt().sum() }.scalars == [-.infinity, -0.25])
    #expect(gradient(at: point) { $0.power(-1).sum() }.scalars == [-.infinity, -0.0625])
    #expect(gradient(at: point) { $0.log().sum() }.scalars == [.infinity, 0.25])
    #expect(gradient(at: point) { $0.power(1.5).sum() }.scalars == [0, 3])
    #expect(gradient(at: point) { $0.power(1).sum() }.scalars == [1, 1])
    #expect(gradient(at: point) { ($0.sqrt() * 0).sum() }.scalars == [0, 0])
  }

  /// The branch that is not chosen is infinite where the other one is.
  @Test func whatIsNotChosenGivesNoNaN() {
    let point = Tensor<Double>([0, 4])
    let branches: [(String, Double, @Sendable (Tensor<Double>) -> Tensor<Double>)] = [
      ("log", 0.25, { $0.log() }),
      ("quotient", -0.0625, { 1 / $0 }), ("quotient of itself", 0, { $0 / $0 }),
      ("reciprocal", -0.0625, { $0.reciprocal() }), ("power", -0.03125, { $0.power(-2) }),
      ("root", 0.25, { $0.sqrt() }), ("rooted power", 0.25, { $0.power(0.5) }),
    ]
    for (name, expected, branch) in branches {
      let found = gradient(at: point) { Tensor.select($0 .> 0, branch($0), Tensor(0)).sum() }
      expectClose(found, [0, expected], name)
    }
  }

  @Test func gradientsOfSuchGradientsAreFinite() {
    for function: @Sendable (Tensor<Double>) -> Tensor<Double> in [
      { $0.norm(axes: [1]).sum() }, { $0.standardDeviation(axes: [1]).sum() },
      { $0.squared().sum(axis: 1).sqrt().sum() }, { $0.squared().sum(axis: 1).power(0.5).sum() },
    ] {
      let point = Tensor<Double>([[0, 0, 0], [3, 1, 4]])
      let second = gradient(at: point) { x in gradient(at: x, in: function).squared().sum() }
      #expect(second.scalars.allSatisfy { $0.isFinite })
      #expect(second[0] == .zeros([3]))
      let alone = gradient(at: point[1..<2]) { x in gradient(at: x, in: function).squared().sum() }
      expectClose(second[1..<2], alone)
    }
  }
}
