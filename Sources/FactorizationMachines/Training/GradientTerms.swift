import SIMDKernels
import Tensor

/// The gradient of the objective of a batch with respect to the parameters of one column.
///
/// The objective is the mean over the rows of weight · (loss + λ_w/2 Σ wⱼ² + λ_v/2 Σ ‖vⱼ‖²), where
/// the sums run over the columns of the row, as in libFM and LIBFFM. So rare columns are shrunk in
/// proportion to their rows, and a step touches no other columns.
struct GradientTerms: Sendable {
  let parameters: ParameterView
  let rows: RowsView
  let batch: ArraySlice<Int>
  let weights: [Float]?
  let linearRegularization: Float
  let factorRegularization: Float

  /// The memory of a batch: the slopes, [B], the sums, [B, K], and the rows, values, and entries of
  /// the occurrences of its columns.
  struct Memory: Sendable {
    let slopes: SendablePointer<UnsafePointer<Float>>
    let sums: SendablePointer<UnsafePointer<Float>>
    let rows: SendablePointer<UnsafePointer<Int32>>
    let values: SendablePointer<UnsafePointer<Float>>
    let entries: SendablePointer<UnsafePointer<Int>>
  }

  /// Writes the gradient of a column: that of its linear weight, followed by those of its factors.
  func write(
    to target: UnsafeMutablePointer<Float>, column: Int, occurrences: Range<Int>, _ memory: Memory
  ) {
    let first = occurrences.lowerBound
    var (slope, mass) = (0.0, 0.0)
    for occurrence in occurrences {
      let row = Int(memory.rows.pointer[occurrence])
      slope += Double(memory.slopes.pointer[row]) * Double(memory.values.pointer[occurrence])
      mass += Double(weights?[batch[batch.startIndex + row]] ?? 1)
    }
    let share = Float(mass / Double(batch.count))
    let weight = parameters.weights.pointer[column * parameters.weightStride]
    target[0] = Float(slope) + linearRegularization * share * weight
    let own = parameters.factors.pointer + column * parameters.factorStride
    let count = parameters.weightStride - 1
    if parameters.isFieldAware {
      (target + 1).update(repeating: 0, count: count)
      for occurrence in occurrences { addFieldTerms(to: target + 1, occurrence, memory) }
    } else {
      fs_factorization_gradient_f32(
        memory.rows.pointer + first, memory.values.pointer + first, occurrences.count,
        memory.slopes.pointer, memory.sums.pointer, own, target + 1, parameters.rank)
    }
    let shrinkage = factorRegularization * share
    for index in 0..<count { target[1 + index] += shrinkage * own[index] }
  }

  /// Adds the gradient of one occurrence in a field-aware model.
  private func addFieldTerms(
    to target: UnsafeMutablePointer<Float>, _ occurrence: Int, _ memory: Memory
  ) {
    let row = Int(memory.rows.pointer[occurrence])
    let entries = rows.entries(of: batch[batch.startIndex + row])
    fs_field_factorization_gradient_f32(
      rows.columns.pointer + entries.lowerBound, rows.fields.pointer + entries.lowerBound,
      rows.values.pointer + entries.lowerBound, entries.count,
      memory.entries.pointer[occurrence] - entries.lowerBound, memory.slopes.pointer[row],
      parameters.factors.pointer, parameters.factorStride, target, parameters.rank)
  }
}
