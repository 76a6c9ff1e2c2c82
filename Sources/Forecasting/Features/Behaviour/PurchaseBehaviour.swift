/// How lately, how often and for how much a series was bought, step for step: recency, frequency and
/// monetary value.
///
/// For a panel of customers or of items. Three columns, all as of `lag` steps before, and all with W
/// in their names, so that several windows may stand in one set:
/// - `recency of W`: the steps since the last one with a value above 0, be it among the last W or
///   not; missing before the first.
/// - `frequency of W`: the number of steps with a value above 0 among the last W.
/// - `monetary value of W`: the sum of what was paid in them.
public struct PurchaseBehaviour: Feature {
  /// What was bought, such as units.
  public let purchases: FeatureSource
  /// What was paid, such as revenue.
  public let amounts: FeatureSource
  /// The number of steps that frequency and monetary value look at, W.
  public let window: Int
  /// The number of steps from the last of them to the feature's.
  public let lag: Int

  /// The behaviour over a window. A window or a lag below 1 stops the program.
  public init(
    of purchases: FeatureSource = .target, amounts: FeatureSource = .target, window: Int,
    lag: Int = 1
  ) {
    self.purchases = purchases
    self.amounts = amounts
    self.window = window
    self.lag = lag
    checkRange()
  }

  public var name: String { "\(purchases.name) behaviour over \(window)" + suffix }
  public var role: FeatureRole { purchases.role.combined(with: amounts.role).lagged(by: lag) }

  /// - Throws: `CovariateError` where there is no such column, or it holds categories.
  public func columns(
    of panel: Panel, futureSteps: Int
  ) throws(CovariateError) -> [FeatureColumn] {
    let bought = try purchases.numberColumn(of: panel)
    let paid = try amounts.numberColumn(of: panel)
    let frequency = Rolling(.positiveCount, of: purchases, window: window, lag: lag)
    let value = Rolling(.sum, of: amounts, window: window, lag: lag)
    let end = panel.calendar.count
    func column(
      _ source: FeatureColumn, _ name: String,
      _ write: ([Float], UnsafeMutablePointer<Float>) -> Void
    ) -> FeatureColumn {
      source.mappingRows(name: name + suffix, lag: lag, until: end) { write($1, $2) }
    }
    return [
      column(bought, "\(purchases.name) recency of \(window)", writeRecency),
      column(bought, "\(purchases.name) frequency of \(window)", frequency.write),
      column(paid, "\(amounts.name) monetary value of \(window)", value.write),
    ]
  }

  private var suffix: String { lagSuffix(lag) }

  private func writeRecency(_ row: [Float], _ result: UnsafeMutablePointer<Float>) {
    var last: Int?
    for place in row.indices {
      if row[place] > 0 { last = place }
      result[place] = last.map { Float(place - $0 + lag) } ?? .nan
    }
  }
}

extension PurchaseBehaviour: RangeChecked {
  package var fault: String? {
    window >= 1 ? lagFault(lag) : "expected a window of at least 1, got \(window)"
  }
}
