/// A reader of sparse rows from text in the format of LIBSVM or LIBFFM, uncompressed or compressed
/// with gzip.
///
/// ```text
/// 1 3:0.5 7:1 # a comment                  LIBSVM: label index:value …
/// 0 qid:2 1:1 4:0.25                       with the group of a ranking data set
/// 1 0:3:0.5 1:7:1                          LIBFFM: label field:index:value …
/// ```
///
/// Fields are separated by spaces or tabs, lines end in LF or CR LF, and empty lines and comments are
/// skipped. Entries can be in any order. A value that is missing or not finite, and an index that
/// occurs twice in a row, are errors.
///
/// ```swift
/// var reader = SparseRowsReader()
/// let training = try reader.read("train.svm.gz")
/// reader.columnCount = training.rows.columnCount
/// let test = try reader.read("test.svm.gz")
/// ```
public struct SparseRowsReader: Sendable {
  /// The format of the text.
  public var format: Format
  /// The index of the first feature, 0 or 1. If it is `nil`, it is 0 for LIBFFM, and for LIBSVM 0 if
  /// the file has an index 0 and otherwise 1, as in scikit-learn's `load_svmlight_file`. Set it
  /// when reading several files of one data set.
  public var firstIndex: Int?
  /// The number of columns, D, or `nil` to derive it from the largest index. A larger index is then
  /// an error.
  public var columnCount: Int?
  /// The number of fields, F, or `nil` to derive it from the largest field of a LIBFFM file.
  public var fieldCount: Int?
  /// The maximum length of a line, in bytes.
  public var lineLimit = 1 << 26

  /// A format of sparse rows.
  public enum Format: String, Sendable, CaseIterable {
    /// `label index:value …`
    case libsvm
    /// `label field:index:value …`
    case libffm
  }

  /// Creates a reader. Stops the program if the first index is neither 0 nor 1.
  public init(
    _ format: Format = .libsvm, firstIndex: Int? = nil, columnCount: Int? = nil,
    fieldCount: Int? = nil
  ) {
    guard 0...1 ~= firstIndex ?? 0 else {
      fatalError("SparseRowsReader: expected a first index of 0 or 1, got \(firstIndex ?? 0)")
    }
    self.format = format
    self.firstIndex = firstIndex
    self.columnCount = columnCount
    self.fieldCount = fieldCount
  }

  /// Reads the rows of a file.
  ///
  /// - Throws: A ``SparseRowsError`` that names the file and line, and says how to fix it.
  public func read(_ path: String) throws(SparseRowsError) -> LabeledRows {
    let source: FileByteSource
    do throws(TableError) { source = try FileByteSource(path: path) } catch {
      throw SparseRowsError(file: error.file, line: nil, fault: .unreadable(error.fault))
    }
    return try read(source)
  }

  /// Reads the rows of a text.
  ///
  /// - Throws: A ``SparseRowsError`` that names the source and line, and says how to fix it.
  public func read(_ bytes: any ByteSource) throws(SparseRowsError) -> LabeledRows {
    var lines = try LineSource(bytes, limit: lineLimit)
    var parsed = ParsedRows(format: format)
    while try lines.next({ line throws(SparseRowsError.Fault) in try parsed.append(line) }) {
      parsed.finishLine(lines.line)
    }
    do throws(ParsedRows.Failure) {
      return try parsed.rows(
        firstIndex: firstIndex, columnCount: columnCount, fieldCount: fieldCount)
    } catch {
      throw SparseRowsError(file: lines.name, line: error.line, fault: error.fault)
    }
  }
}
