/// A table of stock advice, with one row for each series.
public struct AdviceTable: Sendable {
  private let advice: [StockAdvice]
  private let idColumn: String

  /// Creates a table.
  public init(_ advice: [StockAdvice], idColumn: String = "unique_id") {
    self.advice = advice
    self.idColumn = idColumn
  }

  /// Returns the table as CSV by RFC 4180, with LF line ends. The stock and the order are empty if the
  /// stock is unknown.
  public func csv() -> String {
    var text = csvField(idColumn)
    text +=
      ",expected_demand,safety_stock,order_up_to,reorder_point,on_hand,on_order,order\n"
    for row in advice {
      let numbers: [Double?] = [
        row.expectedDemand, row.safetyStock, row.orderUpToLevel, row.reorderPoint,
        row.position?.onHand, row.position?.onOrder, row.order,
      ]
      text += ([csvField(row.id)] + numbers.map { $0?.plainDecimal ?? "" }).joined(separator: ",")
      text += "\n"
    }
    return text
  }
}
