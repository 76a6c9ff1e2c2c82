import Forecasting

/// The columns of the levels of a hierarchy and of the prices that weight its series.
struct LevelColumns {
  private let level: [ColumnList]
  private let price: String?

  /// - Parameters:
  ///   - level: The values of `--level`.
  ///   - price: The value of `--price`.
  init(_ level: [ColumnList], price: String?) { (self.level, self.price) = (level, price) }

  /// The columns, which a table of sales is read with.
  var columns: [CovariateColumn] {
    let levels = Set(level.flatMap(\.columns).map(\.name)).sorted()
    return levels.map { CovariateColumn($0, role: .static, kind: .categorical) }
      + (price.map { [CovariateColumn($0, role: .past, kind: .numeric)] } ?? [])
  }

  /// The option that names each column.
  var options: [String: String] {
    Dictionary(columns.map { ($0.column, $0.role == .static ? "--level" : "--price") }) {
      first, _ in first
    }
  }

  /// The grouping of all series and that of each level, or nil for the levels of the panel.
  var groupings: [[String]]? {
    level.isEmpty ? nil : [[]] + level.map { $0.columns.map(\.name) }
  }

  /// The weights of the series.
  var weights: SeriesWeights { price.map { .revenue(price: $0) } ?? .sales }
}
