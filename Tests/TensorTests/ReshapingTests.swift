import Tensor
import TestSupport
import Testing

struct ReshapingTests {
  private let x = Tensor<Float>.counting([2, 3, 5])

  @Test func reshapesKeepTheOrder() {
    #expect(x.reshaped(to: [5, 6]).scalars == x.scalars)
    #expect(x.reshaped(to: [-1, 5]).shape == [6, 5])
    #expect(x.reshaped(to: [30, -1]).shape == [30, 1])
    #expect(x.reshaped(to: [5, 3, 2] as Shape).shape == [5, 3, 2])
    #expect(x.flattened.shape == [30])
    #expect(x.expandingShape(at: 0).shape == [1, 2, 3, 5])
    #expect(x.expandingShape(at: 3).shape == [2, 3, 5, 1])
    #expect(x.expandingShape(at: 1).squeezingShape(at: 1) == x)
    #expect(Tensor<Float>(4).reshaped(to: [1, 1]).shape == [1, 1])
    #expect(Tensor<Float>.zeros([0, 3]).reshaped(to: [5, 0]).shape == [5, 0])
    #expect(Tensor<Float>.zeros([0, 3]).reshaped(to: [-1, 3]).shape == [0, 3])
  }

  @Test(
    arguments: [[3, 5], [1, 17], [17, 1], [65, 33], [2, 17, 65], [0, 3], [3, 2, 0]] as [Shape])
  func transpose(shape: Shape) {
    let y = Tensor<Double>.counting(shape)
    var swapped = shape
    (swapped[-1], swapped[-2]) = (shape[-2], shape[-1])
    let expected = Tensor<Double>(swapped) { position in
      var position = position
      position.swapAt(position.count - 1, position.count - 2)
      return y.at(position)
    }
    #expect(y.transposed == expected)
    #expect(y.transposed.transposed == y)
  }

  @Test func everyPermutationOfFourAxes() {
    let y = Tensor<Float>.counting([2, 3, 4, 5])
    for permutation in Self.permutations([0, 1, 2, 3]) {
      let expected = Tensor<Float>(Shape(permutation.map { y.shape[$0] })) { position in
        var original = [0, 0, 0, 0]
        for (axis, index) in zip(permutation, position) { original[axis] = index }
        return y.at(original)
      }
      #expect(y.transposed(permutation) == expected, "\(permutation)")
    }
  }

  private static func permutations(_ elements: [Int]) -> [[Int]] {
    guard elements.count > 1 else { return [elements] }
    return elements.flatMap { first in
      permutations(elements.filter { $0 != first }).map { [first] + $0 }
    }
  }

  @Test(arguments: [0, 1, 2, -1])
  func flips(axis: Int) {
    let resolved = axis < 0 ? axis + 3 : axis
    let expected = Tensor<Float>(x.shape) { position in
      var position = position
      position[resolved] = x.shape[resolved] - 1 - position[resolved]
      return x.at(position)
    }
    #expect(x.flipped(axis: axis) == expected)
    #expect(Tensor<Float>.zeros([3, 0, 2]).flipped(axis: 1).shape == [3, 0, 2])
  }

  @Test(arguments: [0, 1, 2, -2])
  func concatenationsAreUndoneBySplits(axis: Int) {
    let resolved = axis < 0 ? axis + 3 : axis
    let parts = [1, 0, 4].enumerated().map { number, extent in
      var shape = x.shape
      shape[resolved] = extent
      return Tensor<Float>.counting(shape) + Float(1000 * number)
    }
    let whole = Tensor.concatenated(parts, axis: axis)
    #expect(whole.shape[resolved] == 5)
    let expected = Tensor<Float>(whole.shape) { position in
      if position[resolved] < 1 { return parts[0].at(position) }
      var inLast = position
      inLast[resolved] -= 1
      return parts[2].at(inLast)
    }
    #expect(whole == expected)
    #expect(whole.split(sizes: [1, 0, 4], axis: axis) == parts)
  }

  @Test(arguments: [0, 1, 3])
  func stacks(axis: Int) {
    let stacked = Tensor.stacked([x, x + 100, x + 200, x + 300], axis: axis)
    #expect(stacked.shape == x.shape.inserting(4, at: axis))
    let expected = Tensor<Float>(stacked.shape) { position in
      var position = position
      let number = position.remove(at: axis)
      return x.at(position) + Float(100 * number)
    }
    #expect(stacked == expected)
  }

  @Test func gradientsFollowTheElements() {
    let point = Tensor<Double>.random([2, 3, 5])
    let other = Tensor<Double>.random([2, 4, 5], seed: 2)
    expectGradients(at: [point], "reshape") { $0[0].reshaped(to: [5, -1]) }
    expectGradients(at: [point], "flatten") { $0[0].flattened }
    expectGradients(at: [point], "expand, squeeze") {
      $0[0].expandingShape(at: 2).squeezingShape(at: 2).expandingShape(at: 0)
    }
    expectGradients(at: [point], "transpose") { $0[0].transposed }
    expectGradients(at: [point], "permutation") { $0[0].transposed([2, 0, 1]) }
    expectGradients(at: [point], "flip") { $0[0].flipped(axis: 1) }
    expectGradients(at: [point, other], "concatenation") {
      Tensor.concatenated([$0[0], $0[1], $0[0]], axis: 1)
    }
    expectGradients(at: [point, point * 2], "stack") { Tensor.stacked([$0[0], $0[1]], axis: 2) }
    expectGradients(at: [point], "split") {
      let parts = $0[0].split(sizes: [1, 4], axis: 2)
      return parts[1].sum() * parts[0]
    }
    expectGradients(at: [Tensor.random([3, 1, 5])], "broadcast") {
      $0[0].broadcast(to: [2, 3, 4, 5])
    }
  }
}
