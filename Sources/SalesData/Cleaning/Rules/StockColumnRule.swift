/// A rule that marks stock-outs by a past-only column of stock. A step with a stock of at most
/// `level` is a stock-out, even if there were sales. Steps with missing stock are not marked, and
/// gaps stay gaps.
public struct StockColumnRule: CleaningRule, Hashable {
  /// The name of the column.
  public var column: String
  /// The maximum stock for an item to count as sold out.
  public var level: Double

  /// Creates a rule for a column.
  public init(_ column: String, level: Double = 0) {
    self.column = column
    self.level = level
  }

  public var name: String { "stock-outs: mark steps with \(column) of at most \(level)" }
  public var isCausal: Bool { true }

  /// Returns the panel with stock-outs marked.
  ///
  /// - Throws: A `CovariateError` if the panel has no such past-only column, or it holds
  ///   categories.
  public func cleaned(_ panel: Panel) throws -> Panel {
    let stock = try panel.pastCovariate(column)
    return try panel.mapCells { row in
      let (values, missing) = try stock.numberWindow(of: row.index, over: row.steps)
      for cell in values.indices
      where row.states[cell] == .observed && !missing[cell] && values[cell] <= level {
        row.states[cell] = .stockOut
      }
    }
  }
}
