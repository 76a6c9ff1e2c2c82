/// The demand for N items by period: a cell for each item and period with an order line.
public struct DemandTable: Sendable {
  /// The length of a period.
  public let frequency: Frequency
  /// The items that have a line, in the order of their first lines. No two are equal.
  public let ids: [String]
  /// What people call each item; an empty text where no line says it.
  public let descriptions: [String]
  /// The first days of all periods, from the first to the last with a line, without a break.
  public let periodStarts: [CalendarDate]
  /// The cells of all items, item after item, each item's in the order of time.
  public let cells: [Cell]
  /// Where each item's cells are.
  public let cellsOfItem: [Range<Int>]

  /// What was sold of an item in a period, and what came back.
  public struct Cell: Equatable, Sendable {
    /// The period's place in `periodStarts`.
    public internal(set) var period = 0
    /// Units sold.
    public internal(set) var units = 0.0
    /// Units returned or cancelled, more than 0.
    public internal(set) var returnedUnits = 0.0
    /// What the units sold cost together.
    public internal(set) var revenue = 0.0
    /// What the returned units cost together, more than 0.
    public internal(set) var returnedRevenue = 0.0
    /// Units sold on lines that have a price, so that they have a part in the revenue.
    public internal(set) var pricedUnits = 0.0
    /// Orders with a sale. A line that names no order counts as one of its own.
    public internal(set) var orders = 0
    /// Known customers with a sale.
    public internal(set) var customers = 0

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

  init(
    frequency: Frequency, ids: [String], descriptions: [String],
    places: [(item: Int32, period: Int32)], sums: [Cell]
  ) {
    self.frequency = frequency
    let first = places.reduce(Int32.max) { min($0, $1.period) }
    let last = places.reduce(Int32.min) { max($0, $1.period) }
    periodStarts =
      places.isEmpty ? [] : (first...last).map { frequency.firstDay(ofStep: Int($0)) }
    let groups = CellGroups(places.map(\.item), cellCount: ids.count)
    var (keptIds, keptDescriptions): ([String], [String]) = ([], [])
    var (cells, ranges): ([Cell], [Range<Int>]) = ([], [])
    cells.reserveCapacity(places.count)
    for item in ids.indices {
      // Mostly in the order of time, as the lines were.
      let members = groups.entries(of: item)
      if members.isEmpty { continue }
      keptIds.append(ids[item])
      keptDescriptions.append(descriptions[item])
      let start = cells.count
      for place in members {
        var cell = sums[Int(place)]
        cell.period = Int(places[Int(place)].period - first)
        cells.append(cell)
      }
      if zip(cells[start...], cells[(start + 1)...]).contains(where: { $0.period > $1.period }) {
        cells[start...].sort { $0.period < $1.period }
      }
      ranges.append(start..<cells.count)
    }
    (self.ids, self.descriptions) = (keptIds, keptDescriptions)
    (self.cells, cellsOfItem) = (cells, ranges)
  }

  /// The sum of a measure over all cells; those that have none do not count. Averages are summed, too,
  /// which says nothing.
  public func sum(of measure: DemandMeasure) -> Double {
    cells.reduce(0) { $0 + ($1.value(of: measure) ?? 0) }
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
