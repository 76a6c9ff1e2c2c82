/// The routines of LAPACK that the package uses, for one scalar type, row-major, by their names there
/// without the letter of the type.
///
/// LAPACK is called from the folder `BLAS` only. Nothing calls these but the functions of
/// `MatrixFactorizations.swift`, which check every extent and stride. Each routine gives LAPACK's
/// `info`: 0, or a positive number whose meaning is the routine's.
public protocol _LAPACK {
  associatedtype Scalar: TensorScalar

  /// P · L · U of A [m, n], in place.
  static func getrf(
    m: Int32, n: Int32, a: UnsafeMutablePointer<Scalar>, strideA: Int32,
    pivots: UnsafeMutablePointer<Int32>
  ) -> Int32

  /// X of op(A) [n, n] · X = B [n, columns] from A's `getrf`, in place of B.
  static func getrs(
    transposed: Bool, n: Int32, columns: Int32, a: UnsafePointer<Scalar>, strideA: Int32,
    pivots: UnsafePointer<Int32>, b: UnsafeMutablePointer<Scalar>, strideB: Int32
  ) -> Int32

  /// L of A = L · Lᵀ [n, n] in place of A's lower triangle.
  static func potrf(n: Int32, a: UnsafeMutablePointer<Scalar>, strideA: Int32) -> Int32

  /// X of op(L) [n, n] · X = B [n, columns], L lower triangular, in place of B.
  static func trtrs(
    transposed: Bool, n: Int32, columns: Int32, l: UnsafePointer<Scalar>, strideL: Int32,
    b: UnsafeMutablePointer<Scalar>, strideB: Int32
  ) -> Int32

  /// R of A [m, n] and, below it, the reflectors of Q; their factors in `tau` [min(m, n)].
  static func geqrf(
    m: Int32, n: Int32, a: UnsafeMutablePointer<Scalar>, strideA: Int32,
    tau: UnsafeMutablePointer<Scalar>
  ) -> Int32

  /// The first n columns of Q [m, n] from k reflectors, in place.
  static func orgqr(
    m: Int32, n: Int32, k: Int32, a: UnsafeMutablePointer<Scalar>, strideA: Int32,
    tau: UnsafePointer<Scalar>
  ) -> Int32

  /// U [m, k], S [k] descending and Vᵀ [k, n] of A [m, n], which is overwritten; k = min(m, n).
  static func gesdd(
    m: Int32, n: Int32, a: UnsafeMutablePointer<Scalar>, strideA: Int32,
    s: UnsafeMutablePointer<Scalar>, u: UnsafeMutablePointer<Scalar>, strideU: Int32,
    vT: UnsafeMutablePointer<Scalar>, strideVT: Int32
  ) -> Int32

  /// The eigenvalues [n], ascending, and in place of A [n, n], of which the lower triangle is read,
  /// the eigenvectors in columns.
  static func syevd(
    n: Int32, a: UnsafeMutablePointer<Scalar>, strideA: Int32, values: UnsafeMutablePointer<Scalar>
  ) -> Int32

  /// X [n, columns] that minimises |A [m, n] · X − B|, in place of B [max(m, n), columns]; the
  /// singular values [min(m, n)] of A, which is overwritten, and how many are above `tolerance` times
  /// the greatest.
  static func gelsd(
    m: Int32, n: Int32, columns: Int32, a: UnsafeMutablePointer<Scalar>, strideA: Int32,
    b: UnsafeMutablePointer<Scalar>, strideB: Int32, s: UnsafeMutablePointer<Scalar>,
    tolerance: Scalar, rank: inout Int32
  ) -> Int32
}
