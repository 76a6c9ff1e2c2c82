/// A detector of rows with totals at the end of a table, which spreadsheets often have.
///
/// An unreadable row is held back if its id is empty, or if its id, date, or first field is a word
/// such as `Total`. If a valid row follows, the held row is an error. At the end of the table, it
/// is skipped if it contains such a word or if its values are the sums of all rows.
package struct TotalRows {
  private let keys: [Int]
  private let values: [Int]
  private var held: [Row] = []

  /// Creates a detector.
  ///
  /// - Parameters:
  ///   - keys: The positions of the id, if there is one, and of the date.
  ///   - values: The positions of the summed columns.
  package init(keys: [Int], values: [Int]) {
    self.keys = keys
    self.values = values
  }

  private struct Row {
    let error: TableError
    let place: RecordPlace
    let text: String
    let source: String?
    let saysTotal: Bool
    let values: [Double?]
  }

  /// Holds back the cursor's current record, which is unreadable.
  ///
  /// - Throws: The error, if the record does not look like a row of totals.
  package mutating func hold(_ error: TableError, _ cursor: borrowing RecordCursor)
    throws(TableError)
  {
    let fieldCount = cursor.record.fieldCount
    let isWhole = fieldCount == cursor.columns.names.count
    let first = (0..<fieldCount).first { !cursor.record[$0].trimmed.isEmpty }
    let texts = keys.filter { $0 < fieldCount }.map { cursor.record.text($0) }
    let saysTotal = (texts + (first.map { [cursor.record.text($0)] } ?? [])).contains {
      TotalWords.contains($0)
    }
    let isAboutKey = keys.contains { cursor.columns.names[$0] == error.column }
    let lacksKey = texts.first?.allSatisfy(\.isWhitespace) == true
    guard
      saysTotal && fieldCount <= cursor.columns.names.count && (isAboutKey || !isWhole)
        || lacksKey && isAboutKey
    else { throw error }
    let example = cursor.example()
    held.append(
      Row(
        error: error, place: cursor.place, text: example.text, source: example.source,
        saysTotal: saysTotal,
        values: values.map { place in
          guard isWhole, case .number(let value) = cursor.number(place) else { return nil }
          return value
        }))
  }

  /// Throws the error of the first row held back, if there is one. Call this when a valid row
  /// follows.
  package func checkNoneHeld() throws(TableError) {
    if let first = held.first { throw first.error }
  }

  /// Returns the rows to skip at the end of the table.
  ///
  /// - Parameter sums: Returns the sums of all valid rows, or `nil` if nothing is summed.
  /// - Throws: The error of a held row that does not contain totals.
  package func skipped(sums: () -> [Double]?) throws(TableError) -> [SetAsideRows] {
    var skipped: [SetAsideRows] = []
    for row in held {
      guard row.saysTotal || held.count == 1 && Self.areSums(row.values, sums()) else {
        throw row.error
      }
      skipped.add(SetAsideRows.totalReason, limit: SetAsideRows.skippedLineLimit) {
        SetAsideRows.Example(source: row.source, line: row.place.line, text: row.text)
      }
    }
    return skipped
  }

  /// Returns the report on a row of totals.
  package static func report(
    _ place: RecordPlace, of cursor: borrowing RecordCursor, text: String
  ) -> [SetAsideRows] {
    let source = place.source == cursor.sourceName ? nil : place.source
    var rows: [SetAsideRows] = []
    rows.add(
      SetAsideRows.totalReason,
      SetAsideRows.Example(source: source, line: place.line, text: text))
    return rows
  }

  /// Returns a Boolean value that indicates whether values are sums, up to rounding errors.
  package static func areSums(_ values: [Double?], _ sums: [Double]?) -> Bool {
    guard let sums, sums.count == values.count, sums.contains(where: { $0 != 0 }) else {
      return false
    }
    return zip(values, sums).allSatisfy { value, sum in
      value.map { abs($0 - sum) <= 1e-6 * abs(sum) } ?? (sum == 0)
    }
  }
}

/// Words that indicate a row of totals.
package enum TotalWords {
  private static let words: Set<String> = [
    "total", "totals", "grand total", "grandtotal", "sum", "subtotal", "sub total", "sub-total",
    "overall", "overall total", "total general", "gesamt", "gesamtsumme", "gesamtergebnis", "summe",
    "insgesamt", "zwischensumme", "endsumme", "total général", "totaux", "somme", "sous-total",
    "totale", "totali", "totale generale", "somma", "total geral", "suma", "suma total", "totaal",
    "eindtotaal", "totalt", "summa", "yhteensä", "razem", "suma końcowa", "łącznie", "ogółem",
    "celkem", "összesen", "toplam", "genel toplam", "итого", "всего", "общий итог", "σύνολο",
    "合計", "総計", "总计", "總計", "合计", "합계", "총합계",
  ]

  /// Returns a Boolean value that indicates whether a field is such a word, optionally followed by
  /// a colon.
  package static func contains(_ text: String) -> Bool {
    var key = IdentityFolding.key(text)
    while let last = key.last, last == ":" || last == " " { key.removeLast() }
    return words.contains(key)
  }
}
