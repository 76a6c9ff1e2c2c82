import Foundation
import Tensor

/// A comparison of accelerated kernels with plain loops, in single and double precision.
enum KernelCheck {
  static var findings: [Finding] {
    let errors = [
      ("products", worst { product(Float.self) }, worst { product(Double.self) }),
      ("functions", worst { functions(Float.self) }, worst { functions(Double.self) }),
    ]
    let wrong = errors.filter { $0.1 > 1e-5 || $0.2 > 1e-13 }
    let value = errors.map { "\($0.0) differ by \(digits($0.1)) and \(digits($0.2))" }
      .joined(separator: ", ")
    guard !wrong.isEmpty else {
      return [Finding("self-check", "\(value) from plain loops, relative to their size")]
    }
    return [
      Finding(
        "self-check", "\(value) from plain loops: the results are wrong", .error,
        fix: "set OPENBLAS_CORETYPE=Haswell, or install another build of OpenBLAS")
    ]
  }

  private static func worst(_ errors: () -> [Double]) -> Double {
    // NaN is larger than all.
    errors().reduce(0) { $0 >= $1 ? $0 : $1 }
  }

  /// Returns the errors of products that are small, ragged, and large enough for several threads.
  private static func product<Scalar: TensorScalar>(_ type: Scalar.Type) -> [Double] {
    var generator = Xoshiro256(seed: 1)
    return [(1, 1, 1), (3, 17, 65), (129, 257, 65)].flatMap { rows, inner, columns in
      let a = Tensor<Scalar>.uniform([rows, inner], in: -1..<1, using: &generator)
      let b = Tensor<Scalar>.uniform([inner, columns], in: -1..<1, using: &generator)
      let (left, right, found) = (a.scalars, b.scalars, matmul(a, b).scalars)
      return (0..<rows * columns).map { place in
        let (row, column) = (place / columns, place % columns)
        var (sum, size) = (0.0, 0.0)
        for k in 0..<inner {
          let term = Double(left[row * inner + k]) * Double(right[k * columns + column])
          sum += term
          size += abs(term)
        }
        return abs(Double(found[place]) - sum) / size
      }
    }
  }

  private static func functions<Scalar: TensorScalar>(_ type: Scalar.Type) -> [Double] {
    let x = Tensor<Scalar>.linear(from: -5, to: 5, count: 1001)
    let pairs: [(Tensor<Scalar>, (Double) -> Double)] = [
      (x.exp(), { Foundation.exp($0) }), (x.tanh(), { Foundation.tanh($0) }),
    ]
    return pairs.flatMap { found, function in
      zip(x.scalars, found.scalars).map { x, y in
        let expected = function(Double(x))
        return abs(Double(y) - expected) / max(abs(expected), 1e-300)
      }
    }
  }

  private static func digits(_ error: Double) -> String {
    String(format: "%.1e", error)
  }
}
