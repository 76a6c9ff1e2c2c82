internal import CBLASShim

/// The routines of BLAS that the package uses, for one scalar type.
///
/// BLAS is called from this folder only. OpenBLAS answers a wrong extent or leading dimension by
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

extension _FloatKernels {
  public static func gemm(
    transposeA: Bool, transposeB: Bool, m: Int32, n: Int32, k: Int32, alpha: Float,
    a: UnsafePointer<Float>, strideA: Int32, b: UnsafePointer<Float>, strideB: Int32,
    beta: Float, c: UnsafeMutablePointer<Float>, strideC: Int32
  ) {
    OpenBLAS.prepare()
    cblas_sgemm(
      CblasRowMajor, transposeA ? CblasTrans : CblasNoTrans,
      transposeB ? CblasTrans : CblasNoTrans, m, n, k, alpha, a, strideA, b, strideB, beta, c,
      strideC)
  }
}

extension _DoubleKernels {
  public static func gemm(
    transposeA: Bool, transposeB: Bool, m: Int32, n: Int32, k: Int32, alpha: Double,
    a: UnsafePointer<Double>, strideA: Int32, b: UnsafePointer<Double>, strideB: Int32,
    beta: Double, c: UnsafeMutablePointer<Double>, strideC: Int32
  ) {
    OpenBLAS.prepare()
    cblas_dgemm(
      CblasRowMajor, transposeA ? CblasTrans : CblasNoTrans,
      transposeB ? CblasTrans : CblasNoTrans, m, n, k, alpha, a, strideA, b, strideB, beta, c,
      strideC)
  }
}
