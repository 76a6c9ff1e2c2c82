internal import SIMDKernels
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A lock for very short critical sections.
///
/// It does not record its owner, so that the child of a `fork`, whose thread has another identity,
/// can release a lock that was acquired before. A `Mutex` on Linux does not allow this.
struct SpinLock: ~Copyable, Sendable {
  private let isHeld = Atomic<Bool>(false)

  func lock() {
    while isHeld.exchange(true, ordering: .acquiring) { wait() }
  }

  func unlock() { isHeld.store(false, ordering: .releasing) }

  /// Waits until the lock appears to be free. After a few microseconds it yields to other threads.
  private func wait() {
    for _ in 0..<100 {
      if !isHeld.load(ordering: .relaxed) { return }
      fs_spin_hint()
    }
    sched_yield()
  }
}
