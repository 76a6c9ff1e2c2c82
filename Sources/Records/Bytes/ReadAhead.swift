import Foundation

/// A producer of pieces on its own thread, ahead of the consumer.
///
/// It is useful if creating the pieces takes work, such as decompression, because the consumer can
/// work at the same time. At most two pieces are buffered.
final class ReadAhead<Piece> {
  private let pieces = PieceQueue<Piece>()
  /// The process that owns the thread. The child of a `fork` does not have it.
  private let process = ProcessInfo.processInfo.processIdentifier

  /// Starts creating pieces up to the last one. Nothing else may use the state of `make`.
  init(_ make: @escaping () -> (piece: Piece, isLast: Bool)) {
    nonisolated(unsafe) let make = make
    Thread.detachNewThread { [pieces] in
      while pieces.awaitRoom() {
        let (piece, isLast) = make()
        pieces.append(piece)
        if isLast { return }
      }
    }
  }

  deinit {
    if isInOwnProcess { pieces.close() }
  }

  /// Returns the next piece, waiting for it if necessary. Do not call this after the last piece.
  ///
  /// Stops the program in the child of a `fork`, which would wait forever.
  func next() -> Piece {
    guard isInOwnProcess else {
      fatalError(
        "a compressed file that was opened before fork cannot be read in the child process; open it "
          + "in the child")
    }
    return pieces.next()
  }

  private var isInOwnProcess: Bool { getpid() == process }
}

/// A queue of pieces between the producing thread and the consumer.
private final class PieceQueue<Piece>: Sendable {
  private let condition = NSCondition()
  // Both are only accessed under the condition's lock.
  private nonisolated(unsafe) var waiting: [Piece] = []
  private nonisolated(unsafe) var isClosed = false

  private static var capacity: Int { 2 }

  /// Waits until there is room. Returns `false` if the consumer is gone.
  func awaitRoom() -> Bool {
    condition.lock()
    defer { condition.unlock() }
    while waiting.count == Self.capacity, !isClosed { condition.wait() }
    return !isClosed
  }

  package func append(_ piece: Piece) {
    condition.lock()
    defer { condition.unlock() }
    waiting.append(piece)
    condition.signal()
  }

  func next() -> Piece {
    condition.lock()
    defer { condition.unlock() }
    while waiting.isEmpty { condition.wait() }
    let piece = waiting.removeFirst()
    condition.signal()
    return piece
  }

  /// Ends the queue when the consumer is gone.
  func close() {
    condition.lock()
    isClosed = true
    condition.signal()
    condition.unlock()
  }
}
