import TimeSeries

/// A change of a column that is known ahead, such as a price, in the steps after the end of the sales.
///
/// ```swift
/// let cut = PlanChange(of: "price", .multiply(0.9))
/// let cheaper = try panel.applying([cut], horizon: 28)
/// ```
public struct PlanChange: Sendable, Hashable {
  /// The operation on each value of the column.
  public enum Operation: Sendable, Hashable {
    /// Replaces the value by a number or, in a column of categories, by the category of that name.
    case set(to: String)
    /// Multiplies the number by a factor.
    case multiply(Double)
    /// Adds to the number.
    case add(Double)
  }

  /// The name of the column.
  public var column: String
  /// The operation on its values.
  public var operation: Operation
  /// The ids of the series that change, or nil for all of them.
  public var ids: Set<String>?
  /// The days that change, or nil for all steps of the forecast. A step changes if its first day is
  /// one of them.
  public var days: ClosedRange<CalendarDate>?

  /// Creates a change of a column.
  public init(
    of column: String, _ operation: Operation, ids: Set<String>? = nil,
    days: ClosedRange<CalendarDate>? = nil
  ) {
    self.column = column
    self.operation = operation
    self.ids = ids
    self.days = days
  }
}

extension PlanChange: CustomStringConvertible {
  /// The column, the operator, and the value, such as `price × 0.9`.
  public var description: String {
    switch operation {
    case .set(let value): "\(column) = \(value)"
    case .multiply(let factor): "\(column) × \(factor.shortDecimal)"
    case .add(let number):
      number < 0 ? "\(column) − \((-number).shortDecimal)" : "\(column) + \(number.shortDecimal)"
    }
  }
}
