/// How the gradients of a layer's weights and biases lie in memory while they are added up.
///
/// The upper part has a row for each sum of joint gates and each split gate's sum of h, with the
/// gradients of `[W_hh | W_ih | b]`. For split gates only W_hh and b of those are needed, and one
/// product with D columns too many takes less time than two. The lower part has a row for each split
/// gate's sum of x, with the gradients of `[W_ih | b]`.
struct RecurrentWeightGradients<Scalar: TensorScalar>: Sendable {
  private let upperRows, upperColumns, lowerRows, lowerColumns: Int
  private let jointRows, hiddenSize: Int

  init(_ layout: RecurrentLayout) {
    upperRows = layout.gateSize
    upperColumns = layout.joinedSize + 1
    lowerRows = layout.splitSize
    lowerColumns = layout.inputSize + 1
    jointRows = layout.jointSize
    hiddenSize = layout.hiddenSize
  }

  /// The number of elements.
  var count: Int { upperRows * upperColumns + lowerRows * lowerColumns }

  /// The memory at an address.
  func at(_ start: UnsafeMutablePointer<Scalar>) -> Memory {
    Memory(
      upper: MutableMatrixView(start, rows: upperRows, columns: upperColumns),
      lower: MutableMatrixView(
        start + upperRows * upperColumns, rows: lowerRows, columns: lowerColumns))
  }

  struct Memory {
    fileprivate let upper, lower: MutableMatrixView<Scalar>

    /// Adds the part of some rows.
    ///
    /// - Parameters:
    ///   - sums: The gradients of the sums, rows the layout's sum stride apart.
    ///   - rows: Rows `[h | x | 1]`, the layout's row stride apart.
    ///   - count: The number of rows.
    func add(
      sums: UnsafePointer<Scalar>, rows: UnsafePointer<Scalar>, count: Int,
      _ layout: RecurrentLayout
    ) {
      func add(_ first: Int, _ firstColumn: Int, to target: MutableMatrixView<Scalar>) {
        multiply(
          MatrixView(
            sums + first, rows: count, columns: target.rows, rowStride: layout.sumStride,
            transposed: true),
          MatrixView(
            rows + firstColumn, rows: count, columns: target.columns,
            rowStride: layout.rowStride),
          into: target, beta: 1)
      }
      add(0, 0, to: upper)
      if lower.rows > 0 { add(upper.rows, layout.hiddenSize, to: lower) }
    }
  }

  /// Returns the gradients of the parameters, from all elements, [count].
  func parameters(_ elements: Tensor<Scalar>) -> RecurrentParameters<Scalar> {
    let upperCount = upperRows * upperColumns
    let upper = elements[0..<upperCount].reshaped(to: [upperRows, upperColumns])
    let last = upperColumns - 1
    var inputWeight = upper.slice(axis: 1, hiddenSize..<last)
    let bias = upper.slice(axis: 1, last..<upperColumns).flattened
    var inputBias = bias
    if lowerRows > 0 {
      let lower = elements[upperCount..<count].reshaped(to: [lowerRows, lowerColumns])
      inputWeight = .concatenated([
        inputWeight[0..<jointRows], lower.slice(axis: 1, 0..<(lowerColumns - 1)),
      ])
      inputBias = .concatenated([
        bias[0..<jointRows], lower.slice(axis: 1, (lowerColumns - 1)..<lowerColumns).flattened,
      ])
    }
    return RecurrentParameters(
      inputWeight: inputWeight, recurrentWeight: upper.slice(axis: 1, 0..<hiddenSize),
      inputBias: inputBias, recurrentBias: bias)
  }
}
