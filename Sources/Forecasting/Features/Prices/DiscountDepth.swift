/// How much less than its regular price an item costs, as a share of it: 0.25 for a quarter off, 0
/// for no less.
///
/// Missing where one of the prices is, or the regular one is not above 0.
public struct DiscountDepth: Feature {
  /// What the regular price is.
  public enum Reference: Hashable, Sendable, Codable {
    /// A column's, such as the list price.
    case column(FeatureSource)
    /// The highest of this step and of so many before.
    case highest(window: Int)
  }

  /// The price that is asked.
  public let price: FeatureSource
  /// The regular price.
  public let reference: Reference

  /// The discount of a price; a window below 1 stops the program.
  public init(of price: FeatureSource, from reference: Reference) {
    self.price = price
    self.reference = reference
    checkRange()
  }

  public var name: String {
    switch reference {
    case .column(let list): "\(price.name) discount from \(list.name)"
    case .highest(let window): "\(price.name) discount from highest of \(window)"
    }
  }

  public var role: FeatureRole {
    if case .column(let list) = reference {
      price.role.combined(with: list.role)
    } else {
      price.role
    }
  }

  public func columns(
    of panel: Panel, futureSteps: Int
  ) throws(CovariateError) -> [FeatureColumn] {
    let prices = try price.numberColumn(of: panel)
    switch reference {
    case .column(let source):
      let list = try source.numberColumn(of: panel)
      return [prices.zipping(list, name: name, seriesCount: panel.seriesCount, discount)]
    case .highest(let window):
      return [
        prices.mappingRows(name: name) { _, row, result in
          slideWindow(row, window: min(window, row.count) + 1, Extremes.init) { place, total in
            result[place] = discount(row[place], total.maximum)
          }
        }
      ]
    }
  }

  private func discount(_ price: Float, _ regular: Float) -> Float {
    // NaN fails every comparison, but `max` would lose it.
    guard regular > 0, !price.isNaN else { return .nan }
    return max(0, 1 - price / regular)
  }
}

extension DiscountDepth: RangeChecked {
  package var fault: String? {
    guard case .highest(let window) = reference, window < 1 else { return nil }
    return "expected a window of at least 1, got \(window)"
  }
}
