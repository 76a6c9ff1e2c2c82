import Tensor

/// The demand for N items by period, with a cell for each item and period that has an order line.
public struct DemandTable: Sendable {
  /// The length of a period.
  public let frequency: Frequency
  /// The items with a line, in canonical order. No two are equal.
  public let ids: [String]
  /// The display names of the items, with an empty text for items without one.
  public let descriptions: [String]
  /// The first days of all periods between the first and last with a line, without gaps.
  public let periodStarts: [CalendarDate]
  /// The running number of the first period, or `nil` if there is none.
  let firstNumber: Int?
  /// The days that the order lines cover, or `nil` if they are unknown.
  public let coverage: RecordCoverage?
  /// The cells of all items, by item and then in chronological order.
  public let cells: [Cell]
  /// The range of each item's cells.
  public let cellsOfItem: [Range<Int>]

  /// The sales and returns of an item in a period.
  public struct Cell: Equatable, Sendable {
    /// The index of the period in `periodStarts`.
    public package(set) var period = 0
    /// The number of units sold.
    public package(set) var units = 0.0
    /// The number of units returned or canceled, which is not negative.
    public package(set) var returnedUnits = 0.0
    /// The total price of the units sold.
    public package(set) var revenue = 0.0
    /// The total price of the units returned, which is not negative.
    public package(set) var returnedRevenue = 0.0
    /// The number of units sold on lines with a price, which are included in the revenue.
    public package(set) var pricedUnits = 0.0
    /// The number of orders with a sale. Each line without an order counts as an order.
    public package(set) var orders = 0
    /// The number of known customers with a sale.
    public package(set) var customers = 0

    /// The average price of a unit sold, weighted by units, or `nil` if no price is known.
    public var averagePrice: Double? { pricedUnits > 0 ? revenue / pricedUnits : nil }

    /// Returns the value of a measure, or `nil` if there is none.
    public func value(of measure: DemandMeasure) -> Double? {
      switch measure {
      case .units: units
      case .returnedUnits: returnedUnits
      case .netUnits: units - returnedUnits
      case .revenue: revenue
      case .returnedRevenue: returnedRevenue
      case .netRevenue: revenue - returnedRevenue
      case .orders: Double(orders)
      case .customers: Double(customers)
      case .averagePrice: averagePrice
      }
    }
  }

  /// Creates a table from cells.
  ///
  /// - Parameters:
  ///   - places: The item and period of each cell. No two are equal.
  ///   - cell: Returns the cell with the given index, without its period. It is called once for
  ///     each cell, on any thread.
  init(
    frequency: Frequency, ids: [String], descriptions: [String], coverage: RecordCoverage?,
    places: [(item: Int32, period: Int32)], cell: @Sendable (Int) -> Cell
  ) {
    self.frequency = frequency
    self.coverage = coverage
    let first = places.reduce(Int32.max) { min($0, $1.period) }
    let last = places.reduce(Int32.min) { max($0, $1.period) }
    periodStarts =
      places.isEmpty ? [] : (first...last).map { frequency.firstDay(ofStep: Int($0)) }
    firstNumber = places.isEmpty ? nil : Int(first)
    let order = IdentityOrder(ids)
    let groups = CellGroups(
      places.map { order.places[Int($0.item)] }, cellCount: ids.count)
    let items = ids.indices.filter { !groups.range(of: $0).isEmpty }
    self.ids = items.map { order.ids[$0] }
    self.descriptions = items.map { descriptions[order.numbers[$0]] }
    cellsOfItem = items.map(groups.range)
    cells = [Cell](unsafeUninitializedCapacity: places.count) { cells, count in
      let cells = SendablePointer(cells)
      Self.forEachChunk(of: ids.count) { items in
        let cells = cells.pointer
        for item in items {
          for (index, place) in zip(groups.range(of: item), groups.entries(of: item)) {
            cells.initializeElement(at: index, to: cell(Int(place)))
            cells[index].period = Int(places[Int(place)].period - first)
          }
          Self.sortByPeriod(&cells[groups.range(of: item)])
        }
      }
      count = places.count
    }
  }

  /// Returns the sum of a measure over all cells that have a value. Averages are also summed,
  /// although their sum is meaningless.
  public func sum(of measure: DemandMeasure) -> Double {
    cells.reduce(0) { $0 + ($1.value(of: measure) ?? 0) }
  }

  /// Calls `body` with ranges of items, concurrently on several threads.
  private static func forEachChunk(of count: Int, _ body: @Sendable (Range<Int>) -> Void) {
    let size = 64
    parallelFor((count + size - 1) / size) { chunk in
      body(chunk * size..<min((chunk + 1) * size, count))
    }
  }

  /// Sorts the cells of an item, which are usually already in chronological order like the lines.
  private static func sortByPeriod(_ cells: inout Slice<UnsafeMutableBufferPointer<Cell>>) {
    if zip(cells, cells.dropFirst()).contains(where: { $0.period > $1.period }) {
      cells.sort { $0.period < $1.period }
    }
  }
}

/// A measure of demand.
public enum DemandMeasure: String, Sendable, CaseIterable {
  /// Units sold, without subtracting returns.
  case units
  /// Units returned or canceled.
  case returnedUnits
  /// Units sold minus units returned in the same period. It can be below 0.
  case netUnits
  /// The total price of the units sold.
  case revenue
  /// The total price of the units returned.
  case returnedRevenue
  /// Revenue minus returned revenue of the same period. It can be below 0.
  case netRevenue
  /// Orders with a sale.
  case orders
  /// Known customers with a sale.
  case customers
  /// The average price of a unit sold, weighted by units.
  case averagePrice
}
