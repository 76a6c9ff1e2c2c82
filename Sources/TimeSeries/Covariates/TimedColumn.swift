/// A column with a value for each step, as panels store it.
struct TimedColumn: Sendable {
  let name: String
  let values: CovariateValues
  /// Where the values lie: a row for each series, or one row for all. Its steps are counted as
  /// those of the panel's own layout.
  let layout: RaggedLayout
  /// Whether all series have the same values.
  let isShared: Bool
  /// The first step at which the column is not known any more; nil for past-only columns, which end
  /// with the panel.
  let end: Int?

  /// The row of a series.
  func row(of index: Int) -> RaggedLayout.Row { layout[isShared ? 0 : index] }

  /// The column for some of the series, in the order of `indices`.
  func selecting(_ indices: [Int]) -> TimedColumn {
    isShared ? self : with(layout.selecting(indices), end: end)
  }

  /// The column with its steps counted from another origin.
  func shifted(by steps: Int) -> TimedColumn {
    steps == 0 ? self : with(layout.shifted(by: steps), end: end.map { $0 + steps })
  }

  private func with(_ layout: RaggedLayout, end: Int?) -> TimedColumn {
    TimedColumn(name: name, values: values, layout: layout, isShared: isShared, end: end)
  }
}

extension Sequence<TimedColumn> {
  /// Whether one of the columns has that name.
  func contains(named name: String) -> Bool { contains { $0.name == name } }
}
