/// How the batch of a recurrent pass is cut.
///
/// A tile is some rows that one thread carries through all steps; a group is some neighbouring tiles
/// whose weight gradients are added up in order. Both follow from the batch alone, so that results do
/// not depend on the number of threads.
struct RecurrentTiling: Sendable {
  let batch: Int

  /// Rows of a tile: few enough for states and gates to stay in cache, enough for the products. Small
  /// batches are halved, so that two threads have work.
  var tileRows: Int { batch >= 64 ? 32 : max(8, (batch + 15) / 16 * 8) }

  var tileCount: Int { (batch + tileRows - 1) / tileRows }

  func rows(ofTile tile: Int) -> Range<Int> {
    tile * tileRows..<min((tile + 1) * tileRows, batch)
  }

  /// At most eight: each holds a copy of the weights' gradients.
  var groupCount: Int { min(tileCount, 8) }

  func tiles(ofGroup group: Int) -> Range<Int> {
    group * tileCount / groupCount..<(group + 1) * tileCount / groupCount
  }
}
