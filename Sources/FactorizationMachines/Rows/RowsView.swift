import Tensor

/// The memory of sparse rows, for kernels on several threads.
struct RowsView: Sendable {
  let starts: SendablePointer<UnsafePointer<Int>>
  let columns: SendablePointer<UnsafePointer<Int32>>
  let values: SendablePointer<UnsafePointer<Float>>
  let fields: SendablePointer<UnsafePointer<Int32>>

  /// Returns the range of the entries of a row.
  @inline(__always)
  func entries(of row: Int) -> Range<Int> { starts.pointer[row]..<starts.pointer[row + 1] }
}

extension SparseRows {
  /// Calls a closure with the rows' memory.
  func withView<Result>(_ body: (RowsView) throws -> Result) rethrows -> Result {
    // An empty array can be without an address.
    let (columns, fields) = entryCount > 0 ? (columns, fields) : ([0], [0])
    let values = entryCount > 0 ? values : [0]
    return try starts.withUnsafeBufferPointer { starts in
      try columns.withUnsafeBufferPointer { columns in
        try values.withUnsafeBufferPointer { values in
          try fields.withUnsafeBufferPointer { fields in
            try body(
              RowsView(
                starts: SendablePointer(starts.baseAddress!),
                columns: SendablePointer(columns.baseAddress!),
                values: SendablePointer(values.baseAddress!),
                fields: SendablePointer(fields.baseAddress!)))
          }
        }
      }
    }
  }
}
