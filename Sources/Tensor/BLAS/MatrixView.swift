/// A view of a matrix in memory, as an operand of a matrix product.
package struct MatrixView<Scalar: TensorScalar>: Sendable {
  private let address: SendablePointer<UnsafePointer<Scalar>>
  /// The extents as stored, before any transposition.
  package var rows, columns: Int
  /// The distance between two rows, in elements.
  package var rowStride: Int
  /// A Boolean value that indicates whether the product uses the transpose of the stored matrix.
  package var isTransposed: Bool

  package init(
    _ start: UnsafePointer<Scalar>, rows: Int, columns: Int, rowStride: Int? = nil,
    transposed: Bool = false
  ) {
    address = SendablePointer(start)
    self.rows = rows
    self.columns = columns
    self.rowStride = rowStride ?? columns
    isTransposed = transposed
  }

  /// The address of the first element.
  var start: UnsafePointer<Scalar> { address.pointer }

  /// The extents after any transposition.
  var effectiveRows: Int { isTransposed ? columns : rows }
  var effectiveColumns: Int { isTransposed ? rows : columns }
}

/// A writable view of a matrix in memory, as the result of a matrix product.
package struct MutableMatrixView<Scalar: TensorScalar>: Sendable {
  private let address: SendablePointer<UnsafeMutablePointer<Scalar>>
  package var rows, columns: Int
  /// The distance between two rows, in elements.
  package var rowStride: Int

  package init(
    _ start: UnsafeMutablePointer<Scalar>, rows: Int, columns: Int, rowStride: Int? = nil
  ) {
    address = SendablePointer(start)
    self.rows = rows
    self.columns = columns
    self.rowStride = rowStride ?? columns
  }

  /// The address of the first element.
  var start: UnsafeMutablePointer<Scalar> { address.pointer }
}

/// Stops the program unless A [m, k] · B [k, n] has the shape of C [m, n].
func checkExtents<Scalar: TensorScalar>(
  _ a: MatrixView<Scalar>, _ b: MatrixView<Scalar>, _ c: MutableMatrixView<Scalar>
) {
  guard
    b.effectiveRows == a.effectiveColumns, c.rows == a.effectiveRows,
    c.columns == b.effectiveColumns
  else {
    fatalError(
      "GEMM: [\(a.effectiveRows), \(a.effectiveColumns)] × [\(b.effectiveRows), "
        + "\(b.effectiveColumns)] does not fit into [\(c.rows), \(c.columns)]")
  }
}

/// Computes C = alpha · A · B + beta · C on the calling thread.
///
/// Stops the program if the extents do not match, if a row stride is shorter than its row, or if an
/// extent exceeds BLAS's 32-bit integers.
package func multiply<Scalar: TensorScalar>(
  _ a: MatrixView<Scalar>, _ b: MatrixView<Scalar>, into c: MutableMatrixView<Scalar>,
  alpha: Scalar = 1, beta: Scalar = 0
) {
  let m = a.effectiveRows
  let k = a.effectiveColumns
  let n = b.effectiveColumns
  checkExtents(a, b, c)
  guard a.rowStride >= a.columns, b.rowStride >= b.columns, c.rowStride >= n else {
    fatalError(
      "GEMM: row strides \(a.rowStride), \(b.rowStride), \(c.rowStride) are shorter than rows of "
        + "\(a.columns), \(b.columns), \(n) elements")
  }
  guard m > 0, n > 0 else { return }
  guard
    let extents = blasIntegers(m, n, k),
    let strides = blasIntegers(
      max(a.rowStride, 1), max(b.rowStride, 1), max(c.rowStride, 1))
  else {
    fatalError("GEMM: [\(m), \(k)] × [\(k), \(n)] exceeds BLAS's 32-bit integers")
  }
  Scalar._Kernels.gemm(
    transposeA: a.isTransposed, transposeB: b.isTransposed, m: extents.0, n: extents.1,
    k: extents.2, alpha: alpha, a: a.start, strideA: strides.0, b: b.start, strideB: strides.1,
    beta: beta, c: c.start, strideC: strides.2)
}

private func blasIntegers(_ a: Int, _ b: Int, _ c: Int) -> (Int32, Int32, Int32)? {
  guard let a = Int32(exactly: a), let b = Int32(exactly: b), let c = Int32(exactly: c) else {
    return nil
  }
  return (a, b, c)
}
