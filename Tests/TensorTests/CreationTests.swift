import Tensor
import TestSupport
import Testing

struct CreationTests {
  @Test func literals() {
    #expect(Tensor<Float>(7).shape == [])
    #expect(Tensor<Float>(7).scalar == 7)
    #expect(Tensor<Float>([1, 2, 3]).shape == [3])
    let matrix = Tensor<Double>([[1, 2, 3], [4, 5, 6]])
    #expect(matrix.shape == [2, 3])
    #expect(matrix.scalars == [1, 2, 3, 4, 5, 6])
    #expect(matrix.rank == 2 && matrix.elementCount == 6)
    #expect(Tensor<Float>([Float]()).shape == [0])
  }

  @Test(arguments: [[], [0], [1], [17], [3, 0, 5], [2, 3, 65]] as [Shape])
  func constants(shape: Shape) {
    #expect(Tensor<Float>.zeros(shape).scalars.allSatisfy { $0 == 0 })
    #expect(Tensor<Double>.ones(shape).scalars.allSatisfy { $0 == 1 })
    let full = Tensor<Float>.full(shape, -2.5)
    #expect(full.shape == shape)
    #expect(full.scalars == Array(repeating: -2.5, count: shape.elementCount))
  }

  @Test func sequences() {
    #expect(Tensor<Float>.range(4).scalars == [0, 1, 2, 3])
    #expect(Tensor<Float>.range(0).shape == [0])
    #expect(Tensor<Double>.linear(from: -1, to: 1, count: 5).scalars == [-1, -0.5, 0, 0.5, 1])
    #expect(Tensor<Float>.linear(from: 0, to: 0.7, count: 8).scalars.last == 0.7)
    #expect(Tensor<Float>.identity(3).scalars == [1, 0, 0, 0, 1, 0, 0, 0, 1])
    #expect(Tensor<Float>.identity(0).shape == [0, 0])
  }

  @Test func conversionRoundsOnce() {
    let doubles = Tensor<Double>([0.1, 1e300, -2])
    #expect(Tensor<Float>(doubles).scalars == [0.1, .infinity, -2])
    #expect(Tensor<Double>(Tensor<Float>([0.1])).scalars == [Double(Float(0.1))])
  }

  @Test func closureWritesTheElements() {
    let squares = Tensor<Float>(shape: [2, 3]) { elements in
      for index in elements.indices { elements[index] = Float(index * index) }
    }
    #expect(squares == Tensor([[0, 1, 4], [9, 16, 25]]))
  }

  @Test func equalityIsOfShapesAndElements() {
    #expect(Tensor<Float>([1, 2]) == Tensor([1, 2]))
    #expect(Tensor<Float>([1, 2]) != Tensor([1, 3]))
    #expect(Tensor<Float>([[1, 2]]) != Tensor([1, 2]))
    #expect(Tensor<Float>([.nan]) != Tensor([.nan]))
    #expect(Tensor<Float>([0.0]) == Tensor([-0.0]))
  }
}
