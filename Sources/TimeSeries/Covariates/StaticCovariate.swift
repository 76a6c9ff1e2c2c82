/// A covariate with one value for each series, such as its category or list price.
public struct StaticCovariate: Sendable, Equatable {
  /// The column's name.
  public let name: String
  /// One value for each series, in the panel's order.
  public let values: CovariateValues
  /// A Boolean value that indicates whether the covariate is a level of the hierarchy, such as
  /// department or store, by which series are aggregated.
  public let isLevel: Bool

  let ids: [String]

  /// The kind of the values: numbers or categories.
  public var kind: CovariateKind { values.kind }

  /// Returns the numbers of all series, [N].
  ///
  /// - Throws: A `CovariateError` if the column holds categories or a series has no value.
  public func numbers() throws(CovariateError) -> [Double] {
    guard case .numbers(let column) = values else {
      throw .otherKind(column: name, asked: .numeric)
    }
    if let index = column.missing.firstIndex(of: true) {
      throw .missing(column: name, id: ids[index], date: nil)
    }
    return column.values
  }

  /// Returns the category codes of all series, [N], and their vocabulary.
  ///
  /// - Throws: A `CovariateError` if the column holds numbers.
  public func categories() throws(CovariateError) -> (codes: [Int32], vocabulary: Vocabulary) {
    guard case .categories(let column) = values else {
      throw .otherKind(column: name, asked: .categorical)
    }
    return (column.codes, column.vocabulary)
  }

  /// Returns the column for a selection of series, in the order of `indices`.
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
