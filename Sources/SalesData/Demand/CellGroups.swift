/// Entries grouped by the cells that they belong to.
///
/// Counting the distinct values of each cell at the end takes one pass over memory. A table of all
/// pairs of cell and order would cause a cache miss for every line.
struct CellGroups {
  /// The start of each cell's entries in `entries`, followed by the end of the last cell's entries.
  private var starts: [Int32]
  private var entries: [Int32]

  /// Groups entries by cell. `cells` contains the cell of each entry. Uses a counting sort, which
  /// preserves the order within a cell.
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

  /// Returns the entries of a cell, in order.
  func entries(of cell: Int) -> ArraySlice<Int32> { entries[range(of: cell)] }

  /// Returns the range of a cell's entries among those of all cells.
  func range(of cell: Int) -> Range<Int> { Int(starts[cell])..<Int(starts[cell + 1]) }

  /// Returns the number of distinct nonnegative values of a cell's entries, and the number of
  /// entries with a negative value. `scratch` is working memory.
  func distinct(
    _ values: [Int32], in cell: Int, _ scratch: inout [Int32]
  ) -> (count: Int, negative: Int) {
    // Indices avoid the reference counting of a slice, which would slow down concurrent threads.
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
    // Orders mostly are sorted, and customers are not.
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
