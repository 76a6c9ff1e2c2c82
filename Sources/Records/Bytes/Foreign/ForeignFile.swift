#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file that is not delimited text, and the advice for converting it.
struct ForeignFile {
  let kind: ForeignKind
  /// The path as given.
  let path: String
  /// A Boolean value that indicates whether the file of this kind is inside a gzip file.
  let isInGzip: Bool
  /// The first bytes of the file or, if it is compressed, of its contents.
  let start: ArraySlice<UInt8>

  /// The fault, with advice that works for this particular file.
  package var fault: TableError.Fault {
    .notText(
      kind: kind.rawValue + (isInGzip && kind != .gzip ? ", compressed by gzip" : ""), fix: fix)
  }

  /// The advice: a shell command if one is known, with the path if the file is a regular one.
  private var fix: String {
    if kind == .sqlite, !isInGzip { return "specify one of its tables: sqlite:\(path)#TABLE" }
    if kind == .safetensors, !isInGzip {
      return "foresight inspect and foresight forecast read a panel, and --model takes a model"
    }
    guard let conversion = Conversion(of: self) else { return kind.withoutCommand }
    guard isRegular else { return "convert it to CSV in UTF-8" }
    return "to convert it, run: \(conversion.command)"
      + (conversion.needs.map { " (needs \($0))" } ?? "") + conversion.remark
  }

  /// Returns an unused path for the result of a conversion.
  func newPath(ending: String = ".csv") -> String {
    var base = path
    for known in Self.endings where base.lowercased().hasSuffix(known) && base.count > known.count {
      base = String(base.dropLast(known.count))
    }
    let names = [base, base + "-converted"] + (2...99).map { base + "-converted-\($0)" }
    return names.map { $0 + ending }.first { access($0, F_OK) != 0 && $0 != path }
      ?? base + "-new" + ending
  }

  private var isRegular: Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  /// The file extensions that a conversion drops. Those of compressed files come first.
  private static let endings = [
    ".gz", ".tgz", ".bz2", ".xz", ".lzma", ".zst", ".lz4", ".z", ".zip", ".tar", ".7z", ".rar",
    ".json", ".jsonl", ".ndjson", ".html", ".htm", ".xml", ".xlsx", ".xlsm", ".xlsb", ".xls",
    ".ods",
    ".parquet", ".feather", ".arrow", ".orc", ".h5", ".hdf5", ".pkl", ".pickle", ".npy", ".rdata",
    ".rda", ".rds", ".dta", ".sas7bdat", ".xpt", ".sav", ".mdb", ".accdb", ".csv", ".tsv", ".txt",
  ]
}

extension ForeignKind {
  /// The advice for a kind that no command converts.
  fileprivate var withoutCommand: String {
    switch self {
    case .gitLFSPointer: "fetch the file with git lfs pull"
    case .pdf, .image, .document:
      "export the table as CSV in UTF-8 from the program that created it"
    default: "export it as CSV in UTF-8"
    }
  }
}

/// Returns a word quoted for the shell.
package func shellQuoted(_ word: String) -> String {
  let plain = word.utf8.allSatisfy { byte in
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
      || Array("._/+=:,-@%".utf8).contains(byte)
  }
  let word = word.hasPrefix("-") ? "./" + word : word
  return plain && !word.isEmpty ? word : "'" + word.replacing("'", with: #"'\''"#) + "'"
}
