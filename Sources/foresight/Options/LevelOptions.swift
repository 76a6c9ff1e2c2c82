import ArgumentParser

/// The options that name the levels of a hierarchy, and the prices that weight its series.
struct LevelOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      Static columns whose categories sums have in common, such as state,department. Can be repeated: \
      each is a level, and levels may cross each other. (default: each level of the panel; always the \
      total and the series)
      """, valueName: "columns"))
  var level: [ColumnList] = []

  @Option(
    help: ArgumentHelp(
      """
      The column of prices, to weight series in scores by their revenue in the steps before the scored \
      ones, as many as are scored. (default: their units)
      """, valueName: "column"))
  var price: String?

  /// The columns of the options.
  var columns: LevelColumns { columns(with: []) }

  /// Returns the columns of the options, and further columns.
  func columns(with further: [ColumnList]) -> LevelColumns {
    LevelColumns(level + further, price: price)
  }
}
