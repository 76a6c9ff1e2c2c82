import TimeSeries

/// An error of a change to a plan, or of the comparison with it.
public enum ScenarioError: Error, Equatable {
  /// The text of a change isn't a column, an operator, and a value.
  case unreadable(text: String)
  /// The text of a change divides by 0.
  case divisionByZero(text: String)
  /// The change of some series names a column that all series share.
  case sharedColumn(String)
  /// The scenario has the same values as the plan in all steps to forecast.
  case noChange
  /// A column of numbers is set to a text.
  case notANumber(column: String, text: String)
  /// A change makes a number infinite or NaN.
  case notFinite(column: String, change: String)
  /// A price is 0 or less in the steps to forecast, so the sales can't react to a percentage of it.
  case priceNotPositive(column: String, id: String)
}

extension ScenarioError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .unreadable(let text):
      "\(text.debugDescription) is no change of a column; write it like price*0.9, price-10%, "
        + "price=3.99, or event=Christmas"
    case .divisionByZero(let text):
      "\(text.debugDescription) divides by 0"
    case .sharedColumn(let name):
      "all series share column \(name.debugDescription), so it can't change for some of them; change it "
        + "for all"
    case .noChange:
      "the changes leave every value of the plan as it is in the steps to forecast; check the columns, "
        + "the days, and the series"
    case .notANumber(let column, let text):
      "column \(column.debugDescription) holds numbers, but \(text.debugDescription) is none; write "
        + "numbers like 3.99"
    case .notFinite(let column, let change):
      "\(change) makes a number of column \(column.debugDescription) infinite; use smaller numbers"
    case .priceNotPositive(let column, let id):
      "column \(column.debugDescription) of series \(id.debugDescription) has a price of 0 or less in a "
        + "step to forecast; correct it, or leave the series out"
    }
  }
}
