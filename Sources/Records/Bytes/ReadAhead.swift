import Foundation

/// Gives what a function makes, piece by piece, which a thread of its own calls ahead of whoever asks.
///
/// Worth its while where making the pieces takes work, as decompressing does: what is done with them is
/// then done meanwhile. At most two pieces wait.
final class ReadAhead<Piece> {
  private let pieces = PieceQueue<Piece>()
  /// The process that has the thread: the child of a `fork` has not.
  private let process = ProcessInfo.processInfo.processIdentifier

  /// Starts to make pieces up to the last one. Nobody else may use what `make` does.
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

  /// Returns the next piece, for which it waits. After the last one nobody may ask.
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

/// Pieces on their way from the thread that makes them to the one that asks for them.
private final class PieceQueue<Piece>: Sendable {
  private let condition = NSCondition()
  // Both are read and written under the condition's lock only.
  private nonisolated(unsafe) var waiting: [Piece] = []
  private nonisolated(unsafe) var isClosed = false

  private static var capacity: Int { 2 }

  /// Waits for room; false where nobody asks any more.
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

  /// Nobody asks any more.
  func close() {
    condition.lock()
    isClosed = true
    condition.signal()
    condition.unlock()
  }
}
