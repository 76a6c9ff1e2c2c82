/// A parser for the JSON header of a safetensors file: an object that maps each tensor's name to an
/// object of `dtype`, `shape`, and `data_offsets`, and `__metadata__` to an object of strings.
///
/// The format has a parser of its own because a general JSON parser hides duplicate keys and the
/// spelling of numbers. Memory use is proportional to the header's length, and nothing recurses.
struct HeaderParser {
  /// A tensor as described in the header, not yet checked against the data.
  struct Item {
    var name: String
    var type: SafetensorsType
    var shape: [Int]
    var begin: Int
    var end: Int
  }

  private let file: String
  private let bytes: [UInt8]
  private var position = 0
  private(set) var metadata: [String: String] = [:]
  private(set) var items: [Item] = []

  /// Parses a header.
  ///
  /// - Parameters:
  ///   - bytes: The complete header, with its padding.
  ///   - file: The name of the file in errors.
  init(_ bytes: [UInt8], file: String) throws(SafetensorsError) {
    self.bytes = bytes
    self.file = file
    guard bytes.first == UInt8(ascii: "{") else { throw error(.headerNotAnObject) }
    var names: Set<String> = []
    var hasMetadata = false
    try parseObject { (parser, name) throws(SafetensorsError) in
      if name == "__metadata__" {
        guard !hasMetadata else { throw parser.error(.duplicateTensor(name)) }
        hasMetadata = true
        try parser.parseMetadata()
      } else {
        guard names.insert(name).inserted else { throw parser.error(.duplicateTensor(name)) }
        parser.items.append(try parser.parseItem(name))
      }
    }
    skipSpace()
    guard position == bytes.count else { throw unexpected("nothing but padding") }
  }

  private mutating func parseMetadata() throws(SafetensorsError) {
    guard next == UInt8(ascii: "{") else { throw error(.invalidMetadata(position: filePosition)) }
    try parseObject { (parser, key) throws(SafetensorsError) in
      guard parser.next == UInt8(ascii: "\"") else {
        throw parser.error(.invalidMetadata(position: parser.filePosition))
      }
      let text = try parser.parseText()
      guard parser.metadata.updateValue(text, forKey: key) == nil else {
        throw parser.error(.duplicateMetadata(key: key))
      }
    }
  }

  private mutating func parseItem(_ name: String) throws(SafetensorsError) -> Item {
    var type: SafetensorsType?
    var shape: [Int]?
    var offsets: [Int]?
    try parseObject { (parser, field) throws(SafetensorsError) in
      let isRepeated: Bool
      switch field {
      case "dtype":
        isRepeated = type != nil
        type = try parser.parseType(tensor: name)
      case "shape":
        isRepeated = shape != nil
        shape = try parser.parseNumbers(tensor: name, field: field)
      case "data_offsets":
        isRepeated = offsets != nil
        offsets = try parser.parseNumbers(tensor: name, field: field)
      default: throw parser.error(.unknownField(tensor: name, field: field))
      }
      if isRepeated { throw parser.error(.duplicateField(tensor: name, field: field)) }
    }
    guard let type else { throw error(.missingField(tensor: name, field: "dtype")) }
    guard let shape else { throw error(.missingField(tensor: name, field: "shape")) }
    guard let offsets else { throw error(.missingField(tensor: name, field: "data_offsets")) }
    guard offsets.count == 2 else {
      throw error(.invalidOffsetCount(tensor: name, count: offsets.count))
    }
    return Item(name: name, type: type, shape: shape, begin: offsets[0], end: offsets[1])
  }

  private mutating func parseType(tensor: String) throws(SafetensorsError) -> SafetensorsType {
    let text = try parseText()
    guard let type = SafetensorsType(rawValue: text) else {
      throw error(.unknownType(tensor: tensor, type: text))
    }
    return type
  }

  private mutating func parseNumbers(
    tensor: String, field: String
  ) throws(SafetensorsError) -> [Int] {
    try expect("[")
    var numbers: [Int] = []
    if accept("]") { return numbers }
    repeat {
      numbers.append(try parseNumber(tensor: tensor, field: field))
    } while accept(",")
    try expect("]")
    return numbers
  }

  private mutating func parseNumber(
    tensor: String, field: String
  ) throws(SafetensorsError) -> Int {
    skipSpace()
    let start = position
    while position < bytes.count, Self.isPartOfNumber(bytes[position]) { position += 1 }
    guard position > start else { throw unexpected("a number") }
    let digits = bytes[start..<position]
    let text = String(decoding: digits.prefix(40), as: UTF8.self)
    guard digits.allSatisfy({ 0x30...0x39 ~= $0 }), digits.count == 1 || digits.first != 0x30,
      digits.count <= 19, let number = Int(text)
    else { throw error(.invalidNumber(tensor: tensor, field: field, text: text)) }
    return number
  }

  private static func isPartOfNumber(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."),
      UInt8(ascii: "e"), UInt8(ascii: "E"):
      true
    default: false
    }
  }
}

// MARK: - JSON

extension HeaderParser {
  /// Parses an object. The closure gets each key and must parse the value.
  private mutating func parseObject(
    _ parseValue: (inout HeaderParser, String) throws(SafetensorsError) -> Void
  ) throws(SafetensorsError) {
    try expect("{")
    if accept("}") { return }
    repeat {
      let key = try parseText()
      try expect(":")
      try parseValue(&self, key)
    } while accept(",")
    try expect("}")
  }

  private mutating func parseText() throws(SafetensorsError) -> String {
    try expect("\"")
    let start = position
    var unescaped: [UInt8] = []
    var copied = start  // earlier bytes are in `unescaped`
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\""):
        unescaped += bytes[copied..<position]
        position += 1
        guard let text = String(validating: unescaped, as: UTF8.self) else {
          throw error(.notUTF8(position: filePosition(start)))
        }
        return text
      case UInt8(ascii: "\\"):
        unescaped += bytes[copied..<position]
        position += 1
        unescaped += try parseEscape()
        copied = position
      case 0..<0x20: throw unexpected("no control character in a string")
      default: position += 1
      }
    }
    throw unexpected("the end of a string")
  }

  /// Returns the bytes of an escape sequence whose backslash has been read.
  private mutating func parseEscape() throws(SafetensorsError) -> [UInt8] {
    guard position < bytes.count else { throw unexpected("an escape") }
    let byte = bytes[position]
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"):
      position += 1
      return [byte]
    case UInt8(ascii: "u"): return Array(String(try parseScalar()).utf8)
    default:
      guard let control = HeaderText.controls[byte] else { throw unexpected("an escape") }
      position += 1
      return [control]
    }
  }

  /// Returns the character of `uXXXX`, or of two of them that form a surrogate pair.
  private mutating func parseScalar() throws(SafetensorsError) -> Unicode.Scalar {
    let start = position
    let first = try parseHexadecimal()
    if let scalar = Unicode.Scalar(first) { return scalar }
    if first < 0xDC00, position < bytes.count, bytes[position] == UInt8(ascii: "\\") {
      position += 1
      let second = try parseHexadecimal()
      if 0xDC00..<0xE000 ~= second,
        let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
      {
        return scalar
      }
    }
    position = start
    throw unexpected("a Unicode character or a pair of surrogates")
  }

  private mutating func parseHexadecimal() throws(SafetensorsError) -> UInt32 {
    let digits = bytes[position...].dropFirst().prefix(4)
    guard position < bytes.count, bytes[position] == UInt8(ascii: "u"), digits.count == 4,
      digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
      let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw unexpected("u and four hexadecimal digits") }
    position += 5
    return value
  }

  /// The next byte that is not white space; nil at the end.
  private var next: UInt8? {
    mutating get {
      skipSpace()
      return position < bytes.count ? bytes[position] : nil
    }
  }

  private mutating func accept(_ character: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func expect(_ character: Unicode.Scalar) throws(SafetensorsError) {
    guard accept(character) else { throw unexpected(String(character)) }
  }

  private mutating func skipSpace() {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x09, 0x0A, 0x0D: position += 1
      default: return
      }
    }
  }

  private var filePosition: Int { filePosition(position) }

  private func filePosition(_ position: Int) -> Int {
    SafetensorsHeader.lengthByteCount + position
  }

  private func unexpected(_ expected: String) -> SafetensorsError {
    error(.invalidJSON(position: filePosition, expected: expected))
  }

  private func error(_ fault: SafetensorsError.Fault) -> SafetensorsError {
    SafetensorsError(file: file, fault: fault)
  }
}
