/// The calls of LAPACK: every extent and stride is checked here, and a matrix without elements never
/// gets there.
///
/// Each function gives 0, or the positive `info` of the routine. A negative one would be an argument
/// that these checks should have caught, or memory that the system did not give: it stops the program.

/// P · L · U in place of a matrix; the row exchanges go to `pivots`, counted from 1. Gives the number
/// (from 1) of the first pivot that is exactly 0.
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

/// The solution of A · X = B, or of Aᵀ · X = B, in place of B, from A's ``factorizeLU(_:pivots:)``,
/// whose pivots must not be 0.
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

/// L of A = L · Lᵀ in place of A's lower triangle, which alone is read. Gives the order of the first
/// leading minor that is not positive.
func factorizeCholesky<Scalar: TensorScalar>(_ a: MutableMatrixView<Scalar>) -> Int {
  let routine = Routine("potrf")
  let a = routine.matrix(a, rows: a.rows, columns: a.rows)
  guard a.isNotEmpty else { return 0 }
  return routine.positive(
    Scalar._Kernels.potrf(n: a.rows32, a: a.start, strideA: a.stride32))
}

/// The solution of L · X = B, or of Lᵀ · X = B, in place of B, where L is lower triangular with no 0
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

/// R in place of the upper triangle of a matrix, and below it the reflectors that make Q.
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

/// The columns of Q in place of the reflectors of ``factorizeQR(_:reflectorFactors:)``.
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

/// The reduced U, S and Vᵀ of a matrix, which is overwritten. Gives 0 if the iteration converged.
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

/// The eigenvectors of a symmetric matrix in its place, in columns, and its eigenvalues, ascending;
/// the lower triangle alone is read. Gives 0 if the iteration converged.
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

/// The shortest X that minimises |A · X − B|, in place of the first rows of B
/// [max(m, n), columns]; A [m, n] is overwritten.
///
/// - Returns: How many singular values are above `tolerance` times the greatest, and 0 as the status
///   if the iteration converged.
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

/// One routine, for the messages of its checks.
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
      fatalError("LAPACK \(name): expected room for \(expected) \(what), but got \(count)")
    }
  }

  /// The `info` of a call, if it is not negative.
  func positive(_ info: Int32) -> Int {
    guard info >= 0 else {
      let isMemory = info == -1010 || info == -1011  // LAPACKE's codes
      fatalError(
        "LAPACK \(name): \(isMemory ? "the system gave no memory" : "argument \(-info) is wrong")")
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

/// A matrix that LAPACK can take.
private struct CheckedMatrix<Pointer> {
  let start: Pointer
  let rows32, columns32, stride32: Int32

  var rows: Int { Int(rows32) }
  var columns: Int { Int(columns32) }
  var isNotEmpty: Bool { rows32 > 0 && columns32 > 0 }
}
