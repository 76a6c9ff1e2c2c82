import Forecasting
import SQLSources

/// What an argument or a schema calls a source of records, and how it is opened: the path of a text, or
/// a database and, after a `#`, one of its tables or a query.
///
///     sales.csv.gz
///     sqlite:shop.db#orders
///     postgresql://reports@db.shop.example/shop#SELECT * FROM orders ORDER BY ordered_at
///
/// Every source of every command comes from here.
struct SourceReference {
  /// What help texts say of it.
  static let help = """
    a CSV file, plain or compressed by gzip, sqlite:FILE#TABLE or postgresql://HOST/DATABASE#TABLE, \
    where a query, #SELECT …, may stand in place of the table.
    """

  private enum Place {
    case text(path: String)
    case sqlite(path: String, SQLSelection)
    case postgreSQL(String, SQLSelection?)
  }

  private let place: Place

  /// - Parameter directory: The directory that a path is relative to; nil for the working directory.
  init(_ text: String, relativeTo directory: String? = nil) {
    let parts = text.split(separator: "#", maxSplits: 1).map(String.init)
    let selection = parts.count == 2 ? Self.selection(parts[1]) : nil
    if ["postgresql://", "postgres://"].contains(where: text.hasPrefix) {
      place = .postgreSQL(parts[0], selection)
    } else if let path = parts.first, path.hasPrefix("sqlite:") {
      // Where no table is named, the error that there is none lists those that there are.
      place = .sqlite(
        path: Self.path(String(path.dropFirst("sqlite:".count)), in: directory),
        selection ?? .table(""))
    } else {
      place = .text(path: Self.path(text, in: directory))
    }
  }

  /// Opens the source; `format` is of concern for texts only.
  func open(_ format: DelimitedFormat) throws(TableError) -> any RecordSource {
    switch place {
    case .text(let path):
      return try DelimitedRecordSource(path: path, format: format)
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

  /// A query where the text begins as one does, else a table, with its schema before a point.
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
