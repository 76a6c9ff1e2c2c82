import NeuralNetwork

/// A text file that is written whole or not at all.
///
/// What is written goes to a new file in the same directory, which takes the place of the old one
/// once it is complete: no reader ever sees half of it, and a failure leaves the old one.
public struct OutputFile: Sendable {
  /// The path as it was given.
  public let path: String

  /// Sets a file aside to be written later. Tries at once whether it can be, so that a long
  /// computation does not end at a directory that does not exist.
  ///
  /// - Throws: An `OutputError`.
  public init(path: String) throws(OutputError) {
    self.path = path
    do throws(FileConflict) { try RunFiles.current?.claim(path) } catch { throw .conflict(error) }
    // Only a trial tells: to root everything seems writable, even /proc.
    _ = try newFile()
  }

  /// Writes `text` as UTF-8 in place of what the file held.
  ///
  /// - Throws: An `OutputError`; the file is as it was then.
  public func write(_ text: String) throws(OutputError) {
    let file = try newFile()
    var text = text
    text.withUTF8 { file.write(UnsafeRawBufferPointer($0)) }
    do throws(AtomicFile.Failure) { try file.commit() } catch { throw outputError(error) }
  }

  private func newFile() throws(OutputError) -> AtomicFile {
    do throws(AtomicFile.Failure) {
      return try AtomicFile(path: path)
    } catch { throw outputError(error) }
  }

  private func outputError(_ failure: AtomicFile.Failure) -> OutputError {
    OutputError(path: path, failure)
  }
}

extension OutputFile {
  /// Writes several files: all are complete before the first one takes its place, so that a failure
  /// leaves every earlier file as it was. Files that `body` writes by other means, such as a panel,
  /// are included.
  ///
  /// - Throws: What `body` throws, or an `OutputError`.
  package static func writeTogether(_ body: () throws -> Void) throws {
    do {
      try RunFiles.writeTogether(body)
    } catch let failure as RunFiles.ReplacementFailure {
      throw OutputError(path: failure.path, failure.reason)
    }
  }
}

extension OutputError {
  fileprivate init(path: String, _ failure: AtomicFile.Failure) {
    switch failure {
    case .isDirectory: self = .isDirectory(path: path)
    case .notRegularFile: self = .notRegularFile(path: path)
    case .noSuchDirectory(let directory):
      self = .noSuchDirectory(path: path, directory: directory)
    case .conflict(let conflict): self = .conflict(conflict)
    case .notWritable(let reason): self = .notWritable(path: path, reason: reason)
    }
  }
}
