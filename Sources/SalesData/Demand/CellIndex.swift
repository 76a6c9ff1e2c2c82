/// A numbering of the cells of items and periods in the order of their first appearance.
///
/// A period that is later or earlier than all others of its item creates a new cell without a
/// lookup, because order lines are mostly in chronological order. Others are looked up in a table
/// that is created when it is first needed.
struct CellIndex {
  /// The item and period of each cell.
  private(set) var places: [(item: Int32, period: Int32)] = []

  private struct Span {
    var first = Int32.max
    var last = Int32.min
    var lastCell: Int32 = 0
  }

  /// The first and last period of each item.
  private var spans: [Span] = []
  private var table = PairTable()
  /// The number of cells in the table.
  private var tabled = 0

  /// Returns the number of a cell. The number of a new cell equals the number of cells before it.
  mutating func number(item: Int, period: Int) -> Int {
    let period = Int32(truncatingIfNeeded: period)
    while spans.count <= item { spans.append(Span()) }
    let span = spans[item]
    if period == span.last { return Int(span.lastCell) }
    if period > span.last || period < span.first {
      spans[item].first = min(span.first, period)
      if period > span.last {
        spans[item].last = period
        spans[item].lastCell = Int32(truncatingIfNeeded: places.count)
      }
      return append(item, period)
    }
    while tabled < places.count {
      _ = table.number(of: Int(places[tabled].item), Int(places[tabled].period))
      tabled += 1
    }
    let (number, isNew) = table.number(of: item, Int(period))
    if isNew {
      tabled += 1
      return append(item, period)
    }
    return number
  }

  private mutating func append(_ item: Int, _ period: Int32) -> Int {
    places.append((Int32(truncatingIfNeeded: item), period))
    return places.count - 1
  }
}
