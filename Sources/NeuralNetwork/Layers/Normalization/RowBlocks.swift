/// The division of rows into blocks that are computed independently.
///
/// It depends on the extents alone, so that sums over the blocks have the same bits at every number
/// of threads.
struct RowBlocks: Sendable {
  let rows: Int
  /// The number of blocks, one if there are too few elements for a second thread.
  let count: Int

  init(rows: Int, columns: Int) {
    self.rows = rows
    count = rows * columns < 1 << 16 ? 1 : min(rows, 8)
  }

  /// Returns the rows of a block.
  func rows(of block: Int) -> Range<Int> {
    block * rows / count..<(block + 1) * rows / count
  }
}
