/// The routines of BLAS that the package uses, for one scalar type.
///
/// BLAS is called from the folder `BLAS` only. OpenBLAS answers a wrong extent or leading dimension by
/// printing a line and returning, so nothing calls these but ``multiply(_:_:into:alpha:beta:)``,
/// which checks them all.
public protocol _BLAS {
  associatedtype Scalar: TensorScalar

  /// C [m, n] = alpha · op(A) [m, k] · op(B) [k, n] + beta · C, row-major.
  static func gemm(
    transposeA: Bool, transposeB: Bool, m: Int32, n: Int32, k: Int32, alpha: Scalar,
    a: UnsafePointer<Scalar>, strideA: Int32, b: UnsafePointer<Scalar>, strideB: Int32,
    beta: Scalar, c: UnsafeMutablePointer<Scalar>, strideC: Int32)
}
