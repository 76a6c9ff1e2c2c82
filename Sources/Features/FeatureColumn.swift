/// The values of a feature over a panel: a number or a category for each series, for each step, or
/// for each step of each series.
///
/// A column shares the panel's memory where possible: a lag refers to the same numbers at other
/// steps.
public struct FeatureColumn: Sendable {
  /// The column's name.
  public let name: String
  let cells: Cells
  /// The location of the values of each row. Steps are those of the panel's calendar. Static
  /// columns have a step 0 for each series.
  let layout: RaggedLayout
  let scope: Scope
  /// The number of steps before its end at which a known column may be missing, because it looks
  /// ahead.
  private(set) var stepsAhead = 0

  enum Scope { case `static`, shared, perSeries }

  enum Cells: Sendable {
    case numbers([Float], missing: MissingCells)
    case categories([Int32], Vocabulary)
  }

  /// The set of numbers that are missing.
  enum MissingCells: Sendable {
    case none
    case marked([Bool])
    /// All that aren't observed.
    case unobserved([CellState])
  }

  init(name: String, cells: Cells, layout: RaggedLayout, scope: Scope) {
    self.name = name
    self.cells = cells
    self.layout = layout
    self.scope = scope
  }

  /// Creates a column with a value for each of N series.
  public init(name: String, static values: CovariateValues) {
    self.init(
      name: name, cells: Cells(values),
      layout: RaggedLayout(repeatElement(0..<1, count: values.count)), scope: .static)
  }

  /// Creates a column whose values all series share, one for each step from step 0 of the panel.
  public init(name: String, shared values: CovariateValues) {
    self.init(
      name: name, cells: Cells(values), layout: RaggedLayout([0..<values.count]), scope: .shared)
  }

  /// Creates a column with a value for each step of a range of each series, series after series.
  ///
  /// Stops the program unless there are as many values as steps.
  public init(name: String, values: CovariateValues, steps: [Range<Int>]) {
    let layout = RaggedLayout(steps)
    guard values.count == layout.cellCount else {
      fatalError(
        "FeatureColumn: expected \(layout.cellCount) values of \(name.debugDescription), got "
          + "\(values.count)")
    }
    self.init(name: name, cells: Cells(values), layout: layout, scope: .perSeries)
  }

  /// The kind of the values: numbers or categories.
  public var kind: CovariateKind {
    if case .numbers = cells { .numeric } else { .categorical }
  }

  /// The names of the categories, or nil if the column contains numbers.
  public var vocabulary: Vocabulary? {
    if case .categories(_, let vocabulary) = cells { vocabulary } else { nil }
  }

  func renamed(_ name: String) -> FeatureColumn {
    FeatureColumn(name: name, cells: cells, layout: layout, scope: scope)
  }

  /// Returns the column shifted to later steps.
  func lagged(by steps: Int, name: String) -> FeatureColumn {
    FeatureColumn(
      name: name, cells: cells, layout: scope == .static ? layout : layout.shifted(by: steps),
      scope: scope)
  }

  /// Returns the column shifted to earlier steps, with the last steps missing.
  func led(by steps: Int, name: String) -> FeatureColumn {
    var column = lagged(by: -steps, name: name)
    column.stepsAhead = steps
    return column
  }

  /// Returns the row of a series.
  func row(of index: Int) -> RaggedLayout.Row { layout[scope == .shared ? 0 : index] }
}

extension FeatureColumn.Cells {
  init(_ values: CovariateValues) {
    switch values {
    case .numbers(let column):
      self = .numbers(
        column.numbers.nearestSingles,
        missing: column.missing.isEmpty ? .none : .marked(column.missing))
    case .categories(let column): self = .categories(column.codes, column.vocabulary)
    }
  }
}
