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
  @specialized(where Scalar == Float)
  init(_ matrix: MatrixView<Scalar>) {
    self.init(stacking: [matrix], columns: matrix.effectiveColumns)
  }

  /// Packs matrices with the same columns, one below the other. Each is transposed if its view is.
  @specialized(where Scalar == Float)
  package init(stacking matrices: [MatrixView<Scalar>], columns: Int) {
    let rows = matrices.reduce(0) { $0 + $1.effectiveRows }
    (self.rows, self.columns) = (rows, columns)
    elements = Tensor([Scalar._Kernels.packedCount(rows, columns)]) { packed in
      var first = 0
      for matrix in matrices {
        Scalar._Kernels.pack(
          matrix.start, stride: matrix.rowStride, transposed: matrix.isTransposed,
          matrix.effectiveRows, columns, packed, first: first, depth: rows)
        first += matrix.effectiveRows
      }
    }
  }

  /// Computes C = A · B + bias, or C += A · B.
  ///
  /// Stops the program if the extents do not match.
  @specialized(where Scalar == Float)
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

  /// Computes C = A · B + bias, or C += A · B, for blocks of rows of A that are in pieces.
  ///
  /// Stops the program if the pieces do not have as many elements as B has rows.
  ///
  /// - Parameters:
  ///   - blocks: The number of blocks, and the distances between them in A and in C.
  ///   - a: The first element of A.
  ///   - pieces: The places of the elements of a block's rows.
  ///   - rowCount: The number of rows of a block.
  ///   - bias: A number for each column of C; nil for zeros.
  ///   - accumulating: A Boolean value that indicates whether to add to C.
  ///   - c: The first element of C.
  ///   - rowStride: The distance between two rows of C.
  @specialized(where Scalar == Float)
  package func multiply(
    _ blocks: (count: Int, distance: Int, distanceC: Int) = (1, 0, 0),
    of a: UnsafePointer<Scalar>, in pieces: RowPieces, rowCount: Int,
    bias: UnsafePointer<Scalar>? = nil, accumulating: Bool = false,
    into c: UnsafeMutablePointer<Scalar>, rowStride: Int
  ) {
    guard pieces.count * pieces.length == rows else {
      fatalError(
        "PackedMatrix: \(pieces.count) pieces of \(pieces.length) elements do not match "
          + "[\(rows), \(columns)]")
    }
    elements.read { packed in
      for block in 0..<blocks.count {
        Scalar._Kernels.packedGemm(
          a + block * blocks.distance, pieces, packed: packed, bias: bias,
          accumulating: accumulating, c + block * blocks.distanceC, strideC: rowStride, rowCount,
          columns)
      }
    }
  }
}
