/// A table of texts for a terminal.
package struct TextTable: CustomStringConvertible {
  private let rows: [[String]]

  /// Creates a table of rows of the same length, of which the first is the header.
  package init(_ rows: [[String]]) { self.rows = rows }

  /// The rows as lines of aligned columns, the first to the left and the others to the right,
  /// without a line break at the end.
  package var description: String {
    let widths = (rows.first ?? []).indices.map { column in
      rows.map { $0[column].count }.max() ?? 0
    }
    let lines = rows.map { row in
      row.indices.map { column in
        let padding = String(repeating: " ", count: widths[column] - row[column].count)
        return column == 0 ? row[column] + padding : padding + row[column]
      }.joined(separator: "  ")
    }
    return lines.joined(separator: "\n")
  }
}
