import Tensor
import TestSupport
import Testing

struct DescriptionTests {
  @Test func smallTensorsAreShownWhole() {
    #expect(Tensor<Float>(2.5).description == "2.5")
    #expect(Tensor<Float>([1, -2, 0.5]).description == "[  1,  -2, 0.5]")
    #expect(Tensor<Float>([[1, 20], [300, 4]]).description == "[[  1,  20],\n [300,   4]]")
    #expect(
      Tensor<Double>.range(8).reshaped(to: [2, 2, 2]).description == """
        [[[0, 1],
          [2, 3]],

         [[4, 5],
          [6, 7]]]
        """)
    #expect(Tensor<Float>.zeros([3, 0]).description == "[] of shape [3, 0]")
    #expect(Tensor<Float>([.nan, .infinity]).description == "[nan, inf]")
  }

  @Test func longAxesAreShownByTheirEnds() {
    #expect(
      Tensor<Float>.range(1001).description == "[   0,    1,    2, …,  998,  999, 1000]")
    let lines = Tensor<Float>.zeros([65, 17]).description.split(separator: "\n")
    #expect(lines.count == 7)
    #expect(lines[0] == "[[0, 0, 0, …, 0, 0, 0],")
    #expect(lines[3].contains("…"))
  }

  @Test func debugDescriptionTellsTypeAndShape() {
    let x = Tensor<Float>([[1, 2]])
    #expect(x.debugDescription == "Tensor<Float>(shape: [1, 2], scalars: [[1, 2]])")
    _ = gradient(at: x) { x in
      #expect(x.debugDescription.contains("tracked"))
      return x.sum()
    }
  }
}
