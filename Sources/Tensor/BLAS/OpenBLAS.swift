internal import CBLASShim

/// What the linked OpenBLAS is, for benchmarks and bug reports.
public enum OpenBLAS {
  /// Its version and build options, such as `OpenBLAS 0.3.21 DYNAMIC_ARCH …`.
  public static var configuration: String { String(cString: openblas_get_config()) }

  /// The processor that its kernels were chosen for, such as `SkylakeX`.
  public static var coreName: String { String(cString: openblas_get_corename()) }

  /// Sets OpenBLAS to one thread, once: this package splits the work itself (see ``Parallelism``), so
  /// that results do not depend on the number of threads. LAPACKE's search for NaN goes off as well:
  /// it would report one as a wrong argument, where this package throws an error that says more.
  static func prepare() { _ = isPrepared }

  private static let isPrepared: Bool = {
    openblas_set_num_threads(1)
    LAPACKE_set_nancheck(0)
    return true
  }()
}
