import Foundation

/// Gives the bytes of another source, which a thread of its own reads ahead of whoever asks for them.
///
/// Worth its while where making the bytes takes work, as decompressing does: what is read out of them is
/// then done meanwhile. Reads at most two pieces ahead.
final class ReadAheadByteSource: ByteSource {
  let name: String
  private let pieces = PieceQueue()
  private var current: [UInt8] = []
  private var position = 0

  /// Starts to read `source`, which nobody else may touch any more.
  init(_ source: any ByteSource) {
    name = source.name
    nonisolated(unsafe) let source = source
    Thread.detachNewThread { [pieces] in
      while pieces.append({ Self.piece(of: source) }) {}
    }
  }

  deinit { pieces.close() }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(TableError) -> Int {
    if position == current.count {
      (current, position) = (try pieces.next().get(), 0)
    }
    let given = min(buffer.count, current.count - position)
    current.withUnsafeBytes { bytes in
      buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[position..<position + given]))
    }
    position += given
    return given
  }

  /// The next bytes of a source, none at its end.
  private static func piece(of source: any ByteSource) -> Result<[UInt8], TableError> {
    var failure: TableError?
    let piece = [UInt8](unsafeUninitializedCapacity: 1 << 18) { bytes, count in
      do throws(TableError) {
        count = try source.read(into: UnsafeMutableRawBufferPointer(bytes))
      } catch {
        failure = error
      }
    }
    return failure.map { .failure($0) } ?? .success(piece)
  }
}

/// Pieces on their way from the thread that reads them to the one that asks for them.
private final class PieceQueue: Sendable {
  private let condition = NSCondition()
  // All of these are read and written under the condition's lock only.
  private nonisolated(unsafe) var waiting: [Result<[UInt8], TableError>] = []
  /// The last piece: the end, or what went wrong.
  private nonisolated(unsafe) var last: Result<[UInt8], TableError>?
  private nonisolated(unsafe) var isClosed = false

  private static let capacity = 2

  /// Waits for room and adds a piece; false where no more is asked for.
  func append(_ piece: () -> Result<[UInt8], TableError>) -> Bool {
    condition.lock()
    while waiting.count == Self.capacity, !isClosed { condition.wait() }
    let isOver = isClosed
    condition.unlock()
    if isOver { return false }
    let piece = piece()
    condition.lock()
    defer { condition.unlock() }
    waiting.append(piece)
    condition.signal()
    if case .success(let bytes) = piece, !bytes.isEmpty { return !isClosed }
    return false
  }

  /// Waits for the next piece; after the last one gives that again.
  func next() -> Result<[UInt8], TableError> {
    condition.lock()
    defer { condition.unlock() }
    if let last { return last }
    while waiting.isEmpty { condition.wait() }
    let piece = waiting.removeFirst()
    condition.signal()
    switch piece {
    case .success(let bytes) where !bytes.isEmpty: break
    default: last = piece
    }
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
