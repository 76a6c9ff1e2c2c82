/// The number of steps since the last promotion: 0 during a promotion, and `limit` if it was that
/// long ago or never.
///
/// A promotion is a number other than 0, or any category. Missing values count as no promotion.
public struct TimeSincePromotion: Feature {
  /// The column of promotions or campaigns.
  public let promotion: FeatureSource
  /// The largest value of the feature.
  public let limit: Int

  /// Creates the time since a column's last promotion. Stops the program if the limit is less than
  /// 1.
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
