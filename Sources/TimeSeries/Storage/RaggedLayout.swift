/// The layout of rows of cells in an array. Each row covers its own range of steps, and its cells
/// are contiguous.
///
/// Steps are those of the panel that the array was created for. A slice of that panel uses the same
/// array and layout, and only counts its steps from another origin.
package struct RaggedLayout: Sendable {
  /// The steps of a row and the position of its cells.
  package struct Row: Sendable {
    package var steps: Range<Int>
    /// The position of the first step's cell in the array.
    package var offset: Int

    /// Returns the positions of the cells of some steps, which must be within the row's steps.
    package func cells(of steps: Range<Int>) -> Range<Int> {
      let first = offset + steps.lowerBound - self.steps.lowerBound
      return first..<first + steps.count
    }
  }

  package private(set) var rows: [Row]

  /// Creates a layout of consecutive rows that cover the given steps.
  package init(_ steps: some Sequence<Range<Int>>) {
    var offset = 0
    rows = steps.map { range in
      defer { offset += range.count }
      return Row(steps: range, offset: offset)
    }
  }

  private init(rows: [Row]) { self.rows = rows }

  package subscript(row: Int) -> Row { rows[row] }

  /// The number of cells of all rows.
  package var cellCount: Int { rows.reduce(0) { $0 + $1.steps.count } }

  /// Returns the layout of a selection of rows, in the order of `indices`.
  package func selecting(_ indices: [Int]) -> RaggedLayout {
    RaggedLayout(rows: indices.map { rows[$0] })
  }

  /// Returns the layout of the same cells with steps counted from another origin.
  package func shifted(by steps: Int) -> RaggedLayout {
    RaggedLayout(
      rows: rows.map { row in
        Row(
          steps: row.steps.lowerBound + steps..<row.steps.upperBound + steps, offset: row.offset)
      })
  }
}

extension RaggedLayout {
  /// Returns the layout with each row restricted to a range of steps. Steps outside of the row are
  /// ignored.
  package func clamped(to steps: (_ row: Int) -> Range<Int>) -> RaggedLayout {
    RaggedLayout(
      rows: rows.indices.map { index in
        let row = rows[index]
        let inside = row.steps.clamped(to: steps(index))
        // A range that was clamped to an empty one can be outside of the row.
        return Row(steps: inside, offset: inside.isEmpty ? 0 : row.cells(of: inside).lowerBound)
      })
  }
}
