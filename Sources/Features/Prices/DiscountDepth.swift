/// The discount of a price, as a share of the regular price: 0.25 for a quarter off, 0 for none.
///
/// The feature is missing where one of the prices is missing, or where the regular price isn't
/// positive.
public struct DiscountDepth: Feature {
  /// The definition of the regular price.
  public enum Reference: Hashable, Sendable, Codable {
    /// The price in a column, such as the list price.
    case column(FeatureSource)
    /// The highest price of this step and the `window` steps before it.
    case highest(window: Int)
  }

  /// The selling price.
  public let price: FeatureSource
  /// The regular price.
  public let reference: Reference

  /// Creates the discount of a price. Stops the program if a window is less than 1.
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
    // Comparisons with NaN are false, but `max` would ignore it.
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
