import GradientBoosting

/// The encoding of the future steps of windows as rows of numbers, learned from the training part.
struct StepEncoding: Sendable {
  let layout: WindowLayout
  let loss: BoostingLoss
  /// The numeric columns of future steps, and those of series.
  let futureNumbers, staticNumbers: [String]
  /// The categorical columns of future steps, and those of series.
  var futureCategories, staticCategories: [CategoryMeans]
  /// The columns known ahead that mark steps, such as promotions.
  let marks: [String]

  /// Creates an encoding of the columns of a table, whose categories all have the same number.
  init(_ table: FeatureTable, _ layout: WindowLayout, _ loss: BoostingLoss) {
    self.layout = layout
    self.loss = loss
    func names(_ columns: [FeatureColumn]) -> [String] {
      columns.filter { $0.kind == .numeric }.map(\.name)
    }
    func categories(_ columns: [FeatureColumn]) -> [CategoryMeans] {
      columns.filter { $0.kind == .categorical }.map { CategoryMeans(column: $0.name, means: [:]) }
    }
    futureNumbers = names(table.futureColumns)
    staticNumbers = names(table.staticColumns)
    futureCategories = categories(table.futureColumns)
    staticCategories = categories(table.staticColumns)
    let known = Set(layout.features.known.map(\.name))
    marks = table.panel.knownCovariates.filter { known.contains($0.name) && $0.marksSteps }
      .map(\.name)
  }

  /// The lengths of the last steps of a window whose means a row has.
  var spans: [Int] {
    let season = layout.seasonLength
    return [1, season / 12, season / 4, season / 2, season, 2 * season, 4 * season]
      .reduce(into: []) { if $0.last ?? 0 < $1, $1 < layout.inputLength { $0.append($1) } }
  }

  /// The season lengths whose positions have means of their own.
  var seasons: [Int] {
    layout.features.window.compactMap {
      if case .seasonalProfile(let length) = $0 { length } else { nil }
    }
  }

  /// The names of the numbers of a row, in their order.
  var columnNames: [String] {
    let columns =
      futureNumbers + futureCategories.map(\.column) + staticNumbers
      + staticCategories.map(\.column)
    let ofMarks =
      marks.map { "same \($0) and position" } + ["same marks", "same marks and position"]
    return columns + WindowSummary.names(self) + (marks.isEmpty ? [] : ofMarks)
  }

  /// A Boolean value that indicates whether the trees predict the value of a step, of at least 0, instead of its
  /// difference from the profile of the window.
  var isNonnegative: Bool { if case .tweedie = loss { true } else { false } }
}

/// The mean targets of the categories of a column.
///
/// As numbers of the categories, they put those next to each other that sell alike, so that a question can tell
/// them from others.
struct CategoryMeans: Sendable {
  let column: String
  let means: [String: Float]
}

extension KnownCovariate {
  /// A Boolean value that indicates whether many steps have the same value: a category of a few, or 0 or 1.
  fileprivate var marksSteps: Bool {
    if let vocabulary { return vocabulary.names.count <= 64 }
    return rows.allSatisfy { row in numbers(row: row).values.allSatisfy { $0 == 0 || $0 == 1 } }
  }
}
