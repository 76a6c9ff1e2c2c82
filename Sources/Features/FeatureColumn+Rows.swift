import Tensor

/// Computations of columns from columns, row by row.
///
/// These computations represent missing numbers by NaN, which is never a stored number.
extension FeatureColumn {
  /// Returns the numbers of a row over its own steps, NaN where missing. Categories become 1 if
  /// known and 0 if not, so that a column of promotions indicates whether there is one.
  func numbers(row index: Int) -> [Float] {
    let row = layout[index]
    let cells = row.offset..<row.offset + row.steps.count
    switch self.cells {
    case .categories(let codes, _):
      return codes[cells].map { $0 == Vocabulary.unknown ? 0 : 1 }
    case .numbers(let values, .none):
      return Array(values[cells])
    case .numbers(let values, .marked(let missing)):
      return cells.map { missing[$0] ? .nan : values[$0] }
    case .numbers(let values, .unobserved(let states)):
      return cells.map { states[$0] == .observed ? values[$0] : .nan }
    }
  }

  /// Returns a column of transformed rows, shifted by `lag` steps.
  ///
  /// - Parameters:
  ///   - end: The step to which rows that end earlier are extended with missing numbers. The
  ///     statistics of a series' last days are still known after it ends.
  ///   - transform: A function that takes the index of a row and its numbers, and writes the same
  ///     number of results to uninitialized memory. It is called for several rows at a time.
  func mappingRows(
    name: String, lag: Int = 0, until end: Int = .min,
    _ transform:
      @Sendable (
        _ index: Int, _ row: [Float], _ result: UnsafeMutablePointer<Float>
      ) -> Void
  ) -> FeatureColumn {
    let packed = RaggedLayout(
      layout.rows.lazy.map(\.steps).map { steps in
        steps.isEmpty ? steps : steps.lowerBound..<max(steps.upperBound, end)
      })
    let count = packed.cellCount
    let values = [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
      if let base = SendablePointer(buffer.baseAddress) {
        parallelFor(packed.rows.count) { index in
          let row = numbers(row: index)
          let missing = packed[index].steps.count - row.count
          transform(
            index, missing == 0 ? row : row + Array(repeating: .nan, count: missing),
            base.pointer + packed[index].offset)
        }
      }
      initialized = count
    }
    return FeatureColumn(
      name: name, cells: .init(nanIsMissing: values), layout: packed.shifted(by: lag), scope: scope)
  }

  /// Returns the column with a row for each series. The rows share memory.
  func perSeries(count: Int) -> FeatureColumn {
    guard scope == .shared else { return self }
    return FeatureColumn(
      name: name, cells: cells, layout: layout.selecting(Array(repeating: 0, count: count)),
      scope: .perSeries)
  }

  /// Returns a column that combines this column's numbers with another's at the same steps, NaN
  /// where the other has none yet. It ends where either of them ends.
  func zipping(
    _ other: FeatureColumn, name: String, seriesCount: Int,
    _ combine: @Sendable (Float, Float) -> Float
  ) -> FeatureColumn {
    let own = other.scope == .shared ? self : perSeries(count: seriesCount)
    let combined = own.mappingRows(name: name) { index, row, result in
      let steps = own.layout[index].steps
      let others = other.numbers(row: other.scope == .shared ? 0 : index)
      let shift = steps.lowerBound - other.row(of: index).steps.lowerBound
      for place in row.indices {
        let value = others.indices.contains(place + shift) ? others[place + shift] : .nan
        result[place] = combine(row[place], value)
      }
    }
    let layout = combined.layout.clamped { index in
      let steps = combined.layout[index].steps
      let end = min(steps.upperBound, other.row(of: index).steps.upperBound)
      return steps.lowerBound..<max(steps.lowerBound, end)
    }
    return FeatureColumn(name: name, cells: combined.cells, layout: layout, scope: combined.scope)
  }
}

extension FeatureColumn.Cells {
  /// Creates numbers in which those that aren't finite, NaN or overflowed, are missing.
  init(nanIsMissing values: [Float]) {
    guard values.contains(where: { !$0.isFinite }) else {
      self = .numbers(values, missing: .none)
      return
    }
    self = .numbers(
      values.map { $0.isFinite ? $0 : 0 }, missing: .marked(values.map { !$0.isFinite }))
  }
}
