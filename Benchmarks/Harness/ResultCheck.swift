import NeuralNetwork

/// The reason why a case is not timed.
package enum CheckFailure: Error, Equatable {
  /// The numbers of elements differ.
  case count(result: String, count: Int, expected: Int)
  /// An element deviates from the reference by more than the tolerance.
  case value(
    result: String, index: Int, value: Float, expected: Float, deviation: Float, tolerance: Float)
  /// The result is not bit-identical at another thread count.
  case threads(result: String, index: Int, value: Float, expected: Float)
}

extension CheckFailure: CustomStringConvertible {
  package var description: String {
    switch self {
    case .count(let result, let count, let expected):
      "\(result) has \(count) elements, but the reference has \(expected)"
    case .value(let result, let index, let value, let expected, let deviation, let tolerance):
      "element \(index) of \(result) is \(value), but the reference says \(expected): a deviation of "
        + "\(deviation) of the largest magnitude, where \(tolerance) is allowed"
    case .threads(let result, let index, let value, let expected):
      "element \(index) of \(result) is \(value), but with another number of threads \(expected)"
    }
  }
}

/// Checks of results against those of the reference.
package enum ResultCheck {
  /// Checks that all elements differ from the reference's by at most `tolerance` times the
  /// reference's largest magnitude.
  ///
  /// - Throws: A `CheckFailure` that names the element with the largest deviation, or the first
  ///   NaN.
  package static func expectClose(
    _ values: [Float], _ expected: [Float], tolerance: Float, named name: String
  ) throws(CheckFailure) {
    try expectSameCount(values, expected, name)
    let scale = expected.reduce(0) { max($0, $1.magnitude) }
    var worst = (index: 0, deviation: Float(0))
    for (index, pair) in zip(values, expected).enumerated() where pair.0 != pair.1 {
      let deviation = (pair.0 - pair.1).magnitude / scale
      if !(deviation <= worst.deviation) { worst = (index, deviation) }
      if deviation.isNaN { break }
    }
    guard worst.deviation <= tolerance else {
      throw .value(
        result: name, index: worst.index, value: values[worst.index],
        expected: expected[worst.index], deviation: worst.deviation, tolerance: tolerance)
    }
  }

  /// Checks that all elements have the same bits.
  package static func expectIdentical(
    _ values: [Float], _ expected: [Float], named name: String
  ) throws(CheckFailure) {
    try expectSameCount(values, expected, name)
    let differs = values.indices.first { values[$0].bitPattern != expected[$0].bitPattern }
    if let index = differs {
      throw .threads(result: name, index: index, value: values[index], expected: expected[index])
    }
  }

  private static func expectSameCount(
    _ values: [Float], _ expected: [Float], _ name: String
  ) throws(CheckFailure) {
    guard values.count == expected.count else {
      throw .count(result: name, count: values.count, expected: expected.count)
    }
  }
}
