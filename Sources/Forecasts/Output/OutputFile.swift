import NeuralNetwork

/// A text file that is written completely or not at all.
///
/// Text is written to a new file in the same directory, which replaces the old file once it is
/// complete. Readers never see a partial file, and a failure keeps the old file.
public struct OutputFile: Sendable {
  /// The path as the caller passed it.
  public let path: String

  /// Prepares a file to be written later. Checks at once whether it can be, so that a long
  /// computation doesn't end with a missing directory.
  ///
  /// - Throws: An `OutputError`.
  public init(path: String) throws(OutputError) {
    self.path = path
    do throws(FileConflict) { try RunFiles.current?.claim(path) } catch { throw .conflict(error) }
    // Only an attempt gives the answer: for root, everything appears writable, even /proc.
    _ = try newFile()
  }

  /// Replaces the contents of the file with `text` in UTF-8.
  ///
  /// - Throws: An `OutputError`. The file is then unchanged.
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
  /// Writes several files. All are complete before the first one replaces an old file, so that a
  /// failure leaves every earlier file unchanged. Files that `body` writes by other means, such as
  /// a panel, are included.
  ///
  /// - Throws: Errors that `body` throws, or an `OutputError`.
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
