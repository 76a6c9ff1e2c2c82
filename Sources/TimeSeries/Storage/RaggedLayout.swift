/// Where the cells of rows lie in an array: each row covers a range of steps, its own, and its
/// cells stand in one run.
///
/// Steps are those of the panel that the array was first made for. A slice of that panel looks at
/// the same array through the same layout, and only counts its own steps from another origin.
package struct RaggedLayout: Sendable {
  package struct Row: Sendable {
    package var steps: Range<Int>
    /// The place of the first step's cell in the array.
    package var offset: Int

    /// The cells of some steps, which must be among the row's.
    package func cells(of steps: Range<Int>) -> Range<Int> {
      let first = offset + steps.lowerBound - self.steps.lowerBound
      return first..<first + steps.count
    }
  }

  package private(set) var rows: [Row]

  /// Rows that lie one after another.
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

  /// Some of the rows, in the order of `indices`.
  package func selecting(_ indices: [Int]) -> RaggedLayout {
    RaggedLayout(rows: indices.map { rows[$0] })
  }

  /// The same cells at steps that are counted from another origin.
  package func shifted(by steps: Int) -> RaggedLayout {
    RaggedLayout(
      rows: rows.map { row in
        Row(
          steps: row.steps.lowerBound + steps..<row.steps.upperBound + steps, offset: row.offset)
      })
  }
}

extension RaggedLayout {
  /// The same cells, of some of each row's steps only. Steps that a row has not are left out.
  package func clamped(to steps: (_ row: Int) -> Range<Int>) -> RaggedLayout {
    RaggedLayout(
      rows: rows.indices.map { index in
        let row = rows[index]
        let inside = row.steps.clamped(to: steps(index))
        // A range that was clamped to nothing may lie beside the row.
        return Row(steps: inside, offset: inside.isEmpty ? 0 : row.cells(of: inside).lowerBound)
      })
  }
}
