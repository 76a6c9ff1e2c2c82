/// A ZIP archive in memory.
///
/// Its directory, at the end, lists its files. Files that are stored or deflated can be read, which is
/// all that spreadsheet programs and file managers write (PKWARE APPNOTE 6.3).
package struct ZipArchive: Sendable {
  /// A file of an archive.
  package struct Entry: Sendable {
    /// The path of the file in the archive.
    package let path: String
    fileprivate let method: Int
    fileprivate let isEncrypted: Bool
    fileprivate let checksum: ArraySlice<UInt8>
    fileprivate let compressedCount: Int
    fileprivate let count: ArraySlice<UInt8>
    fileprivate let start: Int
  }

  /// The path of the archive.
  package let name: String
  /// The files, without directories and what macOS adds.
  package let entries: [Entry]
  private let bytes: [UInt8]

  /// Reads an archive and its directory.
  ///
  /// - Throws: A `TableError` if the bytes can't be read or are no archive.
  package init(_ source: any ByteSource) throws(TableError) {
    name = source.name
    bytes = try source.readAll()
    let damaged = TableError(
      file: source.name,
      fault: .notText(kind: "a damaged ZIP archive", fix: "download or export it again"))
    let reader = ByteFields(bytes)
    // The end of the directory has 22 bytes and a comment of up to 65,535.
    let lowest = max(0, bytes.count - 22 - 0xFFFF)
    let places = stride(from: bytes.count - 22, through: lowest, by: -1)
    guard let end = places.first(where: { reader.number($0, 4) == 0x0605_4B50 }),
      let count = reader.number(end + 10, 2), var place = reader.number(end + 16, 4)
    else { throw damaged }
    var entries: [Entry] = []
    for _ in 0..<count {
      guard reader.number(place, 4) == 0x0201_4B50, let nameCount = reader.number(place + 28, 2),
        let extraCount = reader.number(place + 30, 2),
        let commentCount = reader.number(place + 32, 2),
        let flags = reader.number(place + 8, 2), let method = reader.number(place + 10, 2),
        let compressedCount = reader.number(place + 20, 4),
        let start = reader.number(place + 42, 4),
        let path = reader.slice(place + 46, nameCount)
      else { throw damaged }
      entries.append(
        Entry(
          path: String(decoding: path, as: UTF8.self), method: method, isEncrypted: flags & 1 == 1,
          checksum: bytes[(place + 16)..<(place + 20)], compressedCount: compressedCount,
          count: bytes[(place + 24)..<(place + 28)], start: start))
      place += 46 + nameCount + extraCount + commentCount
    }
    self.entries = entries.filter { !$0.path.hasSuffix("/") && !$0.path.hasPrefix("__MACOSX/") }
  }

  /// Returns the file with a path, or nil if there is none.
  package func entry(_ path: String) -> Entry? { entries.first { $0.path == path } }

  /// Returns a source of the contents of a file, decompressed as they are read. Their checksum and length
  /// are checked.
  ///
  /// - Throws: A `TableError` if the file is encrypted, compressed in another way, or damaged.
  package func source(of entry: Entry) throws(TableError) -> any ByteSource {
    func error(_ kind: String, _ fix: String) -> TableError {
      TableError(file: name, fault: .notText(kind: kind, fix: fix))
    }
    if entry.isEncrypted { throw error("encrypted", "save it without a password") }
    let reader = ByteFields(bytes)
    guard reader.number(entry.start, 4) == 0x0403_4B50,
      let nameCount = reader.number(entry.start + 26, 2),
      let extraCount = reader.number(entry.start + 28, 2),
      let data = reader.slice(entry.start + 30 + nameCount + extraCount, entry.compressedCount)
    else { throw error("a damaged ZIP archive", "download or export it again") }
    switch entry.method {
    case 0: return MemoryByteSource(Array(data), name: name)
    case 8:
      // The contents of a file are those of a gzip file without its header and trailer (RFC 1952).
      let header: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]
      return GzipByteSource(
        MemoryByteSource(header + data + entry.checksum + entry.count, name: name))
    default:
      throw error(
        "a ZIP archive with an unknown compression", "compress it again, or decompress it first")
    }
  }
}

/// Little-endian numbers in bytes.
private struct ByteFields {
  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Returns a number of a few bytes, or nil if they are not all there.
  func number(_ place: Int, _ count: Int) -> Int? {
    slice(place, count)?.reversed().reduce(0) { $0 << 8 | Int($1) }
  }

  func slice(_ place: Int, _ count: Int) -> ArraySlice<UInt8>? {
    guard place >= 0, place <= bytes.count, count <= bytes.count - place else { return nil }
    return bytes[place..<place + count]
  }
}
