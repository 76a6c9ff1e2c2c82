import Safetensors
import Tabular
import Testing
import TestSupport

@Suite struct StandardScalerTests {
  private static let rows = Tensor<Double>([
    [2, 50, 7], [3, 100, 7], [1, 75, 7], [4, 150, 7], [2.5, 20, 7],
  ])

  // Of scikit-learn, by:
  //
  //   x = np.array([[2, 50, 7], [3, 100, 7], [1, 75, 7], [4, 150, 7], [2.5, 20, 7]])
  //   s = StandardScaler().fit(x)
  //   print(s.mean_, s.scale_, s.transform(x), s.transform([[0, 0, 9]]))
  private static let mean = [2.5, 79, 7]
  private static let scale = [1, 44.31703961, 1]
  private static let scores = [
    -0.5, -0.6543758395, 0, 0.5, 0.4738583665, 0, -1.5, -0.0902587365, 0,
    1.5, 1.6020925725, 0, 0, -1.3313163631, 0,
  ]

  @Test func followsScikitLearn() {
    let scaler = StandardScaler(fittedTo: Self.rows)
    expectClose(scaler.mean, Self.mean, within: 1e-9)
    expectClose(scaler.scale, Self.scale, within: 1e-9)
    expectClose(scaler.transformed(Self.rows), Self.scores, within: 1e-9)
    expectClose(scaler.transformed(Tensor([0, 0, 9])), [-2.5, -1.7826100455, 2], within: 1e-9)
  }

  @Test func followsScikitLearnInSinglePrecision() {
    let rows = Tensor<Float>(Self.rows)
    let scaler = StandardScaler(fittedTo: rows)
    expectClose(scaler.transformed(rows), Self.scores.map { Float($0) }, within: 1e-6)
  }

  @Test(arguments: [[0, 3], [1, 3], [65, 3], [17, 2, 3]])
  func restoresWhatItTransformed(shape: [Int]) {
    let scaler = StandardScaler(fittedTo: Self.rows)
    let values = Tensor<Double>.random(Shape(shape), in: -100..<100)
    expectClose(scaler.restored(scaler.transformed(values)), values)
  }

  /// The computed variance of this column is 8.9e-16 rather than 0; scikit-learn's scale is 1.
  @Test func takesRoundingErrorsForNoVariation() {
    let scaler = StandardScaler(fittedTo: Tensor<Double>.full([1000, 1], 1e8 + 0.3))
    #expect(scaler.scale == Tensor([1]))
  }

  @Test func scalesOneRowToZeros() {
    let row = Tensor<Float>([[3, -5]])
    let scaler = StandardScaler(fittedTo: row)
    #expect(scaler.scale == Tensor([1, 1]))
    #expect(scaler.transformed(row) == Tensor([[0, 0]]))
  }

  @Test func stopsAtRowsOfAnotherWidth() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = StandardScaler(fittedTo: Tensor<Float>.ones([5, 3])).restored(.ones([5, 1]))
    }
    expectStopped(
      result, "StandardScaler.restored: expected rows [..., 3], but got shape [5, 1]")
  }

  @Test func stopsAtNoRows() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = StandardScaler(fittedTo: Tensor<Float>.ones([0, 3]))
    }
    expectStopped(
      result, "StandardScaler: expected rows [N, F] with N at least 1, but got shape [0, 3]")
  }
}
