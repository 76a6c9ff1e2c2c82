import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Notices Ctrl-C for as long as a closure runs.
///
/// The first SIGINT is remembered; the one after it does what it did before, which is to end the
/// process.
enum Interruption {
  private static let hasOccurred = Atomic<Bool>(false)

  /// A Boolean value that indicates whether training should end: SIGINT came within ``observe(_:_:)``, or
  /// the task was cancelled.
  static var isRequested: Bool {
    hasOccurred.load(ordering: .relaxed) || Task.isCancelled
  }

  /// Calls a closure, within which SIGINT does not end the process if `isOn`.
  static func observe<Result>(_ isOn: Bool, _ body: () throws -> Result) rethrows -> Result {
    guard isOn else { return try body() }
    hasOccurred.store(false, ordering: .relaxed)
    let previous = signal(SIGINT) { _ in
      Interruption.hasOccurred.store(true, ordering: .relaxed)
      signal(SIGINT, SIG_DFL)
    }
    defer {
      signal(SIGINT, previous)
      hasOccurred.store(false, ordering: .relaxed)
    }
    return try body()
  }
}
