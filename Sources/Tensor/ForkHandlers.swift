#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Handlers that keep tensors usable in the child of a `fork`, which has its parent's memory but
/// only one of its threads.
///
/// No buffer leaves or enters the pool while the process forks, and the child starts its own
/// threads. The work of other threads at that time is lost in the child.
enum ForkHandlers {
  /// Registers the handlers, once.
  static func register() { _ = isRegistered }

  private static let isRegistered: Bool = {
    let status = pthread_atfork(
      { TensorMemory.pool.lock() }, { TensorMemory.pool.unlock() },
      {
        TensorMemory.pool.unlock()
        ThreadPool.shared.forgetThreads()
      })
    guard status == 0 else { fatalError("pthread_atfork failed with status \(status)") }
    return true
  }()
}
