import ArgumentParser
import Forecasting

/// The columns that together identify a series, as `TableOptions` names them.
struct IdentityColumns {
  /// The values of `--id-column`.
  let idColumn: [String]
  /// The value of `--id-separator`.
  let idSeparator: String?

  /// Checks the values of both options.
  func validate() throws {
    if let name = idColumn.first(where: { Self.parts(of: $0) == nil }) {
      throw ValidationError(
        "--id-column must be names separated by commas, but is \(name.debugDescription).")
    }
    if idSeparator == "" { throw ValidationError("--id-separator must not be empty.") }
    if idSeparator != nil, names.count < 2 {
      throw ValidationError("--id-separator is for several --id-column columns.")
    }
  }

  /// The names of the columns, or `unique_id` by default.
  private var names: [String] {
    idColumn.isEmpty
      ? TableSchema.longTable.identity : idColumn.flatMap { Self.parts(of: $0) ?? [$0] }
  }

  /// The separator of the parts.
  var separator: String { idSeparator ?? TableSchema.longTable.identitySeparator }

  /// Returns the names of the columns in a table. A name with commas that the table contains is a
  /// single column.
  ///
  /// - Parameter columns: The columns of the table, or none if they are not known yet.
  func names(in columns: [String] = []) -> [String] {
    idColumn.isEmpty
      ? names : idColumn.flatMap { columns.contains($0) ? [$0] : Self.parts(of: $0) ?? [$0] }
  }

  /// The first option that was given, or `nil`.
  var firstOption: String? {
    firstGiven([("--id-column", idColumn.first), ("--id-separator", idSeparator)])
  }

  /// Returns the parts of a text, or `nil` if one is empty.
  private static func parts(of text: String) -> [String]? {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    return parts.contains("") ? nil : parts
  }
}

extension DataSchema {
  /// Sets the columns of the identity in the main table.
  mutating func setIdentity(_ names: [String]) {
    switch main {
    case .long(var table):
      table.identity = names
      main = .long(table)
    case .wide(var table):
      table.identity = names
      main = .wide(table)
    case .orders(var table, let rules):
      table.identity = names
      main = .orders(table, rules)
    }
  }
}
