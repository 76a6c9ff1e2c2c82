internal import CBLASShim

/// Information about the linked OpenBLAS, for benchmarks and bug reports.
public enum OpenBLAS {
  /// The version and build options, such as `OpenBLAS 0.3.21 DYNAMIC_ARCH …`.
  public static var configuration: String { String(cString: openblas_get_config()) }

  /// The processor for which the kernels were chosen, such as `SkylakeX`.
  public static var coreName: String { String(cString: openblas_get_corename()) }

  /// Prepares OpenBLAS and LAPACKE on the first call.
  ///
  /// OpenBLAS gets one thread, since this package splits the work itself (see ``Parallelism``), so
  /// that results do not depend on the number of threads. LAPACKE's search for NaN is turned off:
  /// it would report a NaN as a wrong argument, while this package throws a more specific error.
  static func prepare() { _ = isPrepared }

  private static let isPrepared: Bool = {
    openblas_set_num_threads(1)
    LAPACKE_set_nancheck(0)
    return true
  }()
}
