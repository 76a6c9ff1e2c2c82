import NeuralNetwork

/// The columns of a table as the numbers of rows.
struct StepColumns: Sendable {
  /// The place of a column that marks steps among the columns of its kind.
  struct Mark: Sendable {
    let isCategorical: Bool
    /// Its place among the columns of past steps, and among those of future steps.
    let past, future: Int
  }

  let encoding: StepEncoding
  /// For each numeric column of future steps, whether its numbers have the units of the target.
  let areInTargetUnits: [Bool]
  /// The number of each category of the table, NaN for unknown ones, for each categorical column.
  let futureMeans, staticMeans: [[Float]]
  let marks: [Mark]
  /// The number of numbers of a row.
  let width: Int

  /// - Throws: `CovariateError.otherKind` if a column contains numbers instead of categories, or the reverse.
  init(_ encoding: StepEncoding, of table: FeatureTable) throws(CovariateError) {
    self.encoding = encoding
    width = encoding.columnNames.count
    for column in table.futureColumns + table.staticColumns {
      let numbers = encoding.futureNumbers + encoding.staticNumbers
      let kind: CovariateKind = numbers.contains(column.name) ? .numeric : .categorical
      guard column.kind == kind else { throw .otherKind(column: column.name, asked: kind) }
    }
    areInTargetUnits = encoding.futureNumbers.map(table.isInTargetUnits)
    func numbers(_ categories: [CategoryMeans]) -> [[Float]] {
      categories.map { category in
        let names = table.column(category.column).vocabulary?.names ?? []
        return [.nan] + names.map { category.means[$0] ?? .nan }
      }
    }
    futureMeans = numbers(encoding.futureCategories)
    staticMeans = numbers(encoding.staticCategories)
    marks = encoding.marks.compactMap { name in
      let kind = table.column(name).kind
      func place(_ columns: [FeatureColumn]) -> Int? {
        columns.filter { $0.kind == kind }.firstIndex { $0.name == name }
      }
      guard let past = place(table.historyColumns), let future = place(table.futureColumns) else {
        return nil
      }
      return Mark(isCategorical: kind == .categorical, past: past, future: future)
    }
  }

}
