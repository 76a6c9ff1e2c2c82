import Forecasting

/// Advice on all options at once for a table without the usual columns.
///
/// A table with the columns `item`, `date`, and `units` lacks three usual columns. An error for each of
/// them in turn would take three runs.
struct ColumnAdvice {
  private let sources: [String]
  private let table: TableOptions

  init(for sources: [String], _ table: TableOptions) {
    self.sources = sources
    self.table = table
  }

  /// Runs a closure that reads the table. If several usual columns are missing that no option names, its
  /// error suggests what the table's columns mean, and the options that say so.
  func advising<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as TableError {
      guard case .missingColumn(let name, let present, _) = error.fault,
        let suggestion = suggestion(present)
      else { throw error }
      throw SuggestedColumns(
        error: TableError(
          file: error.file, line: error.line, unit: error.unit, column: error.column,
          fault: .missingColumn(name: name, present: present, suggestion: suggestion)))
    }
  }

  /// Returns a sentence with the probable meaning of the columns, or nil if there is none or a single
  /// column is missing.
  private func suggestion(_ present: [String]) -> String? {
    let usual = TableSchema.longTable
    let asked = [
      table.idColumn.isEmpty && !table.singleSeries ? usual.identity[0] : nil,
      table.timeColumn == nil ? usual.time : nil, table.targetColumn == nil ? usual.target : nil,
    ]
    guard asked.compactMap({ $0 }).count(where: { !present.contains($0) }) >= 2,
      let source = try? MainTable(sources).open(table.format),
      let guess = try? TableProfile(of: source).guess
    else { return nil }
    let options = [
      ("--id-column", guess.identity), ("--steps", guess.steps), ("--time-column", guess.time),
      ("--target-column", guess.target), ("--quantity-column", guess.quantity),
      ("--price-column", guess.price), ("--order-column", guess.order),
      ("--customer-column", guess.customer),
    ].compactMap { option, name in name.map { "\(option) \($0.quoted)" } }.joined(separator: " ")
    let beginning = "it looks like \(guess); if it is, "
    if guess.kind == .long { return beginning + "add \(options)" }
    return beginning + "run foresight prepare \(sources.map(\.quoted).joined(separator: " ")) "
      + "\(options) --output panel.safetensors\(guess.adviceOnDates), and then use that panel"
  }
}

extension TableGuess {
  /// The value of `--steps`, or nil for a table without a column for each step.
  fileprivate var steps: String? {
    guard let firstStep else { return nil }
    return stepsAreDates ? "dates" : "\(firstStep)=YYYY-MM-DD"
  }

  /// A part of a sentence about the dates of steps that only have numbers.
  fileprivate var adviceOnDates: String {
    guard let firstStep, !stepsAreDates else { return "" }
    return ", with the date of \(firstStep.quoted), and with --table-frequency if steps aren't days"
  }
}

/// An error that already names the options.
struct SuggestedColumns: Error, CustomStringConvertible {
  let error: TableError

  var description: String { error.description }
}

extension String {
  /// The text as a word of a shell.
  fileprivate var quoted: String {
    let isPlain = allSatisfy { $0.isLetter || $0.isNumber || "_-./:#=".contains($0) }
    return isPlain && !isEmpty ? self : "'" + replacing("'", with: "'\\''") + "'"
  }
}
