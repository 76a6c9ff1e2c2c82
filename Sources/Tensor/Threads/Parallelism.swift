import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How many threads the package computes with.
///
/// Work is cut into pieces by its extents alone, and the pieces are put together in a fixed order, so
/// every result is bit-identical whatever the number of threads.
public enum Parallelism {
  /// The number of threads, the calling one included.
  ///
  /// The environment variable `FORESIGHT_THREADS` sets it at the start; otherwise it is the number of
  /// processors that are on line. Values below 1 count as 1.
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
/// The calls must be independent of one another. They run on the calling thread alone if there is one
/// piece, one thread, or the pool is taken by another caller (a server's other request, or an outer
/// `parallelFor`).
package func parallelFor(_ count: Int, _ body: (Int) -> Void) {
  let threads = min(Parallelism.threadCount, count)
  if threads > 1, ThreadPool.shared.run(count, threads: threads, body) { return }
  for index in 0..<count { body(index) }
}

/// Calls `body` with the places of elements that are worked on one by one: all at once where they are
/// few, else chunk by chunk on several threads, as ``parallelFor(_:_:)`` does.
@inline(__always)
package func parallelChunks(_ count: Int, _ body: (_ start: Int, _ count: Int) -> Void) {
  // Below 65,536 elements of a cheap function a second thread costs what it saves.
  let chunk = 1 << 14
  guard count >= 4 * chunk else { return body(0, count) }
  parallelFor((count + chunk - 1) / chunk) { index in
    let start = index * chunk
    body(start, min(chunk, count - start))
  }
}
