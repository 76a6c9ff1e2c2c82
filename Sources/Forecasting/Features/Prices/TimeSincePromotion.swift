/// The steps since the last one with a promotion: 0 where there is one, `limit` where there was none
/// for as long, or never.
///
/// A promotion is a number other than 0, or any category. Where it is missing, there is none.
public struct TimeSincePromotion: Feature {
  /// The column of promotions or campaigns.
  public let promotion: FeatureSource
  /// The most that it says.
  public let limit: Int

  /// The time since a column's last promotion; a limit below 1 stops the program.
  public init(of promotion: FeatureSource, limit: Int) {
    self.promotion = promotion
    self.limit = limit
    checkRange()
  }

  public var name: String { "time since \(promotion.name)" }
  public var role: FeatureRole { promotion.role }

  public func columns(
    of panel: Panel, futureSteps: Int
  ) throws(CovariateError) -> [FeatureColumn] {
    let promotions = try promotion.column(of: panel)
    return [
      promotions.mappingRows(name: name) { _, row, result in
        var steps = limit
        for place in row.indices {
          let isPromoted = row[place] != 0 && !row[place].isNaN
          steps = isPromoted ? 0 : min(steps + 1, limit)
          result[place] = Float(steps)
        }
      }
    ]
  }
}

extension TimeSincePromotion: RangeChecked {
  package var fault: String? {
    limit >= 1 ? nil : "expected a limit of at least 1, got \(limit)"
  }
}
