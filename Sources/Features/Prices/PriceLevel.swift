internal import RealModule

/// The natural logarithm of a price, a scale on which equal steps are equal ratios.
///
/// The feature is missing where the price is missing or isn't positive. Every feature of prices has
/// the role of the price's column.
public struct PriceLevel: Feature {
  /// The price.
  public let price: FeatureSource

  public init(of price: FeatureSource) { self.price = price }

  public var name: String { "\(price.name) level" }
  public var role: FeatureRole { price.role }

  public func columns(
    of panel: Panel, futureSteps: Int
  ) throws(CovariateError) -> [FeatureColumn] {
    let prices = try price.numberColumn(of: panel)
    return [
      prices.mappingRows(name: name) { _, row, result in
        for place in row.indices { result[place] = row[place] > 0 ? Float.log(row[place]) : .nan }
      }
    ]
  }
}
