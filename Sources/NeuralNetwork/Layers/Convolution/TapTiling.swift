/// The division of the targets of sums over taps into tiles, for which what they read stays in cache.
struct TapTiling: Sendable {
  /// The largest numbers of images, and of rows and columns of targets, of a tile.
  let images, rows, columns: Int
  private let batch, rowCount, columnCount: Int

  /// Some rows and columns of targets of some images.
  struct Tile: Sendable {
    let images, rows, columns: Range<Int>
  }

  /// Divides the targets. Images with few targets share a tile.
  ///
  /// - Parameters:
  ///   - batch: The number of sequences or images.
  ///   - rows: The rows.
  ///   - columns: The columns.
  ///   - width: The number of source channels of a group.
  init(batch: Int, _ rows: TapAxis, _ columns: TapAxis, width: Int) {
    (self.batch, rowCount, columnCount) = (batch, rows.count, columns.count)
    // A copy takes about 64 KiB of floats, and more only if the kernel reaches further.
    let most = 1 << 14
    let columnsOfCopy = max(columns.reach(of: 1), most / width) / columns.step
    self.columns = max(1, min(columns.count, max(16, columnsOfCopy)))
    let rowSize = max(1, columns.reach(of: self.columns) * width)
    self.rows = max(1, min(rows.count, max(rows.reach(of: 1), most / rowSize) / rows.step))
    let isWhole = self.rows == rows.count && self.columns == columns.count
    let imageSize = max(1, rows.reach(of: self.rows) * rowSize)
    let imagesOfCopy = min(Self.leastTargets / max(1, rows.count * columns.count), most / imageSize)
    images = isWhole ? max(1, min(batch, imagesOfCopy)) : 1
  }

  /// The number of targets of tiles of several images. They are the inner extent of the product for
  /// the gradient of the weight, which is inefficient if it is small.
  private static var leastTargets: Int { 128 }

  /// The number of blocks of images that can be computed independently, whatever the number of
  /// threads.
  var blockCount: Int { min(batch, 8) }

  /// Returns the images of a block.
  func images(ofBlock block: Int) -> Range<Int> {
    block * batch / blockCount..<(block + 1) * batch / blockCount
  }

  /// The number of tiles of all images.
  var tileCount: Int { imageGroups(batch) * tilesPerGroup }

  /// Returns a tile of all images.
  func tile(_ index: Int) -> Tile { tile(index, of: 0..<batch) }

  /// Returns the tiles of some images.
  func tiles(of images: Range<Int>) -> some Sequence<Tile> {
    (0..<imageGroups(images.count) * tilesPerGroup).lazy.map { tile($0, of: images) }
  }

  /// Returns the number of groups of images that share tiles.
  private func imageGroups(_ count: Int) -> Int { (count + images - 1) / images }

  private var tilesPerGroup: Int { (rowCount + rows - 1) / rows * tilesPerRow }
  private var tilesPerRow: Int { (columnCount + columns - 1) / columns }

  private func tile(_ index: Int, of range: Range<Int>) -> Tile {
    let (group, place) = index.quotientAndRemainder(dividingBy: tilesPerGroup)
    let (row, column) = place.quotientAndRemainder(dividingBy: tilesPerRow)
    func part(_ index: Int, _ size: Int, of range: Range<Int>) -> Range<Int> {
      let first = range.lowerBound + index * size
      return first..<min(first + size, range.upperBound)
    }
    return Tile(
      images: part(group, images, of: range), rows: part(row, rows, of: 0..<rowCount),
      columns: part(column, columns, of: 0..<columnCount))
  }
}
