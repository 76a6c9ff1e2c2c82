import Tensor

/// An accumulator that sums a stream of order lines by item and by hour, day, week, month,
/// quarter, or year.
///
/// It takes about 50 bytes of memory for each period of an item that has a line, and 12 for each
/// sale to count distinct orders and customers.
public struct DemandAccumulator: Sendable {
  /// The grouping of lines within a period.
  public enum Grouping: String, Sendable, CaseIterable {
    /// Group lines by item.
    case item
    /// Group all items together. A customer who bought three items counts once.
    case total
  }

  /// The sums of a cell.
  private struct Sums {
    var units = 0.0
    var returnedUnits = 0.0
    var revenue = 0.0
    var returnedRevenue = 0.0
    var pricedUnits = 0.0

    mutating func add(_ line: OrderLine) {
      switch line.kind {
      case .return:
        returnedUnits += line.quantity
        returnedRevenue += line.value
      case .sale:
        units += line.quantity
        revenue += line.value
        if line.price != nil { pricedUnits += line.quantity }
      }
    }
  }

  private let frequency: Frequency
  /// A Boolean value that indicates whether periods are hours. It is stored, because it is read for
  /// each line.
  private let isHourly: Bool
  private let grouping: Grouping
  private var cells = CellIndex()
  private var sums = ChunkedArray<Sums>()
  /// The cell, order, and customer of each sale, with −1 for unknown orders and customers.
  private var saleCells: [Int32] = []
  private var saleOrders: [Int32] = []
  private var saleCustomers: [Int32] = []
  /// The most recent day and hour and their period. Lines are mostly in chronological order.
  private var latest = (date: CalendarDate(dayNumber: .min), hour: 0, period: 0)

  /// Creates an empty accumulator whose periods are the steps of a frequency.
  ///
  /// Business days stop the program, since a line may be from a weekend.
  public init(_ frequency: Frequency, by grouping: Grouping = .item) {
    guard frequency != .businessDay else {
      fatalError("DemandAccumulator: expected a frequency that has all days, got business days")
    }
    self.frequency = frequency
    isHourly = frequency == .hour
    self.grouping = grouping
  }

  /// Adds a line.
  public mutating func add(_ line: OrderLine) {
    let cell = cell(of: line)
    sums[cell].add(line)
    guard line.kind == .sale else { return }
    saleCells.append(Int32(truncatingIfNeeded: cell))
    saleOrders.append(line.order.map { Int32(truncatingIfNeeded: $0) } ?? -1)
    saleCustomers.append(line.customer.map { Int32(truncatingIfNeeded: $0) } ?? -1)
  }

  /// Returns the demand accumulated so far. `book` is the result of reading the lines.
  public func table(_ book: OrderBook) -> DemandTable {
    let counts = distinctCounts()
    return DemandTable(
      frequency: frequency, ids: grouping == .item ? book.items : [TableSchema.total],
      descriptions: grouping == .item ? book.descriptions : [TableSchema.totalDescription],
      coverage: book.coverage, places: cells.places
    ) { place in
      let sums = sums[place]
      return DemandTable.Cell(
        units: sums.units, returnedUnits: sums.returnedUnits, revenue: sums.revenue,
        returnedRevenue: sums.returnedRevenue, pricedUnits: sums.pricedUnits,
        orders: Int(counts[place].orders), customers: Int(counts[place].customers))
    }
  }

  /// Returns the numbers of orders and customers of each cell. Cells that appeared consecutively
  /// have adjacent sales, so this order is several times as fast as iterating by item.
  private func distinctCounts() -> [(orders: Int32, customers: Int32)] {
    let sales = CellGroups(saleCells, cellCount: sums.count)
    return Array(unsafeUninitializedCapacity: sums.count) { counts, count in
      let counts = SendablePointer(counts)
      parallelChunks(sums.count) { start, count in
        var scratch: [Int32] = []
        for cell in start..<start + count {
          let orders = sales.distinct(saleOrders, in: cell, &scratch)
          let customers = sales.distinct(saleCustomers, in: cell, &scratch)
          counts.pointer.initializeElement(
            at: cell,
            to: (Int32(orders.count + orders.negative), Int32(customers.count)))
        }
      }
      count = sums.count
    }
  }

  private mutating func cell(of line: OrderLine) -> Int {
    let hour = isHourly ? line.second / 3_600 : 0
    if line.date != latest.date || hour != latest.hour {
      latest = (line.date, hour, frequency.number(of: line.date, hour: hour))
    }
    let cell = cells.number(item: grouping == .item ? line.item : 0, period: latest.period)
    if cell == sums.count { sums.append(Sums()) }
    return cell
  }
}
