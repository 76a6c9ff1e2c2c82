/// The LAPACK routines that the package uses, for one scalar type and row-major matrices, named as
/// in LAPACK without the letter of the type.
///
/// Only the folder `BLAS` calls LAPACK. The functions of `MatrixFactorizations.swift`, which check
/// every extent and stride, are the only callers. Each routine returns LAPACK's `info`: 0, or a
/// positive number with a meaning specific to the routine.
public protocol _LAPACK {
  associatedtype Scalar: TensorScalar

  /// Replaces A [m, n] by its factors P · L · U.
  static func getrf(
    m: Int32, n: Int32, a: UnsafeMutablePointer<Scalar>, strideA: Int32,
    pivots: UnsafeMutablePointer<Int32>
  ) -> Int32

  /// Replaces B by the solution X of op(A) [n, n] · X = B [n, columns], given A's `getrf`.
  static func getrs(
    transposed: Bool, n: Int32, columns: Int32, a: UnsafePointer<Scalar>, strideA: Int32,
    pivots: UnsafePointer<Int32>, b: UnsafeMutablePointer<Scalar>, strideB: Int32
  ) -> Int32

  /// Replaces the lower triangle of A by L of A = L · Lᵀ [n, n].
  static func potrf(n: Int32, a: UnsafeMutablePointer<Scalar>, strideA: Int32) -> Int32

  /// Replaces B by the solution X of op(L) [n, n] · X = B [n, columns], where L is lower
  /// triangular.
  static func trtrs(
    transposed: Bool, n: Int32, columns: Int32, l: UnsafePointer<Scalar>, strideL: Int32,
    b: UnsafeMutablePointer<Scalar>, strideB: Int32
  ) -> Int32

  /// Replaces A [m, n] by R and, below it, the reflectors of Q, whose factors go to `tau`
  /// [min(m, n)].
  static func geqrf(
    m: Int32, n: Int32, a: UnsafeMutablePointer<Scalar>, strideA: Int32,
    tau: UnsafeMutablePointer<Scalar>
  ) -> Int32

  /// Replaces k reflectors by the first n columns of Q [m, n].
  static func orgqr(
    m: Int32, n: Int32, k: Int32, a: UnsafeMutablePointer<Scalar>, strideA: Int32,
    tau: UnsafePointer<Scalar>
  ) -> Int32

  /// Computes U [m, k], S [k] in descending order, and Vᵀ [k, n] of A [m, n], which is overwritten;
  /// k = min(m, n).
  static func gesdd(
    m: Int32, n: Int32, a: UnsafeMutablePointer<Scalar>, strideA: Int32,
    s: UnsafeMutablePointer<Scalar>, u: UnsafeMutablePointer<Scalar>, strideU: Int32,
    vT: UnsafeMutablePointer<Scalar>, strideVT: Int32
  ) -> Int32

  /// Computes the eigenvalues [n] of A [n, n] in ascending order and replaces A by its
  /// eigenvectors, in columns. Only the lower triangle of A is read.
  static func syevd(
    n: Int32, a: UnsafeMutablePointer<Scalar>, strideA: Int32, values: UnsafeMutablePointer<Scalar>
  ) -> Int32

  /// Replaces B [max(m, n), columns] by X [n, columns], which minimizes |A [m, n] · X − B|.
  ///
  /// A is overwritten. The routine also computes the singular values [min(m, n)] of A and the
  /// number of those above `tolerance` times the largest.
  static func gelsd(
    m: Int32, n: Int32, columns: Int32, a: UnsafeMutablePointer<Scalar>, strideA: Int32,
    b: UnsafeMutablePointer<Scalar>, strideB: Int32, s: UnsafeMutablePointer<Scalar>,
    tolerance: Scalar, rank: inout Int32
  ) -> Int32
}
