/// A price divided by the mean price of all series of its category at the same step.
///
/// The feature is missing where the price is missing, where the series' category isn't known, and
/// where the mean isn't positive.
public struct PriceAgainstCategory: Feature {
  /// The price.
  public let price: FeatureSource
  /// The static column of categories.
  public let category: String

  /// Creates a price relative to those of its category.
  public init(of price: FeatureSource, category: String) {
    self.price = price
    self.category = category
  }

  public var name: String { "\(price.name) against \(category)" }
  public var role: FeatureRole { price.role }

  /// - Throws: `CovariateError` if a column doesn't exist, or if it contains numbers instead of
  ///   categories or the reverse.
  public func columns(
    of panel: Panel, futureSteps: Int
  ) throws(CovariateError) -> [FeatureColumn] {
    let prices = try price.numberColumn(of: panel).perSeries(count: panel.seriesCount)
    let (codes, vocabulary) = try panel.staticCovariate(category).categories()
    let means = CategoryMeans(of: prices, codes, categoryCount: vocabulary.count)
    return [
      prices.mappingRows(name: name) { index, row, result in
        let first = prices.row(of: index).steps.lowerBound
        for place in row.indices {
          let mean = means.value(of: codes[index], at: first + place)
          result[place] = codes[index] != Vocabulary.unknown && mean > 0 ? row[place] / mean : .nan
        }
      }
    ]
  }
}

/// The mean of a column over the series of each category, step by step.
private struct CategoryMeans {
  private let steps: Range<Int>
  private var sums: [Sum]

  init(of column: FeatureColumn, _ codes: [Int32], categoryCount: Int) {
    let rows = column.layout.rows.filter { !$0.steps.isEmpty }
    let first = rows.map(\.steps.lowerBound).min() ?? 0
    steps = first..<(rows.map(\.steps.upperBound).max() ?? first)
    sums = Array(repeating: Sum(), count: categoryCount * steps.count)
    for (index, code) in codes.enumerated() {
      let start = Int(code) * steps.count + column.layout[index].steps.lowerBound - first
      for (place, value) in column.numbers(row: index).enumerated() where !value.isNaN {
        sums[start + place] = sums[start + place].merged(with: Sum(value))
      }
    }
  }

  func value(of code: Int32, at step: Int) -> Float {
    let sum = sums[Int(code) * steps.count + step - steps.lowerBound]
    return Float(sum.sum / sum.count)
  }
}
