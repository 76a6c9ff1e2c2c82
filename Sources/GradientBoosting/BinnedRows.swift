/// Rows of numbers whose columns are divided into up to 256 bins each, as the input of the training of
/// ``BoostedTrees``.
///
/// The bins come from a sample of the rows, so that all rows need not be in memory at once as numbers.
public struct BinnedRows: Sendable {
  /// The number of rows, N.
  public private(set) var count = 0
  let bins: [ColumnBins]
  /// The bins of the rows of each column, [F][N].
  private(set) var columns: [[UInt8]]

  /// Creates a table without rows.
  ///
  /// - Parameter sample: The rows that the bins are chosen from, [S, F]. NaN is a missing value. Stops the
  ///   program if there is no row.
  public init(binsOf sample: Tensor<Float>) {
    guard sample.rank == 2, sample.shape[0] >= 1 else {
      fatalError("BinnedRows: expected a sample [S, F] with S of at least 1, got \(sample.shape)")
    }
    let (count, width) = (sample.shape[0], sample.shape[1])
    bins = sample.withUnsafeBufferPointer { values in
      let values = SendablePointer(values.baseAddress!)
      return parallelMap(width) { column in
        ColumnBins((0..<count).map { values.pointer[$0 * width + column] })
      }
    }
    columns = Array(repeating: [], count: width)
  }

  /// The number of columns, F.
  public var columnCount: Int { bins.count }

  /// Appends rows, [M, F]. Stops the program if they have another number of columns.
  public mutating func append(_ rows: Tensor<Float>) {
    guard rows.rank == 2, rows.shape[1] == columnCount else {
      fatalError("BinnedRows.append: expected rows [M, \(columnCount)], got \(rows.shape)")
    }
    let (added, width) = (rows.shape[0], columnCount)
    guard added > 0, width > 0 else { return count += added }
    let codes = rows.withUnsafeBufferPointer { [bins] values in
      let values = SendablePointer(values.baseAddress!)
      return parallelMap(width) { column in
        (0..<added).map { bins[column].bin(of: values.pointer[$0 * width + column]) }
      }
    }
    for column in columns.indices { columns[column] += codes[column] }
    count += added
  }
}
