import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The unfinished files and new directories of the process, which are removed if a signal ends it.
package enum TemporaryFiles {
  /// The index of a path in the list; nil if the list was full.
  package typealias Slot = Int?

  private static let capacity = 256
  /// The addresses of the paths as C strings; 0 for an empty slot. A signal handler may read them.
  private nonisolated(unsafe) static let slots = {
    let slots = UnsafeMutablePointer<Atomic<UInt>>.allocate(capacity: capacity)
    for index in 0..<capacity { (slots + index).initialize(to: Atomic(0)) }
    return slots
  }()
  private static let isDeferring = Atomic(false)
  private static let deferredSignal = Atomic<Int32>(0)

  /// Adds a file, or a directory that is removed only if it is empty.
  package static func add(_ path: String) -> Slot {
    guard let text = strdup(path) else { return nil }
    let address = UInt(bitPattern: text)
    for index in 0..<capacity
    where slots[index].compareExchange(
      expected: 0, desired: address, ordering: .sequentiallyConsistent
    ).exchanged {
      return index
    }
    free(text)
    return nil
  }

  /// Removes a path from the list, after the file was removed or became permanent.
  package static func remove(_ slot: Slot) {
    guard let slot else { return }
    free(
      UnsafeMutableRawPointer(
        bitPattern: slots[slot].exchange(0, ordering: .sequentiallyConsistent)))
  }

  /// Installs handlers for the signals that ask a process to end, including Ctrl-C, so that the
  /// files in the list are removed first.
  ///
  /// A signal that is ignored, as under `nohup`, stays ignored. Use this function in commands; a
  /// library must not change signal handlers.
  package static func removeOnSignals() {
    // A handler must not be the first to initialize them.
    _ = (slots, message)
    _ = (isDeferring.load(ordering: .relaxed), deferredSignal.load(ordering: .relaxed))
    for number in [SIGINT, SIGTERM, SIGHUP] {
      let previous = signal(number, handler)
      if isIgnoring(previous) { signal(number, SIG_IGN) }
    }
  }

  /// Calls a closure that signals cannot interrupt. A signal that arrives meanwhile ends the
  /// process afterwards.
  static func deferringSignals<Result>(_ body: () throws -> Result) rethrows -> Result {
    isDeferring.store(true, ordering: .sequentiallyConsistent)
    defer {
      isDeferring.store(false, ordering: .sequentiallyConsistent)
      let number = deferredSignal.exchange(0, ordering: .sequentiallyConsistent)
      if number != 0 { raise(number) }
    }
    return try body()
  }

  private nonisolated(unsafe) static var message: StaticString =
    "Interrupted: no file was changed.\n"

  /// Sets the line that Ctrl-C prints, for a run that keeps a file when it ends early. Call it from the main
  /// thread, before the work that may be interrupted.
  package static func describeInterruption(_ line: StaticString) { message = line }

  private static let handler: @convention(c) (Int32) -> Void = { number in
    if isDeferring.load(ordering: .sequentiallyConsistent) {
      deferredSignal.store(number, ordering: .sequentiallyConsistent)
      return
    }
    removeAll()
    if number == SIGINT { write(2, message.utf8Start, message.utf8CodeUnitCount) }
    signal(number, SIG_DFL)
    raise(number)
  }

  private static func isIgnoring(_ handler: (@convention(c) (Int32) -> Void)?) -> Bool {
    unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  /// Removes all files in the list. It only calls functions that are allowed in a signal handler.
  private static func removeAll() {
    for index in 0..<capacity {
      let address = slots[index].load(ordering: .sequentiallyConsistent)
      guard let path = UnsafePointer<CChar>(bitPattern: address) else { continue }
      if unlink(path) != 0 { rmdir(path) }
    }
  }
}
