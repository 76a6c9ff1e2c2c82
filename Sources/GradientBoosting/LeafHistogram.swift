/// The sums of the derivatives of the rows of a leaf in each bin of the columns of a tree.
struct LeafHistogram: Sendable {
  /// The first and second derivatives, 256 for each column.
  private(set) var sums: [SIMD2<Double>]
  /// The numbers of rows.
  private(set) var counts: [Int32]

  static let binCount = 256

  /// Creates the histogram of some rows.
  ///
  /// Each column is summed by one thread in the order of the rows, so that sums don't depend on the number of
  /// threads.
  ///
  /// - Parameters:
  ///   - rows: The indices of the rows.
  ///   - derivatives: The first and second derivatives of these rows, in the same order.
  ///   - columns: The bins of all rows of the table, for each column of the tree.
  init(
    of rows: ArraySlice<Int32>, _ derivatives: [SIMD2<Float>], in columns: [[UInt8]]
  ) {
    let count = columns.count * Self.binCount
    var counts = [Int32](repeating: 0, count: count)
    sums = [SIMD2<Double>](repeating: .zero, count: count)
    sums.withUnsafeMutableBufferPointer { sums in
      counts.withUnsafeMutableBufferPointer { counts in
        guard let sums = SendablePointer(sums.baseAddress),
          let counts = SendablePointer(counts.baseAddress)
        else { return }
        parallelFor(columns.count) { column in
          let first = column * Self.binCount
          Self.add(
            rows, derivatives, columns[column], to: sums.pointer + first, counts.pointer + first)
        }
      }
    }
    self.counts = counts
  }

  private static func add(
    _ rows: ArraySlice<Int32>, _ derivatives: [SIMD2<Float>], _ bins: [UInt8],
    to sums: UnsafeMutablePointer<SIMD2<Double>>, _ counts: UnsafeMutablePointer<Int32>
  ) {
    bins.withUnsafeBufferPointer { bins in
      rows.withUnsafeBufferPointer { rows in
        derivatives.withUnsafeBufferPointer { derivatives in
          for place in rows.indices {
            let bin = Int(bins[Int(rows[place])])
            sums[bin] += SIMD2<Double>(derivatives[place])
            counts[bin] += 1
          }
        }
      }
    }
  }

  /// Subtracts the histogram of some of the rows.
  mutating func subtract(_ other: LeafHistogram) {
    for place in sums.indices { sums[place] -= other.sums[place] }
    for place in counts.indices { counts[place] -= other.counts[place] }
  }
}
