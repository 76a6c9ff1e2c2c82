import Tensor
import TestSupport
import Testing

struct IndexingTests {
  private let x = Tensor<Float>.counting([3, 5, 7])

  @Test func elements() {
    #expect(x[at: 0, 0, 0] == 0)
    #expect(x[at: 2, 3, 4] == 2 * 35 + 3 * 7 + 4)
    var changed = x
    changed[at: 2, 3, 4] = -1
    #expect(changed[at: 2, 3, 4] == -1)
    #expect((changed .!= x).sum().scalar == 1)
  }

  @Test func leadingAxis() {
    #expect(x[1] == Tensor([5, 7]) { x.at([1] + $0) })
    #expect(x[1..<3] == Tensor([2, 5, 7]) { x.at([$0[0] + 1, $0[1], $0[2]]) })
    #expect(x[1][4][6].scalar == 35 + 28 + 6)
    #expect(x[2..<2].shape == [0, 5, 7])
    #expect(Tensor<Float>([1, 2, 3])[1].shape == [])
  }

  @Test func selections() {
    #expect(
      x[.all, .range(1..<4), .index(6)] == Tensor([3, 3]) { x.at([$0[0], $0[1] + 1, 6]) })
    #expect(
      x[.index(2), .stride(0..<5, by: 2), .stride(1..<7, by: 3)]
        == Tensor([3, 2]) { x.at([2, 2 * $0[0], 1 + 3 * $0[1]]) })
    #expect(x[.index(1)] == x[1])
    #expect(x[.all] == x)
    #expect(x[.index(0), .index(1), .index(2)].shape == [])
    #expect(x[.all, .range(2..<2)].shape == [3, 0, 7])
    #expect(x[.stride(0..<3, by: 9)].shape == [1, 5, 7])
  }

  @Test(arguments: [0, 1, 2, -1, -2])
  func slices(axis: Int) {
    let resolved = axis < 0 ? axis + 3 : axis
    var shape = x.shape
    shape[resolved] = 2
    let expected = Tensor<Float>(shape) { position in
      var position = position
      position[resolved] += 1
      return x.at(position)
    }
    #expect(x.slice(axis: axis, 1..<3) == expected)
  }

  @Test(arguments: [0, 1, -1])
  func gathers(axis: Int) {
    let indices = [2, 0, 2, 1, 2]
    let resolved = axis < 0 ? axis + 3 : axis
    var shape = x.shape
    shape[resolved] = indices.count
    let expected = Tensor<Float>(shape) { position in
      var position = position
      position[resolved] = indices[position[resolved]]
      return x.at(position)
    }
    #expect(x.gathered(at: indices, axis: axis) == expected)
    #expect(x.gathered(at: [], axis: axis).elementCount == 0)
  }

  @Test func settersWriteTheirPartAlone() {
    var y = x
    y[1] = Tensor.full([5, 7], -1)
    #expect(y == Tensor(x.shape) { $0[0] == 1 ? -1 : x.at($0) })
    y = x
    y[0..<2] = -x[1..<3]
    #expect(y == Tensor(x.shape) { $0[0] < 2 ? -x.at([$0[0] + 1, $0[1], $0[2]]) : x.at($0) })
    y = x
    y[.all, .index(3), .stride(0..<7, by: 3)] = Tensor.full([3, 3], -1)
    #expect(y == Tensor(x.shape) { $0[1] == 3 && $0[2] % 3 == 0 ? -1 : x.at($0) })
    y = x
    y[2] += Tensor.full([5, 7], 100)
    #expect(y == Tensor(x.shape) { x.at($0) + ($0[0] == 2 ? 100 : 0) })
    y[.range(1..<1)] = Tensor.zeros([0, 5, 7])
    #expect(y[0] == x[0])
  }

  /// A part of a part: the second one starts somewhere inside of shared memory.
  @Test func partsOfPartsAreRight() {
    let part = x[1..<3][1]
    #expect(part == x[2])
    #expect(part[.range(2..<4)] == Tensor([2, 7]) { x.at([2, $0[0] + 2, $0[1]]) })
    #expect(part.transposed == Tensor([7, 5]) { x.at([2, $0[1], $0[0]]) })
    #expect(part.sum().scalar == (70..<105).reduce(0) { $0 + Float($1) })
  }

  @Test func gradientsGoToWhatWasTaken() {
    let point = Tensor<Double>.random([3, 4, 5])
    expectGradients(at: [point], "index") { $0[0][1] }
    expectGradients(at: [point], "range") { $0[0][1..<3] }
    expectGradients(at: [point], "selection") {
      $0[0][.index(2), .stride(0..<4, by: 3), .range(1..<4)]
    }
    expectGradients(at: [point], "slice") { $0[0].slice(axis: 2, 1..<4) }
    expectGradients(at: [point], "gather") { $0[0].gathered(at: [3, 0, 3, 3], axis: 1) }
    expectGradients(at: [point], "gather of the first axis") { $0[0].gathered(at: [2, 2, 0]) }
    let pieces = valueWithGradient(at: point) { $0.gathered(at: [3, 0, 3, 3], axis: 1).sum() }
    #expect(pieces.gradient[.all, .index(3)] == .full([3, 5], 3))
    #expect(pieces.gradient[.all, .index(1)] == .zeros([3, 5]))
  }

  @Test func settersHaveGradients() {
    let point = [Tensor<Double>.random([3, 4, 5]), Tensor<Double>.random([3, 2], seed: 2)]
    expectGradients(at: point, "both") { operands in
      var y = operands[0] * 2
      y[.all, .index(1), .stride(0..<4, by: 2)] = operands[1].squared()
      return y * y
    }
    expectGradients(at: [point[0]], "of a constant part") { operands in
      var y = operands[0]
      y[1] = Tensor.ones([4, 5])
      return y.exp()
    }
    expectGradients(at: [point[1]], "in a constant whole") { operands in
      var y = point[0]
      y[.all, .index(0), .range(3..<5)] = operands[0]
      return y * y
    }
  }
}
