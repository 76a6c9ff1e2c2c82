/// What-if panels, whose known-future columns have other values after the panel's end.
///
/// The functions take a closure that selects the values to change by the row of the column, which is the
/// index of the series or 0 if all series share the column, and by the step. By default, all future
/// steps of all rows change.
extension Panel {
  /// Returns the panel with other numbers of a known-future column after its end.
  ///
  /// - Parameters:
  ///   - name: The name of the column.
  ///   - changes: A closure that returns a Boolean value that indicates whether a value changes.
  ///   - transform: A function that takes a number of the column, nil where missing, and returns the
  ///     number in its place.
  /// - Throws: A `CovariateError` if there is no such column, or if it holds categories.
  package func mappingFuture(
    of name: String, where changes: (_ row: Int, _ step: Int) -> Bool = { _, _ in true },
    _ transform: (Double?) -> Double?
  ) throws(CovariateError) -> Panel {
    let column = try knownCovariate(name)
    guard column.kind == .numeric else { throw .otherKind(column: name, asked: .numeric) }
    var numbers: [Double?] = []
    for row in column.rows {
      let (values, missing) = column.numbers(row: row)
      let steps = column.steps(of: row)
      for (step, (value, isMissing)) in zip(steps, zip(values, missing)) {
        let number = isMissing ? nil : value
        numbers.append(step < calendar.count || !changes(row, step) ? number : transform(number))
      }
    }
    return replacing(column, with: .numbers(numbers))
  }

  /// Returns the panel with one category in future steps of a known-future column.
  ///
  /// - Parameter changes: A closure that returns a Boolean value that indicates whether a value changes.
  /// - Throws: A `CovariateError` if there is no such column, or if it has no such category.
  package func settingFuture(
    of name: String, where changes: (_ row: Int, _ step: Int) -> Bool = { _, _ in true },
    to category: String
  ) throws(CovariateError) -> Panel {
    let column = try knownCovariate(name)
    guard let vocabulary = column.vocabulary else {
      throw .otherKind(column: name, asked: .categorical)
    }
    let code = vocabulary.code(of: category)
    guard code != Vocabulary.unknown else { throw .noSuchCategory(column: name, name: category) }
    let codes = column.rows.flatMap { row in
      zip(column.steps(of: row), column.codes(row: row)).map { step, own in
        step < calendar.count || !changes(row, step) ? own : code
      }
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
