/// The only callers of LAPACK. They check every extent and stride, and they do not pass empty
/// matrices to it.
///
/// Each function returns 0 or the routine's positive `info`. A negative `info` means a wrong
/// argument that these checks should have caught, or a failed memory allocation. It stops the
/// program.

/// Replaces a matrix by its factors P · L · U and writes the row exchanges to `pivots`, counted
/// from 1.
///
/// - Returns: The number of the first pivot that is exactly 0, counted from 1, or 0 if there is
///   none.
func factorizeLU<Scalar: TensorScalar>(
  _ a: MutableMatrixView<Scalar>, pivots: UnsafeMutableBufferPointer<Int32>
) -> Int {
  let routine = Routine("getrf")
  let a = routine.matrix(a, rows: a.rows, columns: a.columns)
  routine.expect(pivots.count, min(a.rows, a.columns), "pivots")
  guard let pivots = pivots.baseAddress, a.isNotEmpty else { return 0 }
  return routine.positive(
    Scalar._Kernels.getrf(
      m: a.rows32, n: a.columns32, a: a.start, strideA: a.stride32, pivots: pivots))
}

/// Replaces B by the solution of A · X = B or of Aᵀ · X = B, given A's ``factorizeLU(_:pivots:)``
/// without a pivot of 0.
func solveFromLU<Scalar: TensorScalar>(
  _ factors: MatrixView<Scalar>, pivots: UnsafeBufferPointer<Int32>,
  _ b: MutableMatrixView<Scalar>
) {
  let routine = Routine("getrs")
  let n = factors.rows
  let a = routine.matrix(factors, rows: n, columns: n)
  let b = routine.matrix(b, rows: n, columns: b.columns)
  routine.expect(pivots.count, n, "pivots")
  guard let pivots = pivots.baseAddress, b.isNotEmpty else { return }
  _ = routine.positive(
    Scalar._Kernels.getrs(
      transposed: factors.isTransposed, n: a.rows32, columns: b.columns32, a: a.start,
      strideA: a.stride32, pivots: pivots, b: b.start, strideB: b.stride32))
}

/// Replaces the lower triangle of A by L of A = L · Lᵀ. Only the lower triangle is read.
///
/// - Returns: The order of the first leading minor that is not positive, or 0 if there is none.
func factorizeCholesky<Scalar: TensorScalar>(_ a: MutableMatrixView<Scalar>) -> Int {
  let routine = Routine("potrf")
  let a = routine.matrix(a, rows: a.rows, columns: a.rows)
  guard a.isNotEmpty else { return 0 }
  return routine.positive(
    Scalar._Kernels.potrf(n: a.rows32, a: a.start, strideA: a.stride32))
}

/// Replaces B by the solution of L · X = B or of Lᵀ · X = B, where L is lower triangular with no 0
/// on its diagonal.
func solveTriangular<Scalar: TensorScalar>(
  _ lower: MatrixView<Scalar>, _ b: MutableMatrixView<Scalar>
) {
  let routine = Routine("trtrs")
  let n = lower.rows
  let l = routine.matrix(lower, rows: n, columns: n)
  let b = routine.matrix(b, rows: n, columns: b.columns)
  guard b.isNotEmpty else { return }
  _ = routine.positive(
    Scalar._Kernels.trtrs(
      transposed: lower.isTransposed, n: l.rows32, columns: b.columns32, l: l.start,
      strideL: l.stride32, b: b.start, strideB: b.stride32))
}

/// Replaces a matrix by R in its upper triangle and the reflectors of Q below it.
func factorizeQR<Scalar: TensorScalar>(
  _ a: MutableMatrixView<Scalar>, reflectorFactors tau: UnsafeMutableBufferPointer<Scalar>
) {
  let routine = Routine("geqrf")
  let a = routine.matrix(a, rows: a.rows, columns: a.columns)
  routine.expect(tau.count, min(a.rows, a.columns), "reflector factors")
  guard let tau = tau.baseAddress, a.isNotEmpty else { return }
  _ = routine.positive(
    Scalar._Kernels.geqrf(
      m: a.rows32, n: a.columns32, a: a.start, strideA: a.stride32, tau: tau))
}

/// Replaces the reflectors of ``factorizeQR(_:reflectorFactors:)`` by the columns of Q.
func formOrthogonal<Scalar: TensorScalar>(
  _ reflectors: MutableMatrixView<Scalar>, reflectorFactors tau: UnsafeBufferPointer<Scalar>
) {
  let routine = Routine("orgqr")
  let a = routine.matrix(reflectors, rows: reflectors.rows, columns: tau.count)
  guard a.columns <= a.rows else {
    fatalError("LAPACK orgqr: \(a.columns) reflectors for \(a.rows) rows")
  }
  guard let tau = tau.baseAddress, a.isNotEmpty else { return }
  _ = routine.positive(
    Scalar._Kernels.orgqr(
      m: a.rows32, n: a.columns32, k: a.columns32, a: a.start, strideA: a.stride32, tau: tau))
}

/// Computes the reduced U, S, and Vᵀ of a matrix, which is overwritten.
///
/// - Returns: 0 if the iteration converged.
func decomposeSingular<Scalar: TensorScalar>(
  _ a: MutableMatrixView<Scalar>, u: MutableMatrixView<Scalar>,
  s: UnsafeMutableBufferPointer<Scalar>, vT: MutableMatrixView<Scalar>
) -> Int {
  let routine = Routine("gesdd")
  let k = min(a.rows, a.columns)
  let a = routine.matrix(a, rows: a.rows, columns: a.columns)
  let u = routine.matrix(u, rows: a.rows, columns: k)
  let vT = routine.matrix(vT, rows: k, columns: a.columns)
  routine.expect(s.count, k, "singular values")
  guard let s = s.baseAddress, a.isNotEmpty else { return 0 }
  return routine.positive(
    Scalar._Kernels.gesdd(
      m: a.rows32, n: a.columns32, a: a.start, strideA: a.stride32, s: s, u: u.start,
      strideU: u.stride32, vT: vT.start, strideVT: vT.stride32))
}

/// Replaces a symmetric matrix by its eigenvectors, in columns, and writes its eigenvalues in
/// ascending order. Only the lower triangle is read.
///
/// - Returns: 0 if the iteration converged.
func decomposeSymmetric<Scalar: TensorScalar>(
  _ a: MutableMatrixView<Scalar>, values: UnsafeMutableBufferPointer<Scalar>
) -> Int {
  let routine = Routine("syevd")
  let a = routine.matrix(a, rows: a.rows, columns: a.rows)
  routine.expect(values.count, a.rows, "eigenvalues")
  guard let values = values.baseAddress, a.isNotEmpty else { return 0 }
  return routine.positive(
    Scalar._Kernels.syevd(n: a.rows32, a: a.start, strideA: a.stride32, values: values))
}

/// Replaces the first rows of B [max(m, n), columns] by the shortest X that minimizes |A · X − B|.
/// A [m, n] is overwritten.
///
/// - Returns: The number of singular values above `tolerance` times the largest, and a status that
///   is 0 if the iteration converged.
func solveLeastSquares<Scalar: TensorScalar>(
  _ a: MutableMatrixView<Scalar>, _ b: MutableMatrixView<Scalar>,
  singularValues s: UnsafeMutableBufferPointer<Scalar>, tolerance: Scalar
) -> (rank: Int, status: Int) {
  let routine = Routine("gelsd")
  let a = routine.matrix(a, rows: a.rows, columns: a.columns)
  let b = routine.matrix(b, rows: max(a.rows, a.columns), columns: b.columns)
  routine.expect(s.count, min(a.rows, a.columns), "singular values")
  guard let s = s.baseAddress, a.isNotEmpty else { return (0, 0) }
  var rank: Int32 = 0
  let status = routine.positive(
    Scalar._Kernels.gelsd(
      m: a.rows32, n: a.columns32, columns: b.columns32, a: a.start, strideA: a.stride32,
      b: b.start, strideB: b.stride32, s: s, tolerance: tolerance, rank: &rank))
  return (Int(rank), status)
}

/// The name of a routine, and the checks of its arguments.
private struct Routine {
  let name: String

  init(_ name: String) { self.name = name }

  func matrix<Scalar>(
    _ view: MutableMatrixView<Scalar>, rows: Int, columns: Int
  ) -> CheckedMatrix<UnsafeMutablePointer<Scalar>> {
    checked(view.start, view.rows, view.columns, view.rowStride, rows: rows, columns: columns)
  }

  func matrix<Scalar>(
    _ view: MatrixView<Scalar>, rows: Int, columns: Int
  ) -> CheckedMatrix<UnsafePointer<Scalar>> {
    checked(view.start, view.rows, view.columns, view.rowStride, rows: rows, columns: columns)
  }

  func expect(_ count: Int, _ expected: Int, _ what: String) {
    guard count == expected else {
      fatalError("LAPACK \(name): expected space for \(expected) \(what), but got \(count)")
    }
  }

  /// Returns the `info` of a call, or stops the program if it is negative.
  func positive(_ info: Int32) -> Int {
    guard info >= 0 else {
      let isMemory = info == -1010 || info == -1011  // LAPACKE's codes
      fatalError(
        "LAPACK \(name): \(isMemory ? "memory allocation failed" : "argument \(-info) is wrong")")
    }
    return Int(info)
  }

  private func checked<Pointer>(
    _ start: Pointer, _ viewRows: Int, _ viewColumns: Int, _ stride: Int, rows: Int, columns: Int
  ) -> CheckedMatrix<Pointer> {
    guard viewRows == rows, viewColumns == columns else {
      fatalError(
        "LAPACK \(name): expected a [\(rows), \(columns)] matrix, but got "
          + "[\(viewRows), \(viewColumns)]")
    }
    guard stride >= columns else {
      fatalError("LAPACK \(name): row stride \(stride) is shorter than rows of \(columns) elements")
    }
    guard let rows32 = Int32(exactly: rows), let columns32 = Int32(exactly: columns),
      let stride32 = Int32(exactly: max(stride, 1))
    else {
      fatalError("LAPACK \(name): [\(rows), \(columns)] exceeds LAPACK's 32-bit integers")
    }
    return CheckedMatrix(start: start, rows32: rows32, columns32: columns32, stride32: stride32)
  }
}

/// A matrix whose extents and stride are valid arguments for LAPACK.
private struct CheckedMatrix<Pointer> {
  let start: Pointer
  let rows32, columns32, stride32: Int32

  var rows: Int { Int(rows32) }
  var columns: Int { Int(columns32) }
  var isNotEmpty: Bool { rows32 > 0 && columns32 > 0 }
}
