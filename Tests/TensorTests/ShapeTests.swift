import Tensor
import TestSupport
import Testing

struct ShapeTests {
  @Test func extentsAndStrides() {
    let shape: Shape = [2, 3, 5]
    #expect(shape.rank == 3)
    #expect(shape.elementCount == 30)
    #expect(shape.dimensions == [2, 3, 5])
    #expect(shape.strides == [15, 5, 1])
    #expect(shape[0] == 2 && shape[-1] == 5 && shape[-3] == 2)
    #expect(shape.description == "[2, 3, 5]")
    #expect(Shape([2, 0, 5]).elementCount == 0)
  }

  @Test func scalarHasOneElementAndNoAxes() {
    #expect(Shape() == [])
    #expect(Shape().elementCount == 1)
    #expect(Shape().strides == [])
  }

  @Test func axesComeAndGo() {
    let shape: Shape = [2, 3, 5]
    #expect(shape.appending(7) == [2, 3, 5, 7])
    #expect(shape.appending(contentsOf: [0, 1]) == [2, 3, 5, 0, 1])
    #expect(shape.inserting(7, at: 0) == [7, 2, 3, 5])
    #expect(shape.inserting(7, at: 3) == [2, 3, 5, 7])
    #expect(shape.removing(1) == [2, 5])
    #expect(shape.removing(-1) == [2, 3])
    #expect(shape[1..<3] == [3, 5])
    #expect(shape[1..<1] == [])
    var changed = shape
    changed[-2] = 17
    #expect(changed == [2, 17, 5])
    #expect(changed != shape)
  }

  @Test func allEightAxesCanBeSet() {
    var shape = Shape([1, 2, 3, 4, 5, 6, 7, 8])
    for axis in 0..<Shape.maximumRank { shape[axis] += 10 * axis }
    #expect(shape == [1, 12, 23, 34, 45, 56, 67, 78])
    #expect(shape.removing(2).dimensions == [1, 12, 34, 45, 56, 67, 78])
  }

  /// What is aligned to more than 16 bytes corrupts the frames of async functions
  /// (github.com/swiftlang/swift/issues/91639).
  @Test(arguments: [[2, 3, 5]] as [Shape])
  func shapesAndTensorsLiveAcrossSuspensions(shape: Shape) async {
    #expect(MemoryLayout<Shape>.alignment <= 16)
    let named = ("x", Tensor<Float>.counting(shape), shape)
    await Task.yield()
    #expect(named.1.shape == named.2)
    await Task.yield()
    #expect(named.1.scalars.last == 29)
  }

  /// Extents that are gone must not count in comparisons and hashes.
  @Test func equalShapesHashEqually() {
    let shorter = Shape([2, 3, 5]).removing(2)
    #expect(shorter == [2, 3])
    #expect(Set([shorter, [2, 3], [3, 2], [2, 3, 1]]).count == 3)
    #expect(Shape([1]) != Shape([]))
  }
}
