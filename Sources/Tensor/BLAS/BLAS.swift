internal import CBLASShim

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
