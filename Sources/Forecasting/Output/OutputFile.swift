import NeuralNetwork

/// A text file that is written whole or not at all.
///
/// What is written goes to a new file in the same directory, which takes the place of the old one
/// once it is complete: no reader ever sees half of it, and a failure leaves the old one.
public struct OutputFile: Sendable {
  /// The path as it was given.
  public let path: String

  /// A file to be written to later. Tries at once whether it can be, so that a long computation
  /// does not end at a directory that is not there.
  ///
  /// - Throws: An `OutputError`.
  public init(path: String) throws(OutputError) {
    self.path = path
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
    switch failure {
    case .isDirectory: .isDirectory(path: path)
    case .notRegularFile: .notRegularFile(path: path)
    case .noSuchDirectory(let directory): .noSuchDirectory(path: path, directory: directory)
    case .notWritable(let reason): .notWritable(path: path, reason: reason)
    }
  }
}
