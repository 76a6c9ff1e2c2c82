/// What is known of each series as such: its category, its list price.
public struct StaticCovariate: Sendable, Equatable {
  /// The column's name.
  public let name: String
  /// A value for each series, in the panel's order.
  public let values: CovariateValues
  /// Whether series are aggregated by it: a level of the hierarchy, such as department or store.
  public let isLevel: Bool

  let ids: [String]

  /// Whether it holds numbers or categories.
  public var kind: CovariateKind { values.kind }

  /// The numbers of all series, [N].
  ///
  /// - Throws: `CovariateError` where the column holds categories, or the number of a series is
  ///   missing.
  public func numbers() throws(CovariateError) -> [Double] {
    guard case .numbers(let column) = values else {
      throw .otherKind(column: name, asked: .numeric)
    }
    if let index = column.missing.firstIndex(of: true) {
      throw .missing(column: name, id: ids[index], date: nil)
    }
    return column.values
  }

  /// The categories of all series, [N], and what the numbers mean.
  ///
  /// - Throws: `CovariateError` where the column holds numbers.
  public func categories() throws(CovariateError) -> (codes: [Int32], vocabulary: Vocabulary) {
    guard case .categories(let column) = values else {
      throw .otherKind(column: name, asked: .categorical)
    }
    return (column.codes, column.vocabulary)
  }

  /// The column for some of the series, in the order of `indices`.
  func selecting(_ indices: [Int]) -> StaticCovariate {
    let selected: CovariateValues
    switch values {
    case .numbers(let column):
      selected = .numbers(
        NumberColumn(
          column.numbers.selecting(indices),
          missing: column.missing.isEmpty ? [] : indices.map { column.missing[$0] }))
    case .categories(let column):
      selected = .categories(
        CategoryColumn(indices.map { column.codes[$0] }, vocabulary: column.vocabulary))
    }
    return StaticCovariate(
      name: name, values: selected, isLevel: isLevel, ids: indices.map { ids[$0] })
  }
}
