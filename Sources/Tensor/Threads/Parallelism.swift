import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The number of threads for computations.
///
/// Work is split into items by its extents alone, and the items are combined in a fixed order, so
/// every result is bit-identical at every thread count.
public enum Parallelism {
  /// The number of threads, including the calling one.
  ///
  /// The environment variable `FORESIGHT_THREADS` sets the initial value. The default is the number
  /// of online processors. Values below 1 count as 1.
  public static var threadCount: Int {
    get { configured.load(ordering: .relaxed) }
    set { configured.store(max(newValue, 1), ordering: .relaxed) }
  }

  private static let configured = Atomic<Int>(initialThreadCount())

  private static func initialThreadCount() -> Int {
    if let text = getenv("FORESIGHT_THREADS"), let count = Int(String(cString: text)), count >= 1 {
      return count
    }
    return max(Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))), 1)
  }
}

/// Calls `body` once for each index in `0..<count`, on several threads at once.
///
/// The calls must be independent of one another. They all run on the calling thread if there is
/// only one index or one thread, or if another caller uses the pool (another request of a server,
/// or an outer `parallelFor`).
///
/// - Parameters:
///   - count: The number of calls.
///   - meanwhile: Other work, which the calling thread does before it calls `body`, while other
///     threads already call it. By default there is none.
///   - body: The function to call. It accesses memory that the calls share by a
///     ``SendablePointer``.
package func parallelFor(
  _ count: Int, meanwhile: () -> Void = {}, _ body: @Sendable (_ index: Int) -> Void
) {
  let threads = min(Parallelism.threadCount, count)
  if threads > 1, ThreadPool.shared.run(count, threads: threads, meanwhile, body) { return }
  meanwhile()
  for index in 0..<count { body(index) }
}

/// Calls `body` with ranges of elements that are processed independently: with all of them at once
/// if there are few, and otherwise chunk by chunk on several threads, like
/// ``parallelFor(_:meanwhile:_:)``.
@inline(__always)
package func parallelChunks(
  _ count: Int, _ body: @Sendable (_ start: Int, _ count: Int) -> Void
) {
  // Below 65,536 elements of an inexpensive function, a second thread costs as much as it saves.
  let chunk = 1 << 14
  guard count >= 4 * chunk else { return body(0, count) }
  parallelFor((count + chunk - 1) / chunk) { index in
    let start = index * chunk
    body(start, min(chunk, count - start))
  }
}
