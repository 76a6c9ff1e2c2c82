import Benchmarks
import Testing

@Suite struct ResultCheckTests {
  private let expected: [Float] = [0, -4, 2]

  private func check(_ values: [Float], tolerance: Float = 0.01) throws(CheckFailure) {
    try ResultCheck.expectClose(values, expected, tolerance: tolerance, named: "y")
  }

  @Test func deviationsAreSharesOfTheLargestMagnitude() throws {
    try check(expected)
    try check([0.03, -4.03, 1.97])  // 0.03 / 4 < 0.01
  }

  @Test func theElementThatDeviatesMostIsNamed() {
    #expect(
      throws: CheckFailure.value(
        result: "y", index: 2, value: 3, expected: 2, deviation: 0.25, tolerance: 0.01)
    ) { try check([0.5, -4, 3]) }
  }

  @Test func nanIsNeverClose() throws {
    for index in expected.indices {
      var values = expected
      values[index] = .nan
      let error = #expect(throws: CheckFailure.self) { try check(values, tolerance: .infinity) }
      guard case .value(_, index, _, _, _, _) = error else {
        Issue.record("\(String(describing: error)) does not name element \(index)")
        continue
      }
    }
  }

  @Test func nothingIsCloseToZerosButZeros() throws {
    try ResultCheck.expectClose([0, -0], [0, 0], tolerance: 0.01, named: "y")
    #expect(throws: CheckFailure.self) {
      try ResultCheck.expectClose([0, 1e-30], [0, 0], tolerance: 0.01, named: "y")
    }
  }

  @Test func countsMustBeEqual() {
    #expect(throws: CheckFailure.count(result: "y", count: 2, expected: 3)) { try check([0, -4]) }
  }

  @Test func bitsMustBeEqual() throws {
    try ResultCheck.expectIdentical([0, 1.5], [0, 1.5], named: "y")
    let next = Float(1.5).nextUp
    #expect(throws: CheckFailure.threads(result: "y", index: 1, value: 1.5, expected: next)) {
      try ResultCheck.expectIdentical([0, 1.5], [0, next], named: "y")
    }
    #expect(throws: CheckFailure.self) {
      try ResultCheck.expectIdentical([0], [-0.0], named: "y")
    }
  }
}
