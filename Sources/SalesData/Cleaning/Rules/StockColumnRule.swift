/// Marks stock-outs by a past-only column of stock: a step with no more than `level` in stock is
/// one, whatever was sold. Where the stock is missing nothing is marked, and gaps stay gaps.
public struct StockColumnRule: CleaningRule, Hashable {
  /// The name of the column.
  public var column: String
  /// The most stock with which the item counts as sold out.
  public var level: Double

  /// A rule for a column.
  public init(_ column: String, level: Double = 0) {
    self.column = column
    self.level = level
  }

  public var name: String { "stock-outs: mark steps with \(column) of at most \(level)" }
  public var isCausal: Bool { true }

  /// - Throws: `CovariateError` where the panel has no such past-only column, or it holds
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
