/// The place of a record: its source, and its line or row.
public struct RecordPlace: Equatable, Sendable {
  /// The name of the source in errors.
  public var source: String
  /// The line or row, counted from 1.
  public var line: Int
  /// The unit of `line`.
  public var unit: RecordUnit

  /// Creates a place.
  public init(source: String, line: Int, unit: RecordUnit = .line) {
    self.source = source
    self.line = line
    self.unit = unit
  }
}

extension RecordPlace: CustomStringConvertible {
  /// A text such as `sales.csv:12` or `shop.db, table "sales", row 12`.
  public var description: String {
    source + (unit == .line ? ":\(line)" : ", row \(line)")
  }
}

extension TableError {
  /// Another line that a fault refers to.
  public enum RelatedLine: Equatable, Sendable, ExpressibleByIntegerLiteral {
    /// A line or row of the error's own file.
    case same(Int)
    /// A line or row of another source.
    case other(RecordPlace)

    public init(integerLiteral line: Int) { self = .same(line) }

    /// Returns a text that names the line.
    ///
    /// - Parameter unit: The unit of lines in the error's own file.
    func text(_ unit: RecordUnit) -> String {
      switch self {
      case .same(let line): "\(unit) \(line)"
      case .other(let place): "\(place)"
      }
    }
  }
}

extension TableError.Fault {
  /// Returns the fault with the `Record.line` numbers that it refers to converted by `related`.
  func relating(_ related: (Int) -> TableError.RelatedLine) -> Self {
    func told(_ line: TableError.RelatedLine) -> TableError.RelatedLine {
      guard case .same(let number) = line else { return line }
      return related(number)
    }
    return switch self {
    case .mixedTimeZones(let line): .mixedTimeZones(firstLine: told(line))
    case .mixedOffsets(let line): .mixedOffsets(firstLine: told(line))
    case .duplicate(let id, let date, let hour, let line):
      .duplicate(id: id, date: date, hour: hour, firstLine: told(line))
    case .duplicateInStep(let id, let step, let frequency, let line):
      .duplicateInStep(id: id, step: step, frequency: frequency, firstLine: told(line))
    case .duplicateWithoutIdentity(let step, let hour, let frequency, let line):
      .duplicateWithoutIdentity(
        step: step, hour: hour, frequency: frequency, firstLine: told(line))
    case .secondRowWithoutIdentity(let line): .secondRowWithoutIdentity(firstLine: told(line))
    case .duplicateSeries(let id, let line): .duplicateSeries(id: id, firstLine: told(line))
    case .spanTooLong(let first, let firstLine, let last, let lastLine, let limit):
      .spanTooLong(
        first: first, firstLine: told(firstLine), last: last, lastLine: told(lastLine),
        limit: limit)
    case .gapTooLong(let first, let firstLine, let next, let nextLine, let limit):
      .gapTooLong(
        first: first, firstLine: told(firstLine), next: next, nextLine: told(nextLine),
        limit: limit)
    case .secondRow(let line): .secondRow(firstLine: told(line))
    case .dateInTwoPeriods(let date, let first, let line, let second):
      .dateInTwoPeriods(date: date, first: first, firstLine: told(line), second: second)
    case .mergedValueChanges(let id, let from, let to, let line):
      .mergedValueChanges(id: id, from: from, to: to, firstLine: told(line))
    case .staticValueChanges(let id, let from, let to, let line):
      .staticValueChanges(id: id, from: from, to: to, firstLine: told(line))
    default: self
    }
  }
}
