/// A price divided by its mean over the steps before: 1 for an unchanged price, 0.8 for a fifth
/// less.
///
/// The feature is missing where the price or its history is missing, or where the mean isn't
/// positive.
public struct PriceAgainstHistory: Feature {
  /// The price.
  public let price: FeatureSource
  /// The number of steps in the history.
  public let window: Int

  /// Creates a price relative to its mean over the `window` steps before. Stops the program if the
  /// number is less than 1.
  public init(of price: FeatureSource, window: Int) {
    self.price = price
    self.window = window
    checkRange()
  }

  public var name: String { "\(price.name) against \(window) before" }
  public var role: FeatureRole { price.role }

  public func columns(
    of panel: Panel, futureSteps: Int
  ) throws(CovariateError) -> [FeatureColumn] {
    let prices = try price.numberColumn(of: panel)
    let history = Rolling(.mean, of: price, window: window)
    return [
      prices.mappingRows(name: name) { _, row, result in
        history.write(row, result)
        // The window ends before each price.
        for place in row.indices.reversed() {
          let before = place > 0 ? result[place - 1] : .nan
          result[place] = before > 0 ? row[place] / before : .nan
        }
      }
    ]
  }
}

extension PriceAgainstHistory: RangeChecked {
  package var fault: String? {
    window >= 1 ? nil : "expected a window of at least 1, got \(window)"
  }
}
