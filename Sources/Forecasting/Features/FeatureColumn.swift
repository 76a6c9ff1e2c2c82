/// The values of a feature over a panel: a number or a category for each series, for each step, or
/// for each step of each series.
///
/// A column shares the panel's memory wherever it can: a lag is the same numbers at other steps.
public struct FeatureColumn: Sendable {
  /// The column's name.
  public let name: String
  let cells: Cells
  /// Where the values of each row lie; steps are those of the panel's calendar. Static columns have
  /// a step 0 for each series.
  let layout: RaggedLayout
  let scope: Scope

  enum Scope { case `static`, shared, perSeries }

  enum Cells: Sendable {
    case numbers([Float], missing: MissingCells)
    case categories([Int32], Vocabulary)
  }

  /// Which numbers are missing.
  enum MissingCells: Sendable {
    case none
    case marked([Bool])
    /// All that are not observed.
    case unobserved([CellState])
  }

  init(name: String, cells: Cells, layout: RaggedLayout, scope: Scope) {
    self.name = name
    self.cells = cells
    self.layout = layout
    self.scope = scope
  }

  /// A column with a value for each of N series.
  public init(name: String, static values: CovariateValues) {
    self.init(
      name: name, cells: Cells(values),
      layout: RaggedLayout(repeatElement(0..<1, count: values.count)), scope: .static)
  }

  /// A column whose values all series share, one for each step from step 0 of the panel on.
  public init(name: String, shared values: CovariateValues) {
    self.init(
      name: name, cells: Cells(values), layout: RaggedLayout([0..<values.count]), scope: .shared)
  }

  /// A column with a value for each step of some range of each series, series after series.
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

  /// Whether it holds numbers or categories.
  public var kind: CovariateKind {
    if case .numbers = cells { .numeric } else { .categorical }
  }

  /// What the numbers of categories mean; nil where the column holds numbers.
  public var vocabulary: Vocabulary? {
    if case .categories(_, let vocabulary) = cells { vocabulary } else { nil }
  }

  func renamed(_ name: String) -> FeatureColumn {
    FeatureColumn(name: name, cells: cells, layout: layout, scope: scope)
  }

  /// The same values at later steps.
  func lagged(by steps: Int, name: String) -> FeatureColumn {
    FeatureColumn(
      name: name, cells: cells, layout: scope == .static ? layout : layout.shifted(by: steps),
      scope: scope)
  }

  /// The row of a series.
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
