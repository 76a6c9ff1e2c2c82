/// A shell command that converts a file to delimited text.
struct Conversion {
  let command: String
  /// The software that must be installed in addition to Python or the tool itself, or `nil` if
  /// none.
  var needs: String?
  /// A remark that follows the command, or an empty text.
  var remark = ""

  /// Creates a command, or returns `nil` for a kind that no command converts in general.
  init?(of file: ForeignFile) {
    let output = shellQuoted(file.newPath())
    let input = shellQuoted(file.path)
    if let tool = Self.decoder(file) {
      let first = file.isInGzip ? "gzip -dc \(input) | \(tool)" : "\(tool) \(input)"
      self.init(command: "\(first) > \(output)")
    } else if let tool = Self.archiveTool(file) {
      self.init(command: "\(tool) > \(output)")
    } else if let expression = Self.rExpression(file.kind) {
      let arguments = "\(input) \(output)"
      self.init(
        command: "Rscript -e \"a <- commandArgs(TRUE); write.csv(\(expression), a[2], "
          + "row.names = FALSE)\" \(arguments)", needs: "R")
    } else if let (program, needs) = Self.pythonProgram(file) {
      self.init(python: program, needs, file, output)
      if file.kind == .pickle { remark = "; loading a pickle runs its code, so trust its source" }
    } else {
      return nil
    }
  }

  private init(command: String, needs: String? = nil) {
    (self.command, self.needs) = (command, needs)
  }

  /// Creates a command that runs a Python program with the paths of the input and output as
  /// arguments. A file in a gzip file is decompressed first.
  private init(python program: String, _ needs: String?, _ file: ForeignFile, _ output: String) {
    var path = shellQuoted(file.path)
    var first = ""
    if file.isInGzip {
      let unpacked = shellQuoted(file.newPath(ending: file.kind.unpackedEnding))
      (first, path) = ("gzip -dc \(path) > \(unpacked) && ", unpacked)
    }
    self.init(
      command: first + "python3 -c \"\(program)\" \(path) \(output)", needs: needs)
  }

  /// Returns the tool that decodes a compressed file to standard output.
  private static func decoder(_ file: ForeignFile) -> String? {
    switch file.kind {
    case .gzip, .compress: "gzip -dc"
    case .bzip2: "bzip2 -dc"
    case .xz: "xz -dc"
    case .lzma: "xz --format=lzma -dc"
    case .zstandard: "zstd -dc"
    case .lz4: "lz4 -dc"
    case .utf32: "iconv -f UTF-32\(byteOrder(file.start)) -t UTF-8"
    default: nil
    }
  }

  /// Returns the byte order to pass to `iconv` if there is no byte-order mark.
  private static func byteOrder(_ start: ArraySlice<UInt8>) -> String {
    let isMarked = start.prefix(4).contains(0xFE)
    return isMarked ? "" : start.first == 0 ? "BE" : "LE"
  }

  /// Returns the tool that extracts the first file of an archive to standard output.
  private static func archiveTool(_ file: ForeignFile) -> String? {
    let path = shellQuoted(file.path)
    switch (file.kind, file.isInGzip) {
    case (.tar, let isInGzip):
      let name = String(decoding: file.start.prefix(100).prefix { $0 != 0 }, as: UTF8.self)
      return "tar -x\(isInGzip ? "z" : "")Of \(path) \(shellQuoted(name))"
    case (.sevenZip, false): return "7z e -so \(path)"
    case (.rar, false): return "unrar p -inul \(path)"
    default: return nil
    }
  }

  /// Returns the R expression that reads a file. R reads its files compressed or uncompressed.
  private static func rExpression(_ kind: ForeignKind) -> String? {
    switch kind {
    case .rData: "get(load(a[1])[1])"
    case .rds: "readRDS(a[1])"
    default: nil
    }
  }

  private static func pythonProgram(_ file: ForeignFile) -> (program: String, needs: String?)? {
    func pandas(_ read: String, _ needs: String) -> (String, String?) {
      (
        "import pandas, sys; pandas.\(read).to_csv(sys.argv[2], index=False)",
        needs.isEmpty ? "pandas" : "pandas and \(needs)"
      )
    }
    switch file.kind {
    case .json, .jsonLines:
      return JSONShape(startingWith: file.start)?.pythonProgram.map { ($0, nil) }
    case .html: return pandas("read_html(sys.argv[1])[0]", "lxml")
    case .excelWorkbook: return pandas("read_excel(sys.argv[1])", "openpyxl")
    case .oldExcelWorkbook: return pandas("read_excel(sys.argv[1])", "xlrd")
    case .openDocumentSpreadsheet: return pandas("read_excel(sys.argv[1], engine='odf')", "odfpy")
    case .parquet: return pandas("read_parquet(sys.argv[1])", "pyarrow")
    case .feather: return pandas("read_feather(sys.argv[1])", "pyarrow")
    case .orc: return pandas("read_orc(sys.argv[1])", "pyarrow")
    case .hdf5: return pandas("read_hdf(sys.argv[1])", "tables")
    case .pickle: return pandas("read_pickle(sys.argv[1], compression=None)", "")
    case .numPy: return pandas("DataFrame(__import__('numpy').load(sys.argv[1]))", "")
    case .stata: return pandas("read_stata(sys.argv[1])", "")
    case .sas: return pandas("read_sas(sys.argv[1], format='sas7bdat', encoding='latin-1')", "")
    case .sasTransport:
      return pandas("read_sas(sys.argv[1], format='xport', encoding='latin-1')", "")
    case .spss: return pandas("read_spss(sys.argv[1])", "pyreadstat")
    case .arrowStream:
      return (
        "import pyarrow.ipc, sys; pyarrow.ipc.open_stream(sys.argv[1]).read_pandas()"
          + ".to_csv(sys.argv[2], index=False)", "pandas and pyarrow"
      )
    default: return nil
    }
  }
}

extension ForeignKind {
  /// The file extension for the contents of a gzip file. Pandas requires some of them.
  fileprivate var unpackedEnding: String {
    switch self {
    case .excelWorkbook: ".xlsx"
    case .oldExcelWorkbook: ".xls"
    case .openDocumentSpreadsheet: ".ods"
    case .json, .jsonLines: ".json"
    default: ".unpacked"
    }
  }
}

extension JSONShape {
  /// A Python program without dependencies that writes the records as CSV, or `nil` for a shape
  /// without records.
  fileprivate var pythonProgram: String? {
    let read = "json.load(open(sys.argv[1], encoding='utf-8-sig'))"
    let lines = "[json.loads(s) for s in open(sys.argv[1], encoding='utf-8-sig') if s.strip()]"
    let write = "w = csv.writer(open(sys.argv[2], 'w', newline='', encoding='utf-8'))"
    func records(_ expression: String) -> String {
      "import csv, json, sys; r = \(expression); c = list(dict.fromkeys(k for x in r for k in x)); "
        + "\(write); w.writerows([c] + [[x.get(k) for k in c] for x in r])"
    }
    func rows(_ expression: String) -> String {
      "import csv, json, sys; r = \(expression); \(write); w.writerows(r)"
    }
    switch self {
    case .lines: return records(lines)
    case .arrayLines: return rows(lines)
    case .records: return records(read)
    case .rows: return rows(read)
    case .recordsUnder(let key):
      // A key that Python or the shell would interpret gets no command.
      let isPlain = key.unicodeScalars.allSatisfy {
        $0.isASCII && ($0.properties.isAlphabetic || $0.properties.numericType != nil || $0 == "_")
      }
      return isPlain ? records("\(read)['\(key)']") : nil
    case .columns: return rows("\(read); r = [r.keys(), *zip(*r.values())]")
    case .columnsByIndex:
      return rows("\(read); r = [r.keys(), *zip(*(x.values() for x in r.values()))]")
    case .recordsByIndex: return records("list(\(read).values())")
    case .other: return nil
    }
  }
}
