import Tensor

/// The demand for N items by period: a cell for each item and period with an order line.
public struct DemandTable: Sendable {
  /// The length of a period.
  public let frequency: Frequency
  /// The items that have a line, in canonical order. No two are equal.
  public let ids: [String]
  /// What people call each item; an empty text where no line says it.
  public let descriptions: [String]
  /// The first days of all periods, from the first to the last with a line, without a break.
  public let periodStarts: [CalendarDate]
  /// The days that the order lines cover; nil where that is not known.
  public let coverage: RecordCoverage?
  /// The cells of all items, item after item, each item's in the order of time.
  public let cells: [Cell]
  /// Where each item's cells are.
  public let cellsOfItem: [Range<Int>]

  /// What was sold of an item in a period, and what came back.
  public struct Cell: Equatable, Sendable {
    /// The period's place in `periodStarts`.
    public package(set) var period = 0
    /// Units sold.
    public package(set) var units = 0.0
    /// Units returned or cancelled, more than 0.
    public package(set) var returnedUnits = 0.0
    /// What the units sold cost together.
    public package(set) var revenue = 0.0
    /// What the returned units cost together, more than 0.
    public package(set) var returnedRevenue = 0.0
    /// Units sold on lines that have a price, so that they have a part in the revenue.
    public package(set) var pricedUnits = 0.0
    /// Orders with a sale. A line that names no order counts as one of its own.
    public package(set) var orders = 0
    /// Known customers with a sale.
    public package(set) var customers = 0

    /// The price of one unit sold, weighted by units; nil where no price is known.
    public var averagePrice: Double? { pricedUnits > 0 ? revenue / pricedUnits : nil }

    /// The value of a measure; nil where there is none.
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

  /// - Parameters:
  ///   - places: The item and the period of each cell; no two are equal.
  ///   - cell: The cell at a place, but for its period. It is asked for each once, on any thread.
  init(
    frequency: Frequency, ids: [String], descriptions: [String], coverage: RecordCoverage?,
    places: [(item: Int32, period: Int32)], cell: (Int) -> Cell
  ) {
    self.frequency = frequency
    self.coverage = coverage
    let first = places.reduce(Int32.max) { min($0, $1.period) }
    let last = places.reduce(Int32.min) { max($0, $1.period) }
    periodStarts =
      places.isEmpty ? [] : (first...last).map { frequency.firstDay(ofStep: Int($0)) }
    let order = IdentityOrder(ids)
    let groups = CellGroups(
      places.map { order.places[Int($0.item)] }, cellCount: ids.count)
    let items = ids.indices.filter { !groups.range(of: $0).isEmpty }
    self.ids = items.map { order.ids[$0] }
    self.descriptions = items.map { descriptions[order.numbers[$0]] }
    cellsOfItem = items.map(groups.range)
    cells = [Cell](unsafeUninitializedCapacity: places.count) { cells, count in
      Self.forEachChunk(of: ids.count) { items in
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

  /// The sum of a measure over all cells; those that have none do not count. Averages are summed, too,
  /// which says nothing.
  public func sum(of measure: DemandMeasure) -> Double {
    cells.reduce(0) { $0 + ($1.value(of: measure) ?? 0) }
  }

  /// Calls `body` with ranges of items, on several threads at once.
  private static func forEachChunk(of count: Int, _ body: (Range<Int>) -> Void) {
    let size = 64
    parallelFor((count + size - 1) / size) { chunk in
      body(chunk * size..<min((chunk + 1) * size, count))
    }
  }

  /// Mostly they are in the order of time already, as the lines were.
  private static func sortByPeriod(_ cells: inout Slice<UnsafeMutableBufferPointer<Cell>>) {
    if zip(cells, cells.dropFirst()).contains(where: { $0.period > $1.period }) {
      cells.sort { $0.period < $1.period }
    }
  }
}

/// What can be asked of demand.
public enum DemandMeasure: String, Sendable, CaseIterable {
  /// Units sold: returns are kept apart.
  case units
  /// Units returned or cancelled.
  case returnedUnits
  /// Units sold less those that came back in the same period, which may be below 0.
  case netUnits
  /// What the units sold cost together.
  case revenue
  /// What the units cost that came back.
  case returnedRevenue
  /// Revenue less that of what came back in the same period, which may be below 0.
  case netRevenue
  /// Orders with a sale.
  case orders
  /// Known customers with a sale.
  case customers
  /// The price of one unit sold, weighted by units.
  case averagePrice
}
