/// A value of a known column at which nothing is sold, such as 0 in a column `open` of stores that have
/// their own holidays.
public struct ClosingValue: Sendable, Hashable {
  /// A number or a category.
  public enum ColumnValue: Sendable, Hashable {
    case number(Double)
    case category(String)
  }

  /// The name of the column, a ``KnownCovariate``.
  public let column: String
  /// The value.
  public let value: ColumnValue

  /// Creates a value of a column.
  public init(_ column: String, _ value: ColumnValue) {
    self.column = column
    self.value = value
  }
}

extension ClosingValue: CustomStringConvertible {
  /// A description of the value, such as `open = 0`.
  public var description: String {
    switch value {
    case .number(let number):
      "\(column) = \(Int(exactly: number).map(String.init) ?? "\(number)")"
    case .category(let name): "\(column) = \(name)"
    }
  }
}
