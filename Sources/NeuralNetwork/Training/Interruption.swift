import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A detector for Ctrl-C while a closure runs.
///
/// The first SIGINT is recorded. The next one has its default effect, which is to end the process.
enum Interruption {
  private static let hasOccurred = Atomic<Bool>(false)

  /// A Boolean value that indicates whether training should end, because of a SIGINT within
  /// ``observe(_:_:)`` or because the task was canceled.
  static var isRequested: Bool {
    hasOccurred.load(ordering: .relaxed) || Task.isCancelled
  }

  /// Calls a closure during which the first SIGINT does not end the process, if `isOn` is true.
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
