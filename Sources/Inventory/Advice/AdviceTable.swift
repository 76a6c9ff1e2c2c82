internal import Records

/// A table of stock advice, with one row for each series.
public struct AdviceTable: Sendable {
  /// The advice of each row.
  public let advice: [StockAdvice]
  private let idColumn: String

  /// The columns that every row has a number in, and those that are empty if the stock is unknown.
  private static let demandColumns = [
    "expected_demand", "safety_stock", "order_up_to", "reorder_point",
  ]
  private static let stockColumns = ["on_hand", "on_order", "order"]

  /// Creates a table.
  public init(_ advice: [StockAdvice], idColumn: String = "unique_id") {
    self.advice = advice
    self.idColumn = idColumn
  }

  /// Reads a table that ``csv()`` returned from a source of records.
  ///
  /// - Throws: `TableError` that names the source, line, and column, and says how to fix it;
  ///   `StockError.invalidStock` for a negative stock.
  public init(_ source: any RecordSource, idColumn: String = "unique_id") throws {
    var cursor = RecordCursor(source)
    let places = try cursor.columns.places(
      of: [idColumn] + Self.demandColumns + Self.stockColumns)
    let (demand, stock) = (places[1...4], places[5...])
    func number(_ place: Int) throws -> Double? {
      switch cursor.number(place) {
      case .number(let number): return number
      case .missing where stock.contains(place): return nil
      default: throw cursor.error(cursor.numberFault(place), column: place)
      }
    }
    var advice: [StockAdvice] = []
    while try cursor.next() {
      try cursor.checkFieldCount()
      let numbers = try demand.map { try number($0) ?? 0 }
      let known = try stock.map(number)
      let id = cursor.record.text(places[0])
      let position = try known[0].map { onHand throws(StockError) in
        try StockPosition(onHand: onHand, onOrder: known[1] ?? 0, of: id)
      }
      advice.append(
        StockAdvice(
          id: id, expectedDemand: numbers[0], safetyStock: numbers[1], orderUpToLevel: numbers[2],
          reorderPoint: numbers[3], position: position, order: known[2]))
    }
    self.init(advice, idColumn: idColumn)
  }

  /// Returns the table as CSV by RFC 4180, with LF line ends. The stock and the order are empty if the
  /// stock is unknown.
  public func csv() -> String {
    var text =
      ([csvField(idColumn)] + Self.demandColumns + Self.stockColumns).joined(separator: ",") + "\n"
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
