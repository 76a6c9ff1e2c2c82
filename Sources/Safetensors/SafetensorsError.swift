/// An error in reading or writing a safetensors file. Its description says how to fix it.
public struct SafetensorsError: Error, Hashable {
  /// The path of the file, as the caller gave it.
  public let file: String
  /// The cause of the error.
  public let fault: Fault

  /// Creates an error for a file.
  public init(file: String, fault: Fault) {
    self.file = file
    self.fault = fault
  }

  /// A cause of the error.
  ///
  /// Positions count bytes from the start of the file. Offsets count bytes from the start of its
  /// data, as in the header.
  public enum Fault: Hashable, Sendable {
    // The file.
    case noSuchFile
    case noSuchDirectory(String)
    case isDirectory
    /// The path leads to a pipe, a device, or the like.
    case notRegularFile
    case unreadable(reason: String)
    case notWritable(reason: String)
    /// The same file is an input and an output of a run.
    case conflict(FileConflict)
    /// The names and metadata exceed the length that the format allows.
    case headerNotWritable(byteCount: Int)
    /// The file became shorter after it was opened.
    case changedWhileReading
    /// The file has another format that is often confused with safetensors.
    case foreignFormat(ForeignFormat)

    // The header.
    case tooShort(byteCount: Int)
    case headerTooLong(byteCount: UInt64)
    case headerBeyondEnd(byteCount: Int, available: Int)
    case headerNotAnObject
    case notUTF8(position: Int)
    case invalidJSON(position: Int, expected: String)
    case invalidMetadata(position: Int)
    case duplicateMetadata(key: String)
    case duplicateTensor(String)
    case duplicateField(tensor: String, field: String)
    case unknownField(tensor: String, field: String)
    case missingField(tensor: String, field: String)
    case unknownType(tensor: String, type: String)
    case invalidNumber(tensor: String, field: String, text: String)
    case invalidOffsetCount(tensor: String, count: Int)
    case tooManyAxes(tensor: String, count: Int)
    case tooLarge(tensor: String, shape: [Int])

    // The header, compared with the data.
    case offsetsReversed(tensor: String, begin: Int, end: Int)
    case sizeMismatch(tensor: String, type: SafetensorsType, shape: Shape, byteCount: Int)
    case overlap(tensor: String, other: String)
    case hole(tensor: String, begin: Int, expected: Int)
    case truncated(tensor: String, end: Int, available: Int)
    case trailingBytes(count: Int)

    // A request that a valid file does not satisfy.
    case noSuchTensor(String)
    case unreadableType(tensor: String, type: SafetensorsType)
  }

  /// A format that is often confused with safetensors.
  public enum ForeignFormat: Hashable, Sendable {
    /// The format of `torch.save` since PyTorch 1.6.
    case pyTorchZip
    /// The format of `torch.save` before PyTorch 1.6.
    case pickle
    case hdf5
    /// The text that replaces a large file in a Git repository.
    case gitLFSPointer
  }
}
