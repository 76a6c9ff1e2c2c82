/// Which rows of a database are read.
///
/// A table has no order of its own; PostgreSQL gives the rows in another than that in which they
/// came. Where the order matters, because series should come in some order or doubled order lines
/// are looked for, select with a query that ends in `ORDER BY`.
public enum SQLSelection: Equatable, Sendable {
  /// All rows of a table or a view, whose name is taken as it is, with its capital letters and
  /// spaces. A schema is needed where the database would not look in it by itself.
  case table(String, schema: String? = nil)
  /// What one statement answers that only reads, such as
  /// `SELECT sku, day, sum(units) AS units FROM orders GROUP BY sku, day`.
  case query(String)

  /// The statement that gives the rows.
  var statement: String {
    switch self {
    case .table(let name, let schema):
      "SELECT * FROM "
        + [schema, name].compactMap { $0 }.map(Self.quoted).joined(separator: ".")
    case .query(let query): query
    }
  }

  /// What errors call the rows.
  var name: String {
    switch self {
    case .table(let name, let schema):
      "table " + [schema, name].compactMap { $0 }.joined(separator: ".").debugDescription
    case .query: "query"
    }
  }

  /// A name between double quotes, as SQL has it.
  private static func quoted(_ name: String) -> String {
    "\"" + name.replacing("\"", with: "\"\"") + "\""
  }
}
