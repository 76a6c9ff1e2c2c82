import Explanation
import Foundation

/// A small table, as in:
///
///     i, j = np.meshgrid(np.arange(60), np.arange(4), indexing="ij")
///     X = np.round(np.sin(0.7 * (i * 4 + j) + j) * np.cos(0.3 * i * (j + 1)), 3)
///     y = 2 * (X[:, 0] > 0.2) + X[:, 0] * X[:, 1] + 0.3 * X[:, 2]
enum Table {
  /// X, [60, 4].
  static let columns = Tensor<Double>(
    (0..<60).map { i in
      (0..<4).map { j in
        let value = sin(0.7 * Double(i * 4 + j) + Double(j)) * cos(0.3 * Double(i * (j + 1)))
        return (value * 1000).rounded(.toNearestOrEven) / 1000
      }
    })

  /// y, [60].
  static let targets: Tensor<Double> = {
    let x = columns.scalars
    return Tensor(
      (0..<60).map { i -> Double in
        let (a, b, c) = (x[4 * i], x[4 * i + 1], x[4 * i + 2])
        let jump: Double = a > 0.2 ? 2 : 0
        return jump + a * b + 0.3 * c
      })
  }()

  /// Returns X[::7] + offset.
  static func everySeventh(plus offset: Double) -> Tensor<Double> {
    columns.gathered(at: Array(stride(from: 0, to: 60, by: 7))) + offset
  }
}
