/// A file of named tensors in the safetensors format: eight bytes with the length of the header,
/// the header as JSON, and the data.
///
/// Opening a file reads its header and checks that it describes every byte of the file. Tensors are
/// read one at a time, on request, directly into their memory.
///
/// ```swift
/// try SafetensorsFile.write(["weight": Tensor<Float>.ones([3, 5])], to: path)
/// let file = try SafetensorsFile(path: path)
/// print(file.entries.map(\.name), file.metadata)
/// let weight = try file.tensor("weight", as: Float.self)   // [3, 5]
/// ```
///
/// The format is that of https://github.com/huggingface/safetensors. This reader is stricter than
/// the reference implementation: it rejects duplicate names and keys, unknown fields, and white
/// space before the header.
public struct SafetensorsFile: Sendable {
  /// A tensor in a file.
  public struct Entry: Sendable, Hashable {
    /// The tensor's name.
    public let name: String
    /// The type of the elements.
    public let type: SafetensorsType
    /// The extents.
    public let shape: Shape
    /// The position of the elements, in bytes from the start of the data.
    public let offsets: Range<Int>
  }

  /// The text entries that the file contains in addition to its tensors.
  public let metadata: [String: String]
  /// The tensors, in the order of their data.
  public let entries: [Entry]

  private let source: any RandomAccessBytes
  private let dataStart: Int
  private let positions: [String: Int]

  /// Opens a file.
  ///
  /// - Throws: A ``SafetensorsError`` that names the faulty tensor or byte.
  public init(path: String) throws(SafetensorsError) {
    try self.init(FileBytes(path: path))
  }

  /// Opens a file in memory, such as the body of a request.
  ///
  /// - Parameters:
  ///   - bytes: The complete file.
  ///   - name: The name of the file in errors.
  /// - Throws: A ``SafetensorsError`` that names the faulty tensor or byte.
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

  /// The path as the caller gave it, or the name of a file in memory.
  public var path: String { source.name }

  /// The description of the tensor with a name; nil if there is none.
  public subscript(name: String) -> Entry? { positions[name].map { entries[$0] } }

  /// Reads a tensor.
  ///
  /// F32 and F64 are read bit for bit into tensors of `Float` and `Double`. Other combinations are
  /// converted, including from F16 and BF16. A number that `Scalar` cannot represent is rounded to
  /// the nearest, or to infinity.
  ///
  /// - Throws: A ``SafetensorsError`` if there is no such tensor, if its elements are not
  ///   floating-point numbers of 16, 32, or 64 bits, or if the file can no longer be read.
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
  /// - Throws: See ``tensor(_:as:)``.
  public func tensors<Scalar: TensorScalar>(
    as type: Scalar.Type = Scalar.self
  ) throws(SafetensorsError) -> [String: Tensor<Scalar>] {
    var tensors: [String: Tensor<Scalar>] = [:]
    for entry in entries { tensors[entry.name] = try tensor(entry.name) }
    return tensors
  }

  /// Returns the elements of a tensor of any type as an array, without conversion.
  ///
  /// Stops the program if the file has no such tensor or if its elements have another size.
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

  /// Reads and converts elements of another type, one part at a time.
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
