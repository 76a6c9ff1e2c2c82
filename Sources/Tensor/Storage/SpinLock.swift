internal import SIMDKernels
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A lock that is held for moments.
///
/// It names no thread as its owner, so that the child of a `fork`, whose thread has another identity, can
/// release what was locked before. A `Mutex` on Linux cannot be used there.
struct SpinLock: ~Copyable, Sendable {
  private let isHeld = Atomic<Bool>(false)

  func lock() {
    while isHeld.exchange(true, ordering: .acquiring) { wait() }
  }

  func unlock() { isHeld.store(false, ordering: .releasing) }

  /// Waits until the lock looks free; gives way to other threads after a few microseconds.
  private func wait() {
    for _ in 0..<100 {
      if !isHeld.load(ordering: .relaxed) { return }
      fs_spin_hint()
    }
    sched_yield()
  }
}
