/// A kind of file that is not delimited text but is often given in its place.
public enum ForeignKind: String, Sendable, CaseIterable {
  // Other text formats.
  case utf16 = "text in UTF-16"
  case utf32 = "text in UTF-32"
  case json = "JSON"
  case jsonLines = "JSON lines"
  case html = "an HTML page"
  case xml = "XML"
  case gitLFSPointer = "a Git LFS pointer instead of the file itself"

  // Compressed files and archives.
  case gzip = "compressed by gzip twice"
  case bzip2 = "compressed by bzip2"
  case xz = "compressed by xz"
  case lzma = "compressed by LZMA"
  case zstandard = "compressed by Zstandard"
  case lz4 = "compressed by LZ4"
  case compress = "compressed by compress"
  case zip = "a ZIP archive"
  case tar = "a tar archive"
  case sevenZip = "a 7-Zip archive"
  case rar = "a RAR archive"

  // Spreadsheets and documents.
  case excelWorkbook = "an Excel workbook"
  case oldExcelWorkbook = "an old Excel workbook"
  case openDocumentSpreadsheet = "an OpenDocument spreadsheet"
  case document = "a text document"
  case pdf = "a PDF document"
  case image = "an image"

  // Data files of other programs.
  case parquet = "a Parquet file"
  case feather = "a Feather or Arrow file"
  case arrowStream = "an Arrow stream"
  case orc = "an ORC file"
  case avro = "an Avro file"
  case hdf5 = "an HDF5 file"
  case pickle = "a Python pickle"
  case numPy = "a NumPy array"
  case numPyArchive = "an archive of NumPy arrays"
  case matlab = "a MATLAB file"
  case rData = "an R workspace"
  case rds = "an R object"
  case stata = "a Stata dataset"
  case sas = "a SAS dataset"
  case sasTransport = "a SAS transport file"
  case spss = "an SPSS dataset"
  case access = "an Access database"
  case duckDB = "a DuckDB database"
  case sqlite = "an SQLite database"
  case safetensors = "a safetensors file, such as a panel or a model"
}

extension ForeignKind {
  /// The number of leading bytes that identify a kind.
  static let startLength = 4096

  /// Identifies the kind of a file by its first ``startLength`` bytes, or all if there are fewer.
  /// Returns `nil` for possible delimited text.
  package init?(startingWith start: ArraySlice<UInt8>) {
    let start = Array(start)
    // Letters alone could be a header: `ORC,ds,y`.
    let isBinary = start.contains { $0 < 0x09 || (0x0E...0x1A).contains($0) }
    for (offset, bytes, kind) in isBinary ? Self.signatures + Self.letters : Self.signatures
    where start.dropFirst(offset).starts(with: bytes) {
      self = kind == .zip ? Self.kind(ofArchive: start) : kind
      return
    }
    if Self.isPickle(start) {
      self = .pickle
    } else if Self.isSafetensors(start) {
      self = .safetensors
    } else if let text = Self.kind(ofText: start) ?? Self.wideText(start) {
      self = text
    } else {
      return nil
    }
  }

  private typealias Signature = (offset: Int, bytes: [UInt8], kind: ForeignKind)

  /// Leading bytes that do not occur in delimited text. UTF-32 precedes UTF-16, whose mark is the
  /// first half of its mark.
  private static let signatures: [Signature] = [
    (0, [0xFF, 0xFE, 0, 0], .utf32), (0, [0, 0, 0xFE, 0xFF], .utf32),
    (0, [0xFF, 0xFE], .utf16), (0, [0xFE, 0xFF], .utf16),
    (0, [0x1F, 0x8B], .gzip), (0, [0x1F, 0x9D], .compress),
    (0, [0x28, 0xB5, 0x2F, 0xFD], .zstandard),
    (0, [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], .xz), (0, [0x5D, 0, 0], .lzma),
    (0, [0x04, 0x22, 0x4D, 0x18], .lz4), (4, Array("1AY&SY".utf8), .bzip2),
    (0, [0x50, 0x4B, 3, 4], .zip), (0, [0x50, 0x4B, 5, 6], .zip), (0, [0x50, 0x4B, 7, 8], .zip),
    (0, [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], .sevenZip),
    (0, Array("Rar!".utf8) + [0x1A, 7], .rar),
    (0, [0xD0, 0xCF, 0x11, 0xE0], .oldExcelWorkbook),
    (0, [0x09, 0x08, 0x10, 0], .oldExcelWorkbook),
    (0, [0x09, 0x04, 0x06, 0], .oldExcelWorkbook), (0, [0x09, 0x02, 0x06, 0], .oldExcelWorkbook),
    (0, [0x09, 0x00, 0x04, 0], .oldExcelWorkbook), (0, [0x09, 0x08, 0x08, 0], .oldExcelWorkbook),
    (0, [0x89] + Array("HDF\r\n".utf8), .hdf5), (0, [0x89] + Array("PNG".utf8), .image),
    (0, [0xFF, 0xD8, 0xFF], .image), (0, [0x93] + Array("NUMPY".utf8), .numPy),
    (0, [0xFF, 0xFF, 0xFF, 0xFF], .arrowStream), (0, Array("%PDF-".utf8), .pdf),
    (0, Array("{\\rtf".utf8), .document), (0, Array("MATLAB 5.0 MAT-file".utf8), .matlab),
    (0, Array("<stata_dta>".utf8), .stata),
    (0, Array("HEADER RECORD*******LIBRARY HEADER RECORD".utf8), .sasTransport),
    (0, Array("version https://git-lfs.github.com/".utf8), .gitLFSPointer),
    (0, Array(repeating: 0, count: 12) + [0xC2, 0xEA, 0x81, 0x60], .sas),
    (4, Array("Standard Jet DB".utf8), .access), (4, Array("Standard ACE DB".utf8), .access),
  ]

  /// Leading letters of files that also contain bytes that do not occur in text.
  private static let letters: [Signature] = [
    (0, Array("PAR1".utf8), .parquet), (0, Array("PARE".utf8), .parquet),
    (0, Array("ARROW1".utf8), .feather), (0, Array("FEA1".utf8), .feather),
    (0, Array("ORC".utf8), .orc), (0, Array("Obj\u{1}".utf8), .avro),
    (0, Array("RDX2\n".utf8), .rData), (0, Array("RDX3\n".utf8), .rData),
    (0, Array("X\n\0\0\0".utf8), .rds), (0, Array("A\n2\n".utf8), .rds),
    (0, Array("$FL2".utf8), .spss), (0, Array("$FL3".utf8), .spss),
    (0, Array("SQLite format 3\0".utf8), .sqlite), (8, Array("DUCK".utf8), .duckDB),
    (257, Array("ustar".utf8), .tar), (0, Array("GIF8".utf8), .image),
    (0, Array("BM".utf8), .image),
    (0, Array("II*\0".utf8), .image), (0, Array("MM\0*".utf8), .image),
    (8, Array("WEBP".utf8), .image), (4, Array("ftyphei".utf8), .image),
    (0, [113, 1, 1, 0], .stata), (0, [113, 2, 1, 0], .stata), (0, [114, 1, 1, 0], .stata),
    (0, [114, 2, 1, 0], .stata), (0, [115, 1, 1, 0], .stata), (0, [115, 2, 1, 0], .stata),
  ]

  /// Returns the kind of a ZIP archive's contents, based on the names of its first files.
  private static func kind(ofArchive start: [UInt8]) -> ForeignKind {
    func holds(_ name: String) -> Bool { start.firstRange(of: Array(name.utf8)) != nil }
    if holds("opendocument.spreadsheet") { return .openDocumentSpreadsheet }
    if holds("opendocument.text") || holds("word/") { return .document }
    if holds("[Content_Types].xml") || holds("xl/") || holds("_rels/.rels") || holds("docProps/") {
      return .excelWorkbook
    }
    return holds(".npy") ? .numPyArchive : .zip
  }

  /// Returns a Boolean value that indicates whether the bytes are a pickle of protocol 2 or later.
  /// Earlier protocols begin like text.
  private static func isPickle(_ start: [UInt8]) -> Bool {
    start.count > 2 && start[0] == 0x80 && (2...5).contains(start[1])
  }

  /// Returns a Boolean value that indicates whether the bytes are the length of a safetensors
  /// header, in eight bytes, and a brace.
  private static func isSafetensors(_ start: [UInt8]) -> Bool {
    start.count > 8 && start[5..<8].allSatisfy { $0 == 0 } && start[8] == UInt8(ascii: "{")
  }

  /// Returns the kind of UTF-16 or UTF-32 text without a byte-order mark: every second byte at the
  /// start is NUL, or three of every four.
  private static func wideText(_ start: [UInt8]) -> ForeignKind? {
    let units = start.prefix(64)
    guard units.count >= 8 else { return nil }
    let zeros = (0..<4).map { place in
      units.indices.filter { $0 % 4 == place }.allSatisfy { units[$0] == 0 }
    }
    switch zeros {
    case [false, true, true, true], [true, true, true, false]: return .utf32
    case [false, true, false, true], [true, false, true, false]: return .utf16
    default: return nil
    }
  }

  /// Returns the kind of markup or JSON.
  private static func kind(ofText start: [UInt8]) -> ForeignKind? {
    let mark = start.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let text = start.dropFirst(mark).drop { $0 == 0x20 || (0x09...0x0D).contains($0) }
    switch text.first {
    case UInt8(ascii: "<"): return kind(ofMarkup: text)
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      guard let shape = JSONShape(startingWith: text) else { return nil }
      return shape == .lines || shape == .arrayLines ? .jsonLines : .json
    default: return nil
    }
  }

  /// Returns the kind of markup. A header such as `<TICKER>,<DATE>` is not markup.
  private static func kind(ofMarkup text: ArraySlice<UInt8>) -> ForeignKind? {
    let start = String(decoding: text.prefix(64), as: UTF8.self).lowercased()
    if start.hasPrefix("<?xml") { return .xml }
    let tags = ["!doctype html", "html", "head", "meta", "body", "table", "style", "div"]
    for tag in tags where start.hasPrefix("<" + tag) {
      let next = start.dropFirst(tag.count + 1).first
      // A field separator after the tag indicates a column name.
      if next == " " || next == "\n" || next == "\r" { return .html }
      guard next == ">" else { continue }
      let behind = start.dropFirst(tag.count + 2).first
      if behind == nil || !",;\t".contains(behind!) { return .html }
    }
    return nil
  }
}
