internal import Records

/// The stock positions of series, from a table.
public struct StockPositions: Sendable, Equatable {
  /// The position of each id.
  public let positions: [String: StockPosition]

  /// Creates positions.
  public init(_ positions: [String: StockPosition]) { self.positions = positions }

  /// Reads positions from a source of records with a column of ids, one of units on hand, and
  /// optionally one of units on order.
  ///
  /// An empty field counts as an error, not as 0. If two rows have the same id, such as two storage
  /// places, their units are added.
  ///
  /// - Throws: `TableError` that names the source, line, and column, and says how to fix it;
  ///   `StockError.invalidStock` for a negative number.
  public init(
    _ source: any RecordSource, idColumn: String = "unique_id", onHandColumn: String = "on_hand",
    onOrderColumn: String = "on_order"
  ) throws {
    var cursor = RecordCursor(source)
    let hasOrders = source.columns.contains(onOrderColumn)
    let places = try cursor.columns.places(
      of: [idColumn, onHandColumn] + (hasOrders ? [onOrderColumn] : []))
    var positions: [String: StockPosition] = [:]
    while try cursor.next() {
      try cursor.checkFieldCount()
      let id = cursor.record.text(places[0])
      let numbers = try places.dropFirst().map { place in
        guard case .number(let number) = cursor.number(place) else {
          throw cursor.error(cursor.numberFault(place), column: place)
        }
        return number
      }
      let row = try StockPosition(
        onHand: numbers[0], onOrder: hasOrders ? numbers[1] : 0, of: id)
      let earlier = positions[id]
      positions[id] = try StockPosition(
        onHand: row.onHand + (earlier?.onHand ?? 0),
        onOrder: row.onOrder + (earlier?.onOrder ?? 0), of: id)
    }
    self.positions = positions
  }

  /// Returns the position of each series.
  ///
  /// - Throws: `StockError.noPosition` for the first series without one.
  public func positions(of ids: [String]) throws(StockError) -> [StockPosition] {
    var found: [StockPosition] = []
    for id in ids {
      guard let position = positions[id] else {
        throw .noPosition(id: id, known: positions.count)
      }
      found.append(position)
    }
    return found
  }
}
