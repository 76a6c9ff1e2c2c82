/// The rows to read from a database.
///
/// Tables are unordered. PostgreSQL can return the rows in a different order than they were
/// inserted in. If order matters, for example for the order of series or for finding duplicate
/// order lines, select the rows with a query that ends in `ORDER BY`.
public enum SQLSelection: Equatable, Sendable {
  /// All rows of a table or view. The name is used as given, including capital letters and spaces.
  /// Specify a schema if the database does not search it by default.
  case table(String, schema: String? = nil)
  /// The result of a single read-only statement, such as `SELECT sku, day, sum(units) AS units FROM
  /// orders GROUP BY sku, day`.
  case query(String)

  /// The statement that returns the rows.
  var statement: String {
    switch self {
    case .table(let name, let schema):
      "SELECT * FROM "
        + [schema, name].compactMap { $0 }.map(Self.quoted).joined(separator: ".")
    case .query(let query): query
    }
  }

  /// The name of the rows in error messages.
  var name: String {
    switch self {
    case .table(let name, let schema):
      "table " + [schema, name].compactMap { $0 }.joined(separator: ".").debugDescription
    case .query: "query"
    }
  }

  /// Returns a name in double quotes, as SQL requires.
  private static func quoted(_ name: String) -> String {
    "\"" + name.replacing("\"", with: "\"\"") + "\""
  }
}
