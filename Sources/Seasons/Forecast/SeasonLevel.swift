/// The forecasts of one level: the total, the categories of a column, or the series.
public struct SeasonLevel: Sendable {
  /// The name: `Total`, the column, or `Series`.
  public let name: String
  /// A row for each sum or series.
  public internal(set) var rows: [SeasonRow]
  /// The indices of the series of each row.
  public let members: [[Int]]

  /// The name of the level of the sum of all series.
  public static let total = "Total"
  /// The name of the level of the series.
  public static let series = "Series"

  /// The share of rows whose actual sum is within its interval, or nil if none is known.
  public var coverage: Double? {
    let known = rows.compactMap { row in row.actual.map { row.interval.contains($0) } }
    return known.isEmpty ? nil : Double(known.count { $0 }) / Double(known.count)
  }
}
