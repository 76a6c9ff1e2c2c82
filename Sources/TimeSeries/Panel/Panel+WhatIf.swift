/// What-if panels, whose known-future columns have other values after the panel's end.
extension Panel {
  /// Returns the panel with other numbers of a known-future column after its end.
  ///
  /// - Parameters:
  ///   - name: The name of the column.
  ///   - transform: A function that takes a number of the column, nil where missing, and returns the
  ///     number in its place.
  /// - Throws: A `CovariateError` if there is no such column, or if it holds categories.
  package func mappingFuture(
    of name: String, _ transform: (Double?) -> Double?
  ) throws(CovariateError) -> Panel {
    let column = try knownCovariate(name)
    guard column.kind == .numeric else { throw .otherKind(column: name, asked: .numeric) }
    var numbers: [Double?] = []
    for row in column.rows {
      let (values, missing) = column.numbers(row: row)
      let steps = column.steps(of: row)
      for (step, (value, isMissing)) in zip(steps, zip(values, missing)) {
        let number = isMissing ? nil : value
        numbers.append(step < calendar.count ? number : transform(number))
      }
    }
    return replacing(column, with: .numbers(numbers))
  }

  /// Returns the panel with one category in all steps of a known-future column after its end.
  ///
  /// - Throws: A `CovariateError` if there is no such column, or if it has no such category.
  package func settingFuture(
    of name: String, to category: String
  ) throws(CovariateError) -> Panel {
    let column = try knownCovariate(name)
    guard let vocabulary = column.vocabulary else {
      throw .otherKind(column: name, asked: .categorical)
    }
    let code = vocabulary.code(of: category)
    guard code != Vocabulary.unknown else { throw .noSuchCategory(column: name, name: category) }
    let codes = column.rows.flatMap { row in
      zip(column.steps(of: row), column.codes(row: row)).map { $0 < calendar.count ? $1 : code }
    }
    return replacing(column, with: .categories(CategoryColumn(codes, vocabulary: vocabulary)))
  }

  /// Returns the panel with other values at all steps of a column.
  private func replacing(_ column: KnownCovariate, with values: CovariateValues) -> Panel {
    replacing(
      TimedColumn(
        name: column.name, values: values, layout: RaggedLayout(column.rows.map(column.steps(of:))),
        isShared: column.isShared, end: column.end))
  }
}
