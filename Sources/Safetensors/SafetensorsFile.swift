/// A file of named tensors in the safetensors format: eight bytes with the length of the header,
/// the header as JSON, the data.
///
/// Opening a file reads its header, and checks that it describes the file to the last byte; tensors
/// are read one at a time when they are asked for, straight into their memory.
///
/// ```swift
/// try SafetensorsFile.write(["weight": Tensor<Float>.ones([3, 5])], to: path)
/// let file = try SafetensorsFile(path: path)
/// print(file.entries.map(\.name), file.metadata)
/// let weight = try file.tensor("weight", as: Float.self)   // [3, 5]
/// ```
///
/// The format is that of https://github.com/huggingface/safetensors. This reader is stricter than
/// the reference where that lets pass what can only be a mistake: a name or a key that comes twice,
/// a field with another name, white space before the header.
public struct SafetensorsFile: Sendable {
  /// A tensor in a file.
  public struct Entry: Sendable, Hashable {
    /// The tensor's name.
    public let name: String
    /// The type of the elements.
    public let type: SafetensorsType
    /// The extents.
    public let shape: Shape
    /// Where the elements are, in bytes from the start of the data.
    public let offsets: Range<Int>
  }

  /// The texts that the file carries beside its tensors.
  public let metadata: [String: String]
  /// The tensors, in the order of their data.
  public let entries: [Entry]

  private let source: any RandomAccessBytes
  private let dataStart: Int
  private let positions: [String: Int]

  /// Opens a file.
  ///
  /// - Throws: An error that says what is wrong with the file, down to the tensor or the byte.
  public init(path: String) throws(SafetensorsError) {
    try self.init(FileBytes(path: path))
  }

  /// Opens a file that is in memory, such as the body of a request.
  ///
  /// - Parameters:
  ///   - bytes: The whole file.
  ///   - name: What errors call it.
  public init(bytes: [UInt8], name: String) throws(SafetensorsError) {
    try self.init(MemoryBytes(name: name, contents: bytes))
  }

  private init(_ source: some RandomAccessBytes) throws(SafetensorsError) {
    let header = try SafetensorsHeader(of: source)
    self.source = source
    metadata = header.metadata
    entries = header.entries
    dataStart = header.dataStart
    positions = Dictionary(
      uniqueKeysWithValues: header.entries.enumerated().map { ($1.name, $0) })
  }

  /// The path as it was given, or the name of a file in memory.
  public var path: String { source.name }

  /// What the file says about the tensor of a name, or nil if it has none.
  public subscript(name: String) -> Entry? { positions[name].map { entries[$0] } }

  /// Reads a tensor.
  ///
  /// F32 and F64 are read bit by bit into tensors of `Float` and `Double`; other pairs are
  /// converted, also from F16 and BF16. A number that `Scalar` cannot hold is rounded to the nearest,
  /// or to infinity.
  ///
  /// - Throws: An error if there is no such tensor, if it holds no floating-point numbers of 16, 32
  ///   or 64 bits, or if the file cannot be read any more.
  public func tensor<Scalar: TensorScalar>(
    _ name: String, as type: Scalar.Type = Scalar.self
  ) throws(SafetensorsError) -> Tensor<Scalar> {
    guard let entry = self[name] else {
      throw SafetensorsError(file: path, fault: .noSuchTensor(name))
    }
    guard entry.type.isReadable else {
      throw SafetensorsError(
        file: path, fault: .unreadableType(tensor: name, type: entry.type))
    }
    var result = Result<Void, SafetensorsError>.success(())
    let tensor = Tensor<Scalar>(shape: entry.shape) { elements in
      result = Result { () throws(SafetensorsError) in try read(entry, into: elements) }
    }
    try result.get()
    return tensor
  }

  /// Reads all tensors, by name.
  ///
  /// - Throws: As ``tensor(_:as:)``.
  public func tensors<Scalar: TensorScalar>(
    as type: Scalar.Type = Scalar.self
  ) throws(SafetensorsError) -> [String: Tensor<Scalar>] {
    var tensors: [String: Tensor<Scalar>] = [:]
    for entry in entries { tensors[entry.name] = try tensor(entry.name) }
    return tensors
  }

  /// The elements of a tensor of any type, as they stand in the file, straight into an array. Stops
  /// the program where the file has no such tensor, or elements of another size.
  package func elements<Element: BitwiseCopyable>(
    _ name: String, as type: Element.Type = Element.self
  ) throws(SafetensorsError) -> [Element] {
    guard let entry = self[name], entry.type.bitCount == MemoryLayout<Element>.stride * 8 else {
      fatalError(
        "SafetensorsFile: expected a tensor \(name) with elements of "
          + "\(MemoryLayout<Element>.stride) bytes")
    }
    var result = Result<Void, SafetensorsError>.success(())
    let elements = [Element](unsafeUninitializedCapacity: entry.shape.elementCount) {
      buffer, initializedCount in
      let bytes = UnsafeMutableRawBufferPointer(
        rebasing: UnsafeMutableRawBufferPointer(buffer)[..<entry.offsets.count])
      result = Result { () throws(SafetensorsError) in
        try source.read(into: bytes, at: dataStart + entry.offsets.lowerBound)
      }
      if case .success = result { initializedCount = entry.shape.elementCount }
    }
    try result.get()
    return elements
  }

  private func read<Scalar: TensorScalar>(
    _ entry: Entry, into elements: UnsafeMutableBufferPointer<Scalar>
  ) throws(SafetensorsError) {
    let position = dataStart + entry.offsets.lowerBound
    if entry.type == SafetensorsType(of: Scalar.self) {
      try source.read(into: UnsafeMutableRawBufferPointer(elements), at: position)
    } else {
      try convert(entry, at: position, into: elements)
    }
  }

  /// Reads elements of another type, piece by piece.
  private func convert<Scalar: TensorScalar>(
    _ entry: Entry, at position: Int, into elements: UnsafeMutableBufferPointer<Scalar>
  ) throws(SafetensorsError) {
    let width = entry.type.bitCount / 8
    let pieceCount = 1 << 14
    for start in stride(from: 0, to: elements.count, by: pieceCount) {
      let count = min(pieceCount, elements.count - start)
      let bytes = try source.bytes(at: position + start * width, count: count * width)
      bytes.withUnsafeBytes {
        FloatDecoding.decode($0, type: entry.type, into: elements.baseAddress! + start)
      }
    }
  }
}
