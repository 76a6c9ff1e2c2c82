/// A lookup of rows in a table, and its derivative.
struct EmbeddingRows: Sendable {
  /// N indices in `0..<count`.
  let indices: [Int]
  /// V, the number of rows of the table.
  let count: Int
  /// The row that has no gradient; nil for none.
  let paddingIndex: Int?

  /// Returns the rows of a table: [V, E] → [N, E].
  func lookUp<Scalar: TensorScalar>(_ table: Tensor<Scalar>) -> Tensor<Scalar> {
    let rows = table.detached.gathered(at: indices)
    return rows.recorded(from: table) { gradient, _ in [accumulate(gradient)] }
  }

  /// Returns a table of zeros to which each row is added at its index: [N, E] → [V, E].
  ///
  /// Each work item owns a range of the table's rows and adds to them in the order of the indices,
  /// so that the sums are bit-identical at every thread count.
  private func accumulate<Scalar: TensorScalar>(_ rows: Tensor<Scalar>) -> Tensor<Scalar> {
    let size = rows.shape[1]
    let pieceCount = rows.elementCount < 1 << 16 ? 1 : min(count, 8)
    let table = Tensor<Scalar>([count, size]) { table in
      rows.read { rows in
        let (table, rows) = (SendablePointer(table), SendablePointer(rows))
        parallelFor(pieceCount) { piece in
          let (table, rows) = (table.pointer, rows.pointer)
          let owned = piece * count / pieceCount..<(piece + 1) * count / pieceCount
          Scalar._Kernels.fill(0, table + owned.lowerBound * size, owned.count * size)
          for (position, index) in indices.enumerated()
          where owned.contains(index) && index != paddingIndex {
            Scalar._Kernels.axpy(1, rows + position * size, table + index * size, size)
          }
        }
      }
    }
    return table.recorded(from: rows) { gradient, _ in [withoutPadding(lookUp(gradient))] }
  }

  /// Returns rows [N, E] with zeros for those at the padding index.
  private func withoutPadding<Scalar: TensorScalar>(_ rows: Tensor<Scalar>) -> Tensor<Scalar> {
    guard let paddingIndex, indices.contains(paddingIndex) else { return rows }
    return rows
      * Tensor(shape: [indices.count, 1], scalars: indices.map { $0 == paddingIndex ? 0 : 1 })
  }
}
