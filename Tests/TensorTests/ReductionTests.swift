import Tensor
import TestSupport
import Testing

struct ReductionTests {
  static let axisSubsets: [[Int]] = (0..<16).map { bits in
    (0..<4).filter { bits >> $0 & 1 == 1 }
  }

  static let shapes: [Shape] = [[2, 3, 5, 7], [3, 1, 17, 2], [2, 65, 1, 3]]

  /// The elements that are reduced into each position of the result.
  private func groups(_ x: Tensor<Double>, _ axes: [Int]) -> (kept: Shape, members: [[Double]]) {
    var kept = x.shape
    for axis in axes { kept[axis] = 1 }
    var members = [[Double]](repeating: [], count: kept.elementCount)
    for position in x.shape.positions {
      var index = 0
      for axis in 0..<x.rank {
        index = index * kept[axis] + (axes.contains(axis) ? 0 : position[axis])
      }
      members[index].append(x.at(position))
    }
    return (kept, members)
  }

  private func dropped(_ shape: Shape, _ axes: [Int]) -> Shape {
    Shape((0..<shape.rank).filter { !axes.contains($0) }.map { shape[$0] })
  }

  @Test(arguments: axisSubsets, shapes)
  func everySubsetOfAxes(axes: [Int], shape: Shape) {
    let x = Tensor<Double>.random(shape, in: 0.5..<1.5)
    let (kept, members) = groups(x, axes)
    func check(
      _ name: String, _ operation: (Bool) -> Tensor<Double>, _ definition: ([Double]) -> Double
    ) {
      let expected = Tensor(shape: kept, scalars: members.map(definition))
      expectClose(operation(true), expected, within: 1e-12, name)
      expectClose(
        operation(false), expected.reshaped(to: dropped(shape, axes)), within: 1e-12, name)
    }
    func sum(_ values: [Double]) -> Double { values.reduce(0, +) }
    func mean(_ values: [Double]) -> Double { sum(values) / Double(values.count) }
    func squares(_ values: [Double]) -> Double {
      sum(values.map { ($0 - mean(values)) * ($0 - mean(values)) })
    }
    check("sum", { x.sum(axes: axes, keepingAxes: $0) }, sum)
    check("mean", { x.mean(axes: axes, keepingAxes: $0) }, mean)
    check("product", { x.product(axes: axes, keepingAxes: $0) }) { $0.reduce(1, *) }
    check("max", { x.max(axes: axes, keepingAxes: $0) }) { $0.max()! }
    check("min", { x.min(axes: axes, keepingAxes: $0) }) { $0.min()! }
    check("variance", { x.variance(axes: axes, keepingAxes: $0) }) {
      squares($0) / Double($0.count)
    }
    check("deviation", { x.standardDeviation(axes: axes, keepingAxes: $0) }) {
      (squares($0) / Double($0.count)).squareRoot()
    }
    if members[0].count > 1 {
      check("corrected", { x.variance(axes: axes, correction: 1, keepingAxes: $0) }) {
        squares($0) / Double($0.count - 1)
      }
    }
  }

  @Test(arguments: axisSubsets)
  func gradientsOverEverySubset(axes: [Int]) {
    let x = Tensor<Double>.random([2, 3, 1, 4], in: 0.5..<1.5)
    expectGradients(at: [x], "sum") { $0[0].sum(axes: axes) }
    expectGradients(at: [x], "mean") { $0[0].mean(axes: axes, keepingAxes: true) }
    expectGradients(at: [x], "product") { $0[0].product(axes: axes) }
    expectGradients(at: [x], "max") { $0[0].max(axes: axes) }
    expectGradients(at: [x], "min") { $0[0].min(axes: axes, keepingAxes: true) }
    expectGradients(at: [x], "variance") { $0[0].variance(axes: axes) }
  }

  @Test func otherGradients() {
    let x = Tensor<Double>.random([3, 2, 5])
    expectGradients(at: [x], "deviation") { $0[0].standardDeviation(axes: [0, 2], correction: 1) }
    expectGradients(at: [x], "norm") { $0[0].norm() }
    expectGradients(at: [x], "sum of one axis") { $0[0].sum(axis: -2) }
    expectGradients(at: [x], "mean of one axis") { $0[0].mean(axis: 0, keepingAxes: true) }
    for axis in 0..<3 {
      expectGradients(at: [x], "running sums") { $0[0].cumulativeSum(axis: axis) }
    }
  }

  @Test func emptyExtents() {
    let x = Tensor<Double>.zeros([3, 0, 5])
    #expect(x.sum() == Tensor(0))
    #expect(x.sum(axis: 1) == .zeros([3, 5]))
    #expect(x.sum(axis: 0).shape == [0, 5])
    #expect(x.product(axes: [1, 2]) == .ones([3]))
    #expect(x.mean().scalar.isNaN)
    #expect(x.max(axis: 0).shape == [0, 5])
    #expect(x.argmax(axis: 0) == [])
    #expect(x.cumulativeSum(axis: 1).shape == [3, 0, 5])
    #expect(gradient(at: x) { $0.sum() }.shape == [3, 0, 5])
  }

  @Test func negativeAxesCountFromTheLast() {
    let x = Tensor<Float>.counting([2, 3, 5])
    #expect(x.sum(axes: [-1, 0]) == x.sum(axes: [0, 2]))
    #expect(x.max(axes: [-2]) == x.max(axes: [1]))
  }

  /// PyTorch 2.13: `torch.tensor([[1, nan, 3], [2, 2, 1]]).argmax(1)` is [1, 0], and
  /// `torch.tensor([[1, nan, 3], [2, 1, 1]]).argmin(1)` is [1, 1].
  @Test func positionsOfExtremes() {
    #expect(Tensor<Float>([[1, .nan, 3], [2, 2, 1]]).argmax() == [1, 0])
    #expect(Tensor<Float>([[1, .nan, 3], [2, 1, 1]]).argmin() == [1, 1])
    let x = Tensor<Double>([[1, 9, 3], [7, 5, 3]])
    #expect(x.argmax(axis: 0) == [1, 0, 0])
    #expect(x.argmin(axis: 0) == [0, 1, 0])
    #expect(Tensor<Double>.random([3, 65]).argmax().count == 3)
    let long = Tensor<Float>.random([2, 17, 65])
    for (index, position) in long.argmax(axis: 1).enumerated() {
      let (outer, inner) = (index / 65, index % 65)
      let column = (0..<17).map { long[at: outer, $0, inner] }
      #expect(column[position] == column.max())
    }
  }

  @Test func extremesSpreadNaN() {
    let x = Tensor<Float>([[1, .nan, 3], [2, 2, 1]])
    expectClose(x.max(axis: 1), [.nan, 2])
    expectClose(x.min(axis: 1), [.nan, 1])
    expectClose(x.max(axis: 0), [2, .nan, 3])
    expectClose(x.sum(axis: 1), [.nan, 5])
  }

  @Test(arguments: [0, 1, 2])
  func runningSums(axis: Int) {
    let x = Tensor<Double>.random([3, 17, 5])
    let expected = Tensor<Double>(x.shape) { position in
      (0...position[axis]).reduce(0) { sum, index in
        var position = position
        position[axis] = index
        return sum + x.at(position)
      }
    }
    expectClose(x.cumulativeSum(axis: axis), expected)
  }

  /// A million times 0.1 in Float: adding one by one would be wrong by 1 %.
  @Test func longSumsKeepTheirDigits() {
    let x = Tensor<Float>.full([1_000_003], 0.1)
    expectClose(x.sum(), [100_000.3], within: 1e-6)
    expectClose(x.mean(), [0.1], within: 1e-6)
  }
}

extension Tensor {
  fileprivate func max(axis: Int) -> Tensor { max(axes: [axis]) }
  fileprivate func min(axis: Int) -> Tensor { min(axes: [axis]) }
}
