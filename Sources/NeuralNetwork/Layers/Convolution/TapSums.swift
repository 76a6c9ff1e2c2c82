/// Sums over the taps of a kernel, [B, H, W, source channels] → [B, H′, W′, target channels].
///
/// A target is a row of a matrix product. Its left operand is what the target reads, which is used
/// where it lies in the source. Only tiles that read beyond the source use a copy with zeros around
/// it, which stays in cache.
struct TapSums: Sendable {
  let rows, columns: TapAxis
  /// The numbers of channels of the source and of the target, in all groups.
  let sourceSize, targetSize: Int
  let groups: Int
  let tiling: TapTiling
  /// The places of what a target reads in the source, and in a copy.
  private let sourceReading, copyReading: Layout

  /// The places of what the targets of a tile read.
  struct Layout: Sendable {
    /// The distances between images, between rows, and between columns.
    let imageStride, rowStride, columnStride: Int
    /// The places of the elements that the targets of a row read.
    let pieces: RowPieces
    /// The distance between what neighboring rows of targets read.
    let targetRowStride: Int
  }

  init(
    batch: Int, rows: TapAxis, columns: TapAxis, sourceSize: Int, targetSize: Int, groups: Int
  ) {
    (self.rows, self.columns) = (rows, columns)
    (self.sourceSize, self.targetSize, self.groups) = (sourceSize, targetSize, groups)
    let width = sourceSize / groups
    tiling = TapTiling(batch: batch, rows, columns, width: width)
    let rowSize = columns.sourceExtent * sourceSize
    sourceReading = Layout(
      rows, columns, width: width, strides: (rows.sourceExtent * rowSize, rowSize, sourceSize))
    let copySize = columns.reach(of: tiling.columns) * width
    copyReading = Layout(
      rows, columns, width: width,
      strides: (rows.reach(of: tiling.rows) * copySize, copySize, width))
  }

  /// The numbers of channels of a group.
  var groupSources: Int { sourceSize / groups }
  var groupTargets: Int { targetSize / groups }

  /// The distances between neighboring targets of a row, between rows, and between images.
  var targetStride: Int { columns.distance * targetSize }
  var targetRowStride: Int { rows.distance * columns.targetExtent * targetSize }
  var targetImageStride: Int { rows.targetExtent * columns.targetExtent * targetSize }

  /// Returns the index of the first channel of a group in a tile's first target.
  func firstTarget(of tile: TapTiling.Tile, group: Int) -> Int {
    let row = rows.place(ofTarget: tile.rows.lowerBound)
    let place = columns.place(ofTarget: tile.columns.lowerBound)
    return tile.images.lowerBound * targetImageStride
      + (row * columns.targetExtent + place) * targetSize + group * groupTargets
  }

  /// The number of elements of a copy.
  var copySize: Int { tiling.images * copyReading.imageStride }

  /// Returns the first element that a tile reads in a group's channels, and the places of the others.
  ///
  /// - Parameters:
  ///   - source: The source.
  ///   - copy: Memory for `copySize` elements.
  @specialized(where Scalar == Float)
  func reading<Scalar: TensorScalar>(
    _ tile: TapTiling.Tile, group: Int, of source: UnsafePointer<Scalar>,
    copyingTo copy: UnsafeMutablePointer<Scalar>
  ) -> (start: UnsafePointer<Scalar>, layout: Layout) {
    let (lines, places) = (rows.places(of: tile.rows), columns.places(of: tile.columns))
    let channels = source + group * groupSources
    if lines.isWithin(0..<rows.sourceExtent), places.isWithin(0..<columns.sourceExtent) {
      let first = sourceReading.index(
        image: tile.images.lowerBound, row: lines.lowerBound, column: places.lowerBound)
      return (channels + first, sourceReading)
    }
    for (index, image) in tile.images.enumerated() {
      for (place, line) in lines.enumerated() {
        let isInside = (0..<rows.sourceExtent).contains(line)
        copyRow(
          places, of: isInside ? channels + sourceReading.index(image: image, row: line) : nil,
          to: copy + copyReading.index(image: index, row: place))
      }
    }
    return (UnsafePointer(copy), copyReading)
  }

  /// Copies some places of a source row, with zeros outside of it. A row outside of the source is nil.
  private func copyRow<Scalar: TensorScalar>(
    _ places: Range<Int>, of row: UnsafePointer<Scalar>?, to target: UnsafeMutablePointer<Scalar>
  ) {
    let width = groupSources
    let inside = places.clamped(to: 0..<columns.sourceExtent)
    guard let row, !inside.isEmpty else {
      return target.update(repeating: 0, count: places.count * width)
    }
    let before = (inside.lowerBound - places.lowerBound) * width
    let (start, count) = (target + before, inside.count * width)
    target.update(repeating: 0, count: before)
    (start + count).update(repeating: 0, count: (places.upperBound - inside.upperBound) * width)
    guard groups > 1 else {
      return start.update(from: row + inside.lowerBound * width, count: count)
    }
    for (index, place) in inside.enumerated() {
      (start + index * width).update(from: row + place * sourceSize, count: width)
    }
  }
}

extension TapSums.Layout {
  /// Creates the layout of what targets read, in one piece for each row of the kernel if its taps
  /// follow one another in memory, and otherwise in one for each tap.
  fileprivate init(
    _ rows: TapAxis, _ columns: TapAxis, width: Int, strides: (image: Int, row: Int, column: Int)
  ) {
    (imageStride, rowStride, columnStride) = strides
    let isDense = columns.isDense && strides.column == width
    let taps = isDense ? columns.taps.prefix(1) : columns.taps[...]
    pieces = RowPieces(
      offsets: rows.taps.flatMap { row in
        taps.map { column in
          (row.place - rows.taps[0].place) * strides.row
            + (column.place - columns.taps[0].place) * strides.column
        }
      }, length: isDense ? columns.taps.count * width : width,
      stride: columns.step * strides.column)
    targetRowStride = rows.step * strides.row
  }

  /// Returns the index of the first channel of an element.
  fileprivate func index(image: Int, row: Int, column: Int = 0) -> Int {
    image * imageStride + row * rowStride + column * columnStride
  }
}

extension Range<Int> {
  /// Returns a Boolean value that indicates whether the range lies within another.
  fileprivate func isWithin(_ other: Range<Int>) -> Bool {
    isEmpty || (lowerBound >= other.lowerBound && upperBound <= other.upperBound)
  }
}
