internal import CBLASShim

extension CChar {
  fileprivate static let lower = CChar(UInt8(ascii: "L"))
  fileprivate static let reduced = CChar(UInt8(ascii: "S"))
  fileprivate static let vectors = CChar(UInt8(ascii: "V"))
  fileprivate static let anyDiagonal = CChar(UInt8(ascii: "N"))

  fileprivate static func operation(transposed: Bool) -> CChar {
    CChar(UInt8(ascii: transposed ? "T" : "N"))
  }
}

extension _FloatKernels {
  public static func getrf(
    m: Int32, n: Int32, a: UnsafeMutablePointer<Float>, strideA: Int32,
    pivots: UnsafeMutablePointer<Int32>
  ) -> Int32 {
    OpenBLAS.prepare()
    return LAPACKE_sgetrf(LAPACK_ROW_MAJOR, m, n, a, strideA, pivots)
  }

  public static func getrs(
    transposed: Bool, n: Int32, columns: Int32, a: UnsafePointer<Float>, strideA: Int32,
    pivots: UnsafePointer<Int32>, b: UnsafeMutablePointer<Float>, strideB: Int32
  ) -> Int32 {
    OpenBLAS.prepare()
    return LAPACKE_sgetrs(
      LAPACK_ROW_MAJOR, .operation(transposed: transposed), n, columns, a, strideA, pivots, b,
      strideB)
  }

  public static func potrf(n: Int32, a: UnsafeMutablePointer<Float>, strideA: Int32) -> Int32 {
    OpenBLAS.prepare()
    return LAPACKE_spotrf(LAPACK_ROW_MAJOR, .lower, n, a, strideA)
  }

  public static func trtrs(
    transposed: Bool, n: Int32, columns: Int32, l: UnsafePointer<Float>, strideL: Int32,
    b: UnsafeMutablePointer<Float>, strideB: Int32
  ) -> Int32 {
    OpenBLAS.prepare()
    return LAPACKE_strtrs(
      LAPACK_ROW_MAJOR, .lower, .operation(transposed: transposed), .anyDiagonal, n, columns, l,
      strideL, b, strideB)
  }

  public static func geqrf(
    m: Int32, n: Int32, a: UnsafeMutablePointer<Float>, strideA: Int32,
    tau: UnsafeMutablePointer<Float>
  ) -> Int32 {
    OpenBLAS.prepare()
    return LAPACKE_sgeqrf(LAPACK_ROW_MAJOR, m, n, a, strideA, tau)
  }

  public static func orgqr(
    m: Int32, n: Int32, k: Int32, a: UnsafeMutablePointer<Float>, strideA: Int32,
    tau: UnsafePointer<Float>
  ) -> Int32 {
    OpenBLAS.prepare()
    return LAPACKE_sorgqr(LAPACK_ROW_MAJOR, m, n, k, a, strideA, tau)
  }

  public static func gesdd(
    m: Int32, n: Int32, a: UnsafeMutablePointer<Float>, strideA: Int32,
    s: UnsafeMutablePointer<Float>, u: UnsafeMutablePointer<Float>, strideU: Int32,
    vT: UnsafeMutablePointer<Float>, strideVT: Int32
  ) -> Int32 {
    OpenBLAS.prepare()
    return LAPACKE_sgesdd(
      LAPACK_ROW_MAJOR, .reduced, m, n, a, strideA, s, u, strideU, vT, strideVT)
  }

  public static func syevd(
    n: Int32, a: UnsafeMutablePointer<Float>, strideA: Int32, values: UnsafeMutablePointer<Float>
  ) -> Int32 {
    OpenBLAS.prepare()
    return LAPACKE_ssyevd(LAPACK_ROW_MAJOR, .vectors, .lower, n, a, strideA, values)
  }

  public static func gelsd(
    m: Int32, n: Int32, columns: Int32, a: UnsafeMutablePointer<Float>, strideA: Int32,
    b: UnsafeMutablePointer<Float>, strideB: Int32, s: UnsafeMutablePointer<Float>,
    tolerance: Float, rank: inout Int32
  ) -> Int32 {
    OpenBLAS.prepare()
    return LAPACKE_sgelsd(
      LAPACK_ROW_MAJOR, m, n, columns, a, strideA, b, strideB, s, tolerance, &rank)
  }
}

extension _DoubleKernels {
  public static func getrf(
    m: Int32, n: Int32, a: UnsafeMutablePointer<Double>, strideA: Int32,
    pivots: UnsafeMutablePointer<Int32>
  ) -> Int32 {
    OpenBLAS.prepare()
    return LAPACKE_dgetrf(LAPACK_ROW_MAJOR, m, n, a, strideA, pivots)
  }

  public static func getrs(
    transposed: Bool, n: Int32, columns: Int32, a: UnsafePointer<Double>, strideA: Int32,
    pivots: UnsafePointer<Int32>, b: UnsafeMutablePointer<Double>, strideB: Int32
  ) -> Int32 {
    OpenBLAS.prepare()
    return LAPACKE_dgetrs(
      LAPACK_ROW_MAJOR, .operation(transposed: transposed), n, columns, a, strideA, pivots, b,
      strideB)
  }

  public static func potrf(n: Int32, a: UnsafeMutablePointer<Double>, strideA: Int32) -> Int32 {
    OpenBLAS.prepare()
    return LAPACKE_dpotrf(LAPACK_ROW_MAJOR, .lower, n, a, strideA)
  }

  public static func trtrs(
    transposed: Bool, n: Int32, columns: Int32, l: UnsafePointer<Double>, strideL: Int32,
    b: UnsafeMutablePointer<Double>, strideB: Int32
  ) -> Int32 {
    OpenBLAS.prepare()
    return LAPACKE_dtrtrs(
      LAPACK_ROW_MAJOR, .lower, .operation(transposed: transposed), .anyDiagonal, n, columns, l,
      strideL, b, strideB)
  }

  public static func geqrf(
    m: Int32, n: Int32, a: UnsafeMutablePointer<Double>, strideA: Int32,
    tau: UnsafeMutablePointer<Double>
  ) -> Int32 {
    OpenBLAS.prepare()
    return LAPACKE_dgeqrf(LAPACK_ROW_MAJOR, m, n, a, strideA, tau)
  }

  public static func orgqr(
    m: Int32, n: Int32, k: Int32, a: UnsafeMutablePointer<Double>, strideA: Int32,
    tau: UnsafePointer<Double>
  ) -> Int32 {
    OpenBLAS.prepare()
    return LAPACKE_dorgqr(LAPACK_ROW_MAJOR, m, n, k, a, strideA, tau)
  }

  public static func gesdd(
    m: Int32, n: Int32, a: UnsafeMutablePointer<Double>, strideA: Int32,
    s: UnsafeMutablePointer<Double>, u: UnsafeMutablePointer<Double>, strideU: Int32,
    vT: UnsafeMutablePointer<Double>, strideVT: Int32
  ) -> Int32 {
    OpenBLAS.prepare()
    return LAPACKE_dgesdd(
      LAPACK_ROW_MAJOR, .reduced, m, n, a, strideA, s, u, strideU, vT, strideVT)
  }

  public static func syevd(
    n: Int32, a: UnsafeMutablePointer<Double>, strideA: Int32, values: UnsafeMutablePointer<Double>
  ) -> Int32 {
    OpenBLAS.prepare()
    return LAPACKE_dsyevd(LAPACK_ROW_MAJOR, .vectors, .lower, n, a, strideA, values)
  }

  public static func gelsd(
    m: Int32, n: Int32, columns: Int32, a: UnsafeMutablePointer<Double>, strideA: Int32,
    b: UnsafeMutablePointer<Double>, strideB: Int32, s: UnsafeMutablePointer<Double>,
    tolerance: Double, rank: inout Int32
  ) -> Int32 {
    OpenBLAS.prepare()
    return LAPACKE_dgelsd(
      LAPACK_ROW_MAJOR, m, n, columns, a, strideA, b, strideB, s, tolerance, &rank)
  }
}
