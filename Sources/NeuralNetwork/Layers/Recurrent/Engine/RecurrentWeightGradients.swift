/// The memory layout of the gradients of a layer's weights and biases during accumulation.
///
/// The upper part has a row for the sum of each joint gate and for the sum over h of each split
/// gate. It holds the gradients of `[W_hh | W_ih | b]`. For split gates only those of W_hh and b
/// are needed, but one product with D unused columns takes less time than two products. The lower
/// part has a row for the sum over x of each split gate, with the gradients of `[W_ih | b]`.
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

  /// Returns a view of the gradients at an address.
  func at(_ start: UnsafeMutablePointer<Scalar>) -> Memory {
    Memory(
      upper: MutableMatrixView(start, rows: upperRows, columns: upperColumns),
      lower: MutableMatrixView(
        start + upperRows * upperColumns, rows: lowerRows, columns: lowerColumns))
  }

  /// A view of the gradients in memory.
  struct Memory {
    fileprivate let upper, lower: MutableMatrixView<Scalar>

    /// Adds the contributions of some rows.
    ///
    /// - Parameters:
    ///   - sums: The gradients of the sums. The distance between rows is the layout's sum stride.
    ///   - rows: The rows `[h | x | 1]`. The distance between rows is the layout's row stride.
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

  /// Returns the gradients of the parameters, given all elements, [count].
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
