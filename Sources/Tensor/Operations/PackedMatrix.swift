/// A right operand of matrix products that is packed once for all of them.
///
/// If the left operand has few rows, BLAS spends much of its time on packing. With the right
/// operand packed in advance and the left one not copied, a product of 16 rows reaches nine tenths
/// of the processor's peak (see `Benchmarks`).
package struct PackedMatrix<Scalar: TensorScalar>: Sendable {
  /// The extents K and N of the matrix [K, N].
  package let rows, columns: Int
  private let elements: Tensor<Scalar>

  /// Packs a matrix or its transpose.
  package init(_ matrix: Tensor<Scalar>, transposed: Bool = false) {
    guard matrix.rank == 2 else {
      fatalError("PackedMatrix: expected a matrix, but got shape \(matrix.shape)")
    }
    self = matrix.read {
      PackedMatrix(
        MatrixView(
          $0, rows: matrix.shape[0], columns: matrix.shape[1], transposed: transposed))
    }
  }

  /// Packs the matrix of a view, transposed if the view is.
  init(_ matrix: MatrixView<Scalar>) {
    let (rows, columns) = (matrix.effectiveRows, matrix.effectiveColumns)
    (self.rows, self.columns) = (rows, columns)
    elements = Tensor([Scalar._Kernels.packedCount(rows, columns)]) { packed in
      Scalar._Kernels.pack(
        matrix.start, stride: matrix.rowStride, transposed: matrix.isTransposed, rows, columns,
        packed, first: 0, depth: rows)
    }
  }

  /// Computes C = A · B + bias, or C += A · B.
  ///
  /// Stops the program if the extents do not match.
  package func multiply(
    _ a: MatrixView<Scalar>, bias: UnsafePointer<Scalar>? = nil, accumulating: Bool = false,
    into c: MutableMatrixView<Scalar>
  ) {
    guard
      !a.isTransposed, a.columns == rows, c.rows == a.rows, c.columns == columns,
      a.rowStride >= a.columns, c.rowStride >= c.columns
    else {
      fatalError(
        "PackedMatrix: [\(a.rows), \(a.columns)] × [\(rows), \(columns)] does not fit into "
          + "[\(c.rows), \(c.columns)]")
    }
    elements.read { packed in
      Scalar._Kernels.packedGemm(
        a.start, stride: a.rowStride, packed: packed, bias: bias, accumulating: accumulating,
        c.start, strideC: c.rowStride, a.rows, columns, rows)
    }
  }
}
