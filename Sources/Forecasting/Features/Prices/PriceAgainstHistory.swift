/// A price over its mean in the steps before: 1 where it is what it was, 0.8 where it is a fifth less.
///
/// Missing where the price or its history is, or the mean is not above 0.
public struct PriceAgainstHistory: Feature {
  /// The price.
  public let price: FeatureSource
  /// The number of steps before that are its history.
  public let window: Int

  /// A price against that of so many steps before; a number below 1 stops the program.
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
        // The window that ends before each price.
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
