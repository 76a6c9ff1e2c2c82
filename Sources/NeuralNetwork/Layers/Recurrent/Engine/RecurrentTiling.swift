/// The division of a batch into tiles and groups of tiles.
///
/// A tile is a range of rows that one thread processes for all steps. A group is a range of tiles
/// whose weight gradients are added in order. Both depend only on the batch size, so that results
/// do not depend on the number of threads.
struct RecurrentTiling: Sendable {
  let batch: Int

  /// The number of tiles: one for a batch of up to 8, two for a batch of up to 64, and otherwise an
  /// even number of tiles of at most 32 rows.
  ///
  /// Such tiles are small enough for states and gates to stay in cache and large enough for
  /// efficient products. Their sizes differ by at most one row: with three tiles of 32 rows and one
  /// of 4, two threads took a fifth longer than with four of 25.
  var tileCount: Int { batch <= 8 ? min(batch, 1) : (batch + 63) / 64 * 2 }

  /// The number of rows of the largest tile.
  var tileRows: Int { tileCount == 0 ? 0 : (batch + tileCount - 1) / tileCount }

  /// Returns the rows of a tile.
  func rows(ofTile tile: Int) -> Range<Int> {
    tile * batch / tileCount..<(tile + 1) * batch / tileCount
  }

  /// The number of groups, at most eight: each has its own copy of the weight gradients.
  var groupCount: Int { min(tileCount, 8) }

  /// Returns the tiles of a group.
  func tiles(ofGroup group: Int) -> Range<Int> {
    group * tileCount / groupCount..<(group + 1) * tileCount / groupCount
  }
}
