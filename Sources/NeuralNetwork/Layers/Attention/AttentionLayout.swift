/// The extents of an attention, and its division into tiles.
///
/// Each head of each sequence is computed independently, in tiles of queries whose weights stay in
/// cache.
struct AttentionLayout: Sendable {
  /// B, T, and S.
  let batch, queries, keys: Int
  let heads: Int
  /// d, the number of features of a head.
  let headSize: Int
  let isCausal: Bool

  /// E, the number of features of all heads.
  var size: Int { heads * headSize }
  /// The number of independent parts: the heads of all sequences.
  var partCount: Int { batch * heads }
  /// The place of the heads' results, [B, T, E].
  var resultPlace: AttentionPlace {
    AttentionPlace(projection: 0, column: 0, rows: queries, stride: size)
  }
  /// The factor of the scores.
  var scale: Double { 1 / Double(headSize).squareRoot() }

  /// The number of queries of a tile, whose weights take at most 128 KiB of floats.
  var tileRows: Int { max(1, min(queries, 128, max(8, (1 << 15) / max(keys, 1)))) }

  /// Calls a closure with each tile of queries, and the number of keys that they attend to.
  func forEachTile(_ body: (_ tile: Range<Int>, _ keys: Int) -> Void) {
    for first in stride(from: 0, to: queries, by: tileRows) {
      let tile = first..<min(first + tileRows, queries)
      body(tile, isCausal ? min(keys, tile.upperBound) : keys)
    }
  }
}

/// The place of the queries, the keys, or the values among the projections, or of the results.
struct AttentionPlace: Sendable {
  /// The index of the projection.
  let projection: Int
  /// The first column in the projection.
  let column: Int
  /// The number of rows of a sequence, T or S.
  let rows: Int
  /// The number of columns of the projection.
  let stride: Int

  /// Returns the index of the first feature of a head in a row.
  func index(of part: Int, row: Int, _ layout: AttentionLayout) -> Int {
    let (sequence, head) = part.quotientAndRemainder(dividingBy: layout.heads)
    return (sequence * rows + row) * stride + column + head * layout.headSize
  }
}
