/// An error that explains why a panel of sums doesn't fit the panel of the series.
public enum SumsError: Error, Equatable {
  /// The panels have no static column of categories in common.
  case noCommonColumn
  /// Two sums have the same categories in the common columns.
  case sameCategories(String, String, columns: [String])
  /// The sums have another frequency than the series.
  case otherFrequency(Frequency, of: Frequency)
  /// The sums end on another day than the series.
  case otherEnd(CalendarDate, of: CalendarDate)
  /// The sums and the series have different totals in their last steps.
  case otherTotals(Double, ofSeries: Double, steps: Int)
}

extension SumsError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .noCommonColumn:
      "the sums and the series have no static column of categories in common, such as a store, so it is "
        + "not known which series a sum consists of; add such columns to both"
    case .sameCategories(let first, let second, let columns):
      "the sums \(first.debugDescription) and \(second.debugDescription) have the same "
        + "\(columns.joined(separator: ", ")), so it is not known which of them a series belongs to; keep "
        + "sums of one level, such as all stores by department"
    case .otherFrequency(let found, let expected):
      "the sums have steps of \(found.withArticle), but the series have steps of \(expected.withArticle); "
        + "prepare both with the same frequency"
    case .otherEnd(let found, let expected):
      "the sums end before \(found), but the series end before \(expected); prepare the sums with more "
        + "days, or the series with fewer"
    case .otherTotals(let sums, let series, let steps):
      "the sums have a total of \(sums.plainDecimal) in the last \(steps) steps, but the series one of "
        + "\(series.plainDecimal); use sums of these series, in the same unit"
    }
  }
}
