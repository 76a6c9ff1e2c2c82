import Forecasting
import NeuralNetwork
import SQLSources
import Spreadsheets

/// A reference to a source of records in an argument or a schema: the path of a text file, or a
/// database followed by `#` and one of its tables or a query.
///
///     sales.csv.gz
///     sqlite:shop.db#orders
///     postgresql://reports@db.shop.example/shop#SELECT * FROM orders ORDER BY ordered_at
///
/// Every command opens its sources through this type.
struct SourceReference {
  /// The description in help texts.
  static let help = """
    a CSV file, plain or compressed by gzip or ZIP, an Excel workbook (.xlsx), sqlite:FILE#TABLE or postgresql://HOST/DATABASE#TABLE, \
    where a query, #SELECT …, can replace the table.
    """

  private enum Place {
    case text(path: String)
    case sqlite(path: String, SQLSelection)
    case postgreSQL(String, SQLSelection?)
  }

  /// The text as given.
  let text: String
  private let place: Place

  /// Creates a reference by parsing a text.
  ///
  /// - Parameter directory: The directory that a path is relative to, or `nil` for the working
  ///   directory.
  init(_ text: String, relativeTo directory: String? = nil) {
    self.text = text
    let parts = text.split(separator: "#", maxSplits: 1).map(String.init)
    let selection = parts.count == 2 ? Self.selection(parts[1]) : nil
    if ["postgresql://", "postgres://"].contains(where: text.hasPrefix) {
      place = .postgreSQL(parts[0], selection)
    } else if let path = parts.first, path.hasPrefix("sqlite:") {
      // Without a table name, the resulting error lists the existing tables.
      place = .sqlite(
        path: Self.path(String(path.dropFirst("sqlite:".count)), in: directory),
        selection ?? .table(""))
    } else {
      place = .text(path: Self.path(text, in: directory))
    }
  }

  /// A short display name: that of the file or the table. It contains no part of a connection
  /// string, which can hold a password.
  var title: String {
    switch place {
    case .text(let path): Self.fileName(path)
    case .sqlite(let path, .table(let name, _)): Self.fileName(path) + ", " + name
    case .sqlite(let path, .query): Self.fileName(path)
    case .postgreSQL(_, .table(let name, _)): name
    case .postgreSQL: "PostgreSQL"
    }
  }

  private static func fileName(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  /// Registers the source's files as inputs of the run, before anything is read.
  ///
  /// - Throws: A `FileConflict` if one of them is an output.
  func declare() throws(FileConflict) {
    for file in files { try RunFiles.current?.read(file) }
  }

  /// The paths of the files that the source reads.
  private var files: [String] {
    switch place {
    case .text(let path): [path]
    case .sqlite(let path, _): SQLiteSource.files(ofDatabaseAt: path)
    case .postgreSQL: []
    }
  }

  /// Returns a Boolean value that indicates whether two sources provide the same rows, regardless
  /// of how their paths are spelled.
  func isSame(as other: SourceReference) -> Bool {
    switch (place, other.place) {
    case (.text(let path), .text(let other)):
      return Self.isSameFile(path, other)
    case (.sqlite(let path, let selection), .sqlite(let other, let otherSelection)):
      return selection == otherSelection && Self.isSameFile(path, other)
    case (.postgreSQL, .postgreSQL):
      return text == other.text
    default:
      return false
    }
  }

  private static func isSameFile(_ path: String, _ other: String) -> Bool {
    guard let identity = FileIdentity(path: path) else { return path == other }
    return identity == FileIdentity(path: other)
  }

  /// Opens the source. `format` applies only to text.
  func open(_ format: DelimitedFormat) throws(TableError) -> any RecordSource {
    switch place {
    case .text(let path):
      do throws(TableError) {
        return try DelimitedRecordSource(path: path, format: format)
      } catch {
        guard case .notText(ForeignKind.excelWorkbook.rawValue, _) = error.fault else {
          throw Self.namingTables(error, path)
        }
        return try WorkbookSource(path: path, sheet: format.sheet, format: format)
      }
    case .sqlite(let path, let selection):
      return try SQLiteSource(path: path, selection)
    case .postgreSQL(let connection, let selection):
      guard let selection else {
        throw TableError(
          file: "PostgreSQL",
          fault: .database(
            .badConnectionString(
              reason: "it names no table after a #, as postgresql://…/shop#orders does")))
      }
      return try PostgreSQLSource(connection, selection)
    }
  }

  /// Returns an error that names the tables of a file that turns out to be an SQLite database.
  private static func namingTables(_ error: TableError, _ path: String) -> TableError {
    guard case .notText(let kind, _) = error.fault, kind == ForeignKind.sqlite.rawValue,
      let present = tables(ofDatabaseAt: path), !present.isEmpty
    else { return error }
    let references = present.prefix(5).map { "\"sqlite:\(path)#\($0)\"" }
    return TableError(
      file: path,
      fault: .notText(
        kind: kind, fix: "specify one of its tables: " + references.joined(separator: " or ")))
  }

  /// Returns the names of the tables, or `nil` if the database cannot be read.
  private static func tables(ofDatabaseAt path: String) -> [String]? {
    do throws(TableError) {
      _ = try SQLiteSource(path: path, .table(""))
      return nil
    } catch {
      guard case .database(.noTable(_, let present)) = error.fault else { return nil }
      return present
    }
  }

  /// Returns a query if the text begins like one, or otherwise a table, optionally preceded by its
  /// schema and a period.
  private static func selection(_ text: String) -> SQLSelection {
    let word = text.prefix { $0.isLetter }.uppercased()
    if ["SELECT", "WITH", "VALUES"].contains(word), text.contains(where: \.isWhitespace) {
      return .query(text)
    }
    let parts = text.split(separator: ".", maxSplits: 1).map(String.init)
    return parts.count == 2 ? .table(parts[1], schema: parts[0]) : .table(text)
  }

  private static func path(_ path: String, in directory: String?) -> String {
    guard let directory, !directory.isEmpty, !path.hasPrefix("/") else { return path }
    return directory + "/" + path
  }
}
