/// A writer for safetensors files, which can contain tensors of both `Float` and `Double`.
///
/// ```swift
/// var writer = SafetensorsWriter(metadata: ["shop": "north"])
/// writer.add("scale", Tensor<Double>([1, 2, 3]))
/// writer.add("weight", Tensor<Float>.ones([3, 5]))
/// try writer.write(to: path)
/// ```
///
/// The bytes don't depend on the order in which tensors are added. Tensors are sorted by the
/// alignment of their type and then by name, and metadata entries by key. The reference
/// implementation writes the same bytes, except that it doesn't define the order of metadata.
public struct SafetensorsWriter: Sendable {
  /// The text entries that the file contains in addition to its tensors.
  public var metadata: [String: String]
  private var items: [String: Item] = [:]

  private struct Item: Sendable {
    let type: SafetensorsType
    let shape: Shape
    let storage: any LittleEndianBytes

    var byteCount: Int { shape.elementCount * type.bitCount / 8 }

    /// Passes all bytes to a closure. A different number of bytes would shift the following
    /// tensors.
    func forEachPiece(_ write: (UnsafeRawBufferPointer) -> Void) {
      var count = 0
      storage.forEachPiece {
        count += $0.count
        write($0)
      }
      guard count == byteCount else {
        fatalError("SafetensorsWriter: expected \(byteCount) bytes of a tensor, got \(count)")
      }
    }
  }

  /// Creates a writer without tensors.
  public init(metadata: [String: String] = [:]) {
    self.metadata = metadata
  }

  /// Adds a tensor.
  ///
  /// Stops the program if there is already a tensor with that name, or if the name is
  /// `__metadata__`, which the format reserves.
  public mutating func add<Scalar: TensorScalar>(_ name: String, _ tensor: Tensor<Scalar>) {
    add(
      name,
      Item(type: SafetensorsType(of: Scalar.self), shape: tensor.shape, storage: tensor))
  }

  /// Adds elements of any type, with shape `[count]`, that are generated while the file is written.
  ///
  /// Stops the program under the conditions of ``add(_:_:)``, or while writing if the number of
  /// bytes is wrong.
  ///
  /// - Parameters:
  ///   - name: The tensor's name.
  ///   - type: The type of the elements, which must have whole bytes.
  ///   - count: The number of elements.
  ///   - pieces: A closure that passes the elements to its parameter, little-endian, in one or more
  ///     parts.
  package mutating func add(
    _ name: String, _ type: SafetensorsType, count: Int,
    pieces: @escaping @Sendable (_ write: (UnsafeRawBufferPointer) -> Void) -> Void
  ) {
    add(name, Item(type: type, shape: [count], storage: Pieces(make: pieces)))
  }

  private mutating func add(_ name: String, _ item: Item) {
    guard name != "__metadata__" else {
      fatalError("SafetensorsWriter: no tensor can be named __metadata__")
    }
    guard items.updateValue(item, forKey: name) == nil else {
      fatalError("SafetensorsWriter: two tensors are named \(name.debugDescription)")
    }
  }

  /// Writes the file completely or not at all. An existing file stays until it is replaced.
  ///
  /// - Throws: A ``SafetensorsError`` if the file cannot be written, or if its header would exceed
  ///   the maximum length of the format (100 MB).
  public func write(to path: String) throws(SafetensorsError) {
    let (start, sorted) = try layout(file: path)
    do throws(AtomicFile.Failure) {
      let file = try AtomicFile(path: path)
      start.withUnsafeBytes { file.write($0) }
      for item in sorted { item.forEachPiece { file.write($0) } }
      try file.commit()
    } catch {
      throw SafetensorsError(file: path, fault: .init(error))
    }
  }

  /// Returns the bytes of the file.
  ///
  /// - Throws: A ``SafetensorsError`` if the header would exceed the maximum length of the format
  ///   (100 MB).
  public func bytes() throws(SafetensorsError) -> [UInt8] {
    var (bytes, sorted) = try layout(file: "safetensors")
    bytes.reserveCapacity(bytes.count + sorted.reduce(0) { $0 + $1.byteCount })
    for item in sorted { item.forEachPiece { bytes += $0 } }
    return bytes
  }

  /// Returns the bytes before the data, and the tensors in the order of their data.
  private func layout(
    file: String
  ) throws(SafetensorsError) -> (start: [UInt8], sorted: [Item]) {
    let sorted = items.sorted { left, right in
      let ranks = (left.value.type.rank, right.value.type.rank)
      return ranks.0 == ranks.1 ? HeaderText.precedes(left.key, right.key) : ranks.0 > ranks.1
    }
    var text = HeaderText()
    text.append(metadata: metadata)
    var offset = 0
    for (name, item) in sorted {
      let end = offset + item.byteCount
      text.append(name: name, type: item.type, shape: item.shape, offsets: offset..<end)
      offset = end
    }
    let header = text.bytes()
    guard header.count <= SafetensorsHeader.maximumByteCount else {
      throw SafetensorsError(file: file, fault: .headerNotWritable(byteCount: header.count))
    }
    let length = withUnsafeBytes(of: UInt64(header.count).littleEndian) { Array($0) }
    return (length + header, sorted.map(\.value))
  }
}

extension SafetensorsFile {
  /// Writes tensors as a safetensors file; see ``SafetensorsWriter``.
  ///
  /// - Throws: A ``SafetensorsError`` if the file cannot be written.
  public static func write<Scalar: TensorScalar>(
    _ tensors: [String: Tensor<Scalar>], metadata: [String: String] = [:], to path: String
  ) throws(SafetensorsError) {
    var writer = SafetensorsWriter(metadata: metadata)
    for (name, tensor) in tensors { writer.add(name, tensor) }
    try writer.write(to: path)
  }
}

/// A type that can provide its elements as the bytes of a file, in one or more parts.
private protocol LittleEndianBytes: Sendable {
  func forEachPiece(_ write: (UnsafeRawBufferPointer) -> Void)
}

/// Elements that are generated while they are written.
private struct Pieces: LittleEndianBytes {
  let make: @Sendable (_ write: (UnsafeRawBufferPointer) -> Void) -> Void

  func forEachPiece(_ write: (UnsafeRawBufferPointer) -> Void) { make(write) }
}

#if _endian(big)
  #error("Tensors are written without conversion, so the processor must be little-endian.")
#endif

extension Tensor: LittleEndianBytes {
  fileprivate func forEachPiece(_ write: (UnsafeRawBufferPointer) -> Void) {
    withUnsafeBufferPointer { write(UnsafeRawBufferPointer($0)) }
  }
}

extension SafetensorsError.Fault {
  fileprivate init(_ failure: AtomicFile.Failure) {
    switch failure {
    case .isDirectory: self = .isDirectory
    case .notRegularFile: self = .notRegularFile
    case .noSuchDirectory(let directory): self = .noSuchDirectory(directory)
    case .conflict(let conflict): self = .conflict(conflict)
    case .notWritable(let reason): self = .notWritable(reason: reason)
    }
  }
}
