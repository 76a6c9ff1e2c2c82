/// A column with one value for each step, as panels store it.
struct TimedColumn: Sendable {
  let name: String
  let values: CovariateValues
  /// The layout of the values: one row for each series, or one row shared by all. Its steps are
  /// counted like those of the panel's own layout.
  let layout: RaggedLayout
  /// A Boolean value that indicates whether all series have the same values.
  let isShared: Bool
  /// The first step at which the column is no longer known, or `nil` for past-only columns, which
  /// end with the panel.
  let end: Int?

  /// Returns the row of a series.
  func row(of index: Int) -> RaggedLayout.Row { layout[isShared ? 0 : index] }

  /// Returns the column for a selection of series, in the order of `indices`.
  func selecting(_ indices: [Int]) -> TimedColumn {
    isShared ? self : with(layout.selecting(indices), end: end)
  }

  /// Returns the column with its steps counted from another origin.
  func shifted(by steps: Int) -> TimedColumn {
    steps == 0 ? self : with(layout.shifted(by: steps), end: end.map { $0 + steps })
  }

  private func with(_ layout: RaggedLayout, end: Int?) -> TimedColumn {
    TimedColumn(name: name, values: values, layout: layout, isShared: isShared, end: end)
  }
}

extension Sequence<TimedColumn> {
  /// Returns a Boolean value that indicates whether one of the columns has the given name.
  func contains(named name: String) -> Bool { contains { $0.name == name } }
}
