/// Entries in the order of the cells that they belong to.
///
/// Counting at the end what differs in each cell takes a pass over memory; a table of all pairs of cell
/// and order would be waited for at every line.
struct CellGroups {
  /// Where each cell's entries begin in `entries`, and after the last cell, where they end.
  private var starts: [Int32]
  private var entries: [Int32]

  /// Groups entries by cell, of which `cells` has the one of each: a counting sort, which keeps the
  /// order within a cell.
  init(_ cells: [Int32], cellCount: Int) {
    starts = [Int32](repeating: 0, count: cellCount + 1)
    for cell in cells { starts[Int(cell) + 1] += 1 }
    for cell in 0..<cellCount { starts[cell + 1] += starts[cell] }
    var next = starts
    entries = [Int32](repeating: 0, count: cells.count)
    for (entry, cell) in cells.enumerated() {
      entries[Int(next[Int(cell)])] = Int32(truncatingIfNeeded: entry)
      next[Int(cell)] += 1
    }
  }

  /// The entries of a cell, in their order.
  func entries(of cell: Int) -> ArraySlice<Int32> { entries[range(of: cell)] }

  /// Where a cell's entries are among those of all cells.
  func range(of cell: Int) -> Range<Int> { Int(starts[cell])..<Int(starts[cell + 1]) }

  /// How many different values that are not negative a cell's entries have, and how many entries have a
  /// negative one. `scratch` is memory to work in.
  func distinct(
    _ values: [Int32], in cell: Int, _ scratch: inout [Int32]
  ) -> (count: Int, negative: Int) {
    // By index: a slice would count its references, which threads would wait for.
    let range = range(of: cell)
    if range.count == 1 {
      return values[Int(entries[range.lowerBound])] >= 0 ? (1, 0) : (0, 1)
    }
    scratch.removeAll(keepingCapacity: true)
    var isSorted = true
    for place in range {
      let value = values[Int(entries[place])]
      if let last = scratch.last, last > value { isSorted = false }
      scratch.append(value)
    }
    // Orders mostly are, customers are not.
    if !isSorted { scratch.sort() }
    var count = 0
    var negative = 0
    var latest: Int32 = -1
    for value in scratch {
      if value < 0 {
        negative += 1
      } else if value != latest {
        count += 1
        latest = value
      }
    }
    return (count, negative)
  }
}
