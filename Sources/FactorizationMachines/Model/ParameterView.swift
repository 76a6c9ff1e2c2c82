import SIMDKernels
import Tensor

/// The memory of a model's parameters, for kernels on several threads.
struct ParameterView: Sendable {
  let bias: Float
  /// The linear weights, at a distance of `weightStride`.
  let weights: SendablePointer<UnsafePointer<Float>>
  let weightStride: Int
  /// The factors, of which those of consecutive columns are at a distance of `factorStride`.
  let factors: SendablePointer<UnsafePointer<Float>>
  let factorStride: Int
  let rank: Int
  let isFieldAware: Bool

  /// Returns the score of a row.
  ///
  /// - Parameter sums: The target of the sums of the row's factors, [K], which gradients need. It is
  ///   not used by a field-aware model.
  @inline(__always)
  func score(of row: Int, _ rows: RowsView, sums: UnsafeMutablePointer<Float>) -> Double {
    let entries = rows.entries(of: row)
    let (columns, values) = (
      rows.columns.pointer + entries.lowerBound, rows.values.pointer + entries.lowerBound
    )
    var score = Double(bias)
    for index in 0..<entries.count {
      score += Double(weights.pointer[Int(columns[index]) * weightStride]) * Double(values[index])
    }
    guard rank > 0 else { return score }
    if isFieldAware {
      return score
        + fs_field_factorization_f32(
          columns, rows.fields.pointer + entries.lowerBound, values, entries.count,
          factors.pointer, factorStride, rank)
    }
    return score
      + fs_factorization_f32(
        columns, values, entries.count, factors.pointer, factorStride, rank, sums)
  }
}
