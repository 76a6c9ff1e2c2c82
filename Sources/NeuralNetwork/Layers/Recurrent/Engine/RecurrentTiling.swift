/// How the batch of a recurrent pass is cut.
///
/// A tile is some rows that one thread carries through all steps; a group is some neighbouring tiles
/// whose weight gradients are added up in order. Both follow from the batch alone, so that results do
/// not depend on the number of threads.
struct RecurrentTiling: Sendable {
  let batch: Int

  /// Two for a small batch, else an even number of tiles of up to 32 rows: few enough for states and
  /// gates to stay in cache, enough for the products. Their rows differ by one at most: with three
  /// tiles of 32 rows and one of 4, two threads took a fifth longer than with four of 25.
  var tileCount: Int { batch <= 8 ? min(batch, 1) : (batch + 63) / 64 * 2 }

  /// The rows of the largest tile.
  var tileRows: Int { tileCount == 0 ? 0 : (batch + tileCount - 1) / tileCount }

  func rows(ofTile tile: Int) -> Range<Int> {
    tile * batch / tileCount..<(tile + 1) * batch / tileCount
  }

  /// At most eight: each holds a copy of the weights' gradients.
  var groupCount: Int { min(tileCount, 8) }

  func tiles(ofGroup group: Int) -> Range<Int> {
    group * tileCount / groupCount..<(group + 1) * tileCount / groupCount
  }
}
