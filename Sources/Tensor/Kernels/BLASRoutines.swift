/// The BLAS routines that the package uses, for one scalar type.
///
/// Only the folder `BLAS` calls BLAS. If an extent or a leading dimension is wrong, OpenBLAS prints
/// a line and returns, so ``multiply(_:_:into:alpha:beta:)``, which checks all of them, is the only
/// caller.
public protocol _BLAS {
  associatedtype Scalar: TensorScalar

  /// Computes C [m, n] = alpha · op(A) [m, k] · op(B) [k, n] + beta · C, row-major.
  static func gemm(
    transposeA: Bool, transposeB: Bool, m: Int32, n: Int32, k: Int32, alpha: Scalar,
    a: UnsafePointer<Scalar>, strideA: Int32, b: UnsafePointer<Scalar>, strideB: Int32,
    beta: Scalar, c: UnsafeMutablePointer<Scalar>, strideC: Int32)
}
