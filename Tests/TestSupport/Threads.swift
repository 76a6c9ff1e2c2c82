import Foundation

/// A thread that has been started, to wait for.
public struct RunningThread: Sendable {
  fileprivate let end = DispatchSemaphore(value: 0)

  public func wait() { end.wait() }
}

/// Runs a closure on a new thread.
///
/// - Parameter stackByteCount: The thread's stack, the system's default if 0.
public func runThread(
  stackByteCount: Int = 0, _ body: @escaping @Sendable () -> Void
) -> RunningThread {
  let running = RunningThread()
  let thread = Thread {
    body()
    running.end.signal()
  }
  if stackByteCount > 0 { thread.stackSize = stackByteCount }
  thread.start()
  return running
}
