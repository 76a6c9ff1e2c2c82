/// A flag that is 1 where a column has a category, and 0 where it has another or none: a kind of
/// campaign, a closed day.
public struct CategoryFlag: Feature {
  /// The column of categories.
  public let source: FeatureSource
  /// The category.
  public let category: String

  /// Creates a flag for a category of a column.
  public init(of source: FeatureSource, is category: String) {
    self.source = source
    self.category = category
  }

  public var name: String { "\(source.name) is \(category)" }
  public var role: FeatureRole { source.role }

  /// - Throws: `CovariateError` if the column contains numbers, or has no such category.
  public func columns(
    of panel: Panel, futureSteps: Int
  ) throws(CovariateError) -> [FeatureColumn] {
    let column = try source.column(of: panel)
    guard case .categories(let codes, let vocabulary) = column.cells else {
      throw .otherKind(column: source.name, asked: .categorical)
    }
    let code = vocabulary.code(of: category)
    guard code != Vocabulary.unknown else {
      throw .noSuchCategory(column: source.name, name: category)
    }
    return [
      FeatureColumn(
        name: name, cells: .numbers(codes.map { $0 == code ? 1 : 0 }, missing: .none),
        layout: column.layout, scope: column.scope)
    ]
  }
}

/// A flag that is 1 where the item was sold out, so that its sales are less than its demand, 0
/// where it wasn't, and missing where nothing is known.
public struct StockOutFlag: Feature {
  public init() {}

  public var name: String { "stock-out" }
  public var role: FeatureRole { .past(knownAhead: 0) }

  public func columns(
    of panel: Panel, futureSteps: Int
  ) throws(CovariateError) -> [FeatureColumn] {
    let target = try FeatureSource.target.column(of: panel)
    return [
      FeatureColumn(
        name: name,
        cells: .numbers(
          panel.states.map { $0 == .stockOut ? 1 : 0 },
          missing: .marked(panel.states.map { $0 == .gap })),
        layout: target.layout, scope: .perSeries)
    ]
  }
}
