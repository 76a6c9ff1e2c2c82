/// Why a safetensors file cannot be read or written, and how to mend it.
public struct SafetensorsError: Error, Hashable {
  /// The path of the file, as it was given.
  public let file: String
  /// What is wrong with it.
  public let fault: Fault

  public init(file: String, fault: Fault) {
    self.file = file
    self.fault = fault
  }

  /// What can be wrong with a file.
  ///
  /// Positions are bytes from the file's start; offsets are bytes from the start of its data, as in
  /// the header.
  public enum Fault: Hashable, Sendable {
    // The file as such.
    case noSuchFile
    case noSuchDirectory(String)
    case isDirectory
    /// A pipe, a device or the like.
    case notRegularFile
    case unreadable(reason: String)
    case notWritable(reason: String)
    /// The file is read and written by one run of a program.
    case conflict(FileConflict)
    /// Names and metadata are more than the format allows.
    case headerNotWritable(byteCount: Int)
    /// The file became shorter after it was opened.
    case changedWhileReading
    /// A file of another format that is often taken for one with weights.
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

    // The header against the data.
    case offsetsReversed(tensor: String, begin: Int, end: Int)
    case sizeMismatch(tensor: String, type: SafetensorsType, shape: Shape, byteCount: Int)
    case overlap(tensor: String, other: String)
    case hole(tensor: String, begin: Int, expected: Int)
    case truncated(tensor: String, end: Int, available: Int)
    case trailingBytes(count: Int)

    // What was asked of a sound file.
    case noSuchTensor(String)
    case unreadableType(tensor: String, type: SafetensorsType)
  }

  /// Formats that are often taken for safetensors.
  public enum ForeignFormat: Hashable, Sendable {
    /// What `torch.save` writes since PyTorch 1.6.
    case pyTorchZip
    /// What `torch.save` wrote before.
    case pickle
    case hdf5
    /// The text that stands for a large file in a Git repository.
    case gitLFSPointer
  }
}
