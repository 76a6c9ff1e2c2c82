import Foundation
import Records

/// The texts of cells, from what is stored of them.
struct CellTexts {
  /// The texts that cells share.
  let strings: [String]
  /// The kind of the numbers of each style.
  let styles: [NumberKind]
  let startsIn1904: Bool

  /// Returns the text of a cell.
  ///
  /// - Parameters:
  ///   - value: The stored value.
  ///   - type: The type of the cell, or nil for a number.
  ///   - style: The index of its style, or nil for the first one.
  func text(_ value: String, type: String?, style: Int?) -> String {
    switch type {
    case "s": return Int(value).flatMap { strings.indices.contains($0) ? strings[$0] : nil } ?? ""
    case "b": return value == "1" ? "TRUE" : "FALSE"
    case nil, "n":
      guard let number = Double(value), number.isFinite else { return value }
      let place = style ?? 0
      return text(number, styles.indices.contains(place) ? styles[place] : .number)
    // A text, the text of a formula, an error, or an ISO date.
    default: return value
    }
  }

  private func text(_ number: Double, _ kind: NumberKind) -> String {
    switch kind {
    case .date where (0..<Self.firstInvalidDay).contains(number): return date(number)
    case .time where (0..<1).contains(number): return time(Int((number * 86_400).rounded()))
    case .time where (0..<Self.firstInvalidDay).contains(number): return date(number)
    default: return plain(number)
    }
  }

  /// January 1, 10000.
  private static let firstInvalidDay = 2_958_466.0

  /// Returns a number in decimal. One with three decimals gets a zero, because `1.234` can be one thousand
  /// as well.
  private func plain(_ number: Double) -> String {
    let text = number.plainDecimal
    let decimals = text.split(separator: ".", maxSplits: 1).dropFirst().first?.count ?? 0
    if text.hasSuffix(".0") { return String(text.dropLast(2)) }
    return decimals == 3 ? text + "0" : text
  }

  /// Returns the date of a serial number, with the time of day if it isn't midnight.
  private func date(_ serial: Double) -> String {
    let seconds = Int((serial * 86_400).rounded())
    var day = seconds / 86_400
    // Day 60 is February 29, 1900, which did not exist.
    if !startsIn1904, day < 60 { day += 1 }
    let date = (startsIn1904 ? Self.start1904 : Self.start1900).advanced(by: day)
    return seconds % 86_400 == 0 ? "\(date)" : "\(date) \(time(seconds % 86_400))"
  }

  private func time(_ seconds: Int) -> String {
    let parts = [seconds / 3600, seconds / 60 % 60, seconds % 60]
    return parts.map { ($0 < 10 ? "0" : "") + "\($0)" }.joined(separator: ":")
  }

  private static let start1900 = CalendarDate(year: 1899, month: 12, day: 30)!
  private static let start1904 = CalendarDate(year: 1904, month: 1, day: 1)!
}
