/// The header of a safetensors file, checked against the file's length.
struct SafetensorsHeader: Sendable {
  /// The size of the length field before the header, in bytes.
  static let lengthByteCount = 8
  /// The maximum length of a header in the format, in bytes.
  static let maximumByteCount = 100_000_000

  let metadata: [String: String]
  /// The tensors, in the order of their data.
  let entries: [SafetensorsFile.Entry]
  /// The start of the data, in bytes from the start of the file.
  let dataStart: Int

  /// Reads and checks the header.
  init(of source: some RandomAccessBytes) throws(SafetensorsError) {
    let headerBytes = try Self.readBytes(of: source)
    dataStart = Self.lengthByteCount + headerBytes.count
    let parser = try HeaderParser(headerBytes, file: source.name)
    metadata = parser.metadata
    var entries: [SafetensorsFile.Entry] = []
    entries.reserveCapacity(parser.items.count)
    for item in parser.items {
      entries.append(try Self.checkedEntry(item, file: source.name))
    }
    entries.sort {
      ($0.offsets.lowerBound, $0.offsets.upperBound) < (
        $1.offsets.lowerBound, $1.offsets.upperBound
      )
    }
    try Self.checkLayout(of: entries, dataCount: source.count - dataStart, file: source.name)
    self.entries = entries
  }

  private static func readBytes(
    of source: some RandomAccessBytes
  ) throws(SafetensorsError) -> [UInt8] {
    let start = try source.bytes(at: 0, count: min(source.count, 16))
    func error(_ fault: SafetensorsError.Fault) -> SafetensorsError {
      let foreign = SafetensorsError.ForeignFormat(start: start)
      return SafetensorsError(file: source.name, fault: foreign.map { .foreignFormat($0) } ?? fault)
    }
    guard start.count >= lengthByteCount else { throw error(.tooShort(byteCount: source.count)) }
    let length = start.prefix(lengthByteCount).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length <= UInt64(maximumByteCount) else { throw error(.headerTooLong(byteCount: length)) }
    let count = Int(length)
    let available = source.count - lengthByteCount
    guard count <= available else {
      throw error(.headerBeyondEnd(byteCount: count, available: available))
    }
    guard count > 0, start[lengthByteCount] == UInt8(ascii: "{") else {
      throw error(.headerNotAnObject)
    }
    return try source.bytes(at: lengthByteCount, count: count)
  }

  /// Returns a tensor's entry after checking its shape and its number of bytes.
  private static func checkedEntry(
    _ item: HeaderParser.Item, file: String
  ) throws(SafetensorsError) -> SafetensorsFile.Entry {
    func error(_ fault: SafetensorsError.Fault) -> SafetensorsError {
      SafetensorsError(file: file, fault: fault)
    }
    guard item.shape.count <= Shape.maximumRank else {
      throw error(.tooManyAxes(tensor: item.name, count: item.shape.count))
    }
    guard let bitCount = bitCount(shape: item.shape, type: item.type) else {
      throw error(.tooLarge(tensor: item.name, shape: item.shape))
    }
    guard item.begin <= item.end else {
      throw error(.offsetsReversed(tensor: item.name, begin: item.begin, end: item.end))
    }
    let shape = Shape(item.shape)
    guard bitCount % 8 == 0, bitCount / 8 == item.end - item.begin else {
      throw error(
        .sizeMismatch(
          tensor: item.name, type: item.type, shape: shape, byteCount: item.end - item.begin))
    }
    return SafetensorsFile.Entry(
      name: item.name, type: item.type, shape: shape, offsets: item.begin..<item.end)
  }

  /// Returns the number of bits of a tensor; nil if it overflows or the shape is not supported.
  private static func bitCount(shape: [Int], type: SafetensorsType) -> Int? {
    var product = type.bitCount
    // Strides are products of some of the extents. They must not overflow, even if another extent
    // is 0.
    for extent in shape where extent != 0 {
      let (next, overflows) = product.multipliedReportingOverflow(by: extent)
      guard !overflows, extent <= Int(Int32.max) else { return nil }
      product = next
    }
    return shape.contains(0) ? 0 : product
  }

  /// Checks that the tensors cover the data without gaps and overlaps.
  private static func checkLayout(
    of entries: [SafetensorsFile.Entry], dataCount: Int, file: String
  ) throws(SafetensorsError) {
    func error(_ fault: SafetensorsError.Fault) -> SafetensorsError {
      SafetensorsError(file: file, fault: fault)
    }
    var end = 0
    var previous = ""
    for entry in entries {
      guard entry.offsets.lowerBound >= end else {
        throw error(.overlap(tensor: entry.name, other: previous))
      }
      guard entry.offsets.lowerBound == end else {
        throw error(.hole(tensor: entry.name, begin: entry.offsets.lowerBound, expected: end))
      }
      end = entry.offsets.upperBound
      previous = entry.name
      guard end <= dataCount else {
        throw error(.truncated(tensor: entry.name, end: end, available: dataCount))
      }
    }
    guard end == dataCount else { throw error(.trailingBytes(count: dataCount - end)) }
  }
}

extension SafetensorsError.ForeignFormat {
  /// Creates the format of a file from its first bytes; nil if it is none of these formats.
  fileprivate init?(start: [UInt8]) {
    if start.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
      self = .pyTorchZip
    } else if start.starts(with: [0x89, 0x48, 0x44, 0x46]) {
      self = .hdf5
    } else if start.starts(with: Array("version https://".utf8.prefix(16))) {
      self = .gitLFSPointer
    } else if start.count > 2, start[0] == 0x80, 2...5 ~= start[1],
      start[2..<min(start.count, 8)].contains(where: { $0 != 0 })  // otherwise a header's length
    {
      self = .pickle
    } else {
      return nil
    }
  }
}
