/// The recency, frequency, and monetary value of the purchases of each series, at each step.
///
/// The feature is meant for a panel of customers or items. It has three columns, all as of `lag`
/// steps earlier, and all with W in their names, so that a set can contain several windows:
/// - `recency of W`: the number of steps since the last one with a value above 0, in the last W
///   steps or before, missing before the first.
/// - `frequency of W`: the number of steps with a value above 0 among the last W.
/// - `monetary value of W`: the sum of the amounts in them.
public struct PurchaseBehavior: Feature {
  /// The purchases, such as units.
  public let purchases: FeatureSource
  /// The amounts, such as revenue.
  public let amounts: FeatureSource
  /// The number of steps, W, that frequency and monetary value cover.
  public let window: Int
  /// The number of steps from the end of the window to the step of the feature.
  public let lag: Int

  /// Creates the feature for a window. Stops the program if the window or the lag is less than 1.
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

  public var name: String { "\(purchases.name) behavior over \(window)" + suffix }
  public var role: FeatureRole { purchases.role.combined(with: amounts.role).lagged(by: lag) }

  /// - Throws: `CovariateError` if there is no such column, or if it contains categories.
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
      _ write: @Sendable ([Float], UnsafeMutablePointer<Float>) -> Void
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

extension PurchaseBehavior: RangeChecked {
  package var fault: String? {
    window >= 1 ? lagFault(lag) : "expected a window of at least 1, got \(window)"
  }
}
