#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Keeps tensors usable in the child of a `fork`, which has the memory of its parent and one of its
/// threads.
///
/// No buffer is on its way while the process forks, and the child starts threads of its own. What an
/// operation on another thread was computing at that time is lost in the child.
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
