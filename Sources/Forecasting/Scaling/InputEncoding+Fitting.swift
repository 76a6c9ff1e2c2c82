extension InputEncoding {
  /// Chooses the scaling of each column, and records the categories, from the table of a training
  /// part.
  ///
  /// - Parameters:
  ///   - table: The columns of the training part.
  ///   - window: The features that are computed within each window.
  ///   - interactionSize: The number of channels of the interactions of columns at each step, or 0 for
  ///     none; see ``WindowSpecification/interactionSize``.
  public init(fitting table: FeatureTable, window: [WindowFeature], interactionSize: Int = 0) {
    self.init(
      history: Columns(fitting: table.historyColumns, of: table),
      future: Columns(fitting: table.futureColumns, of: table),
      statics: Columns(fitting: table.staticColumns, of: table), window: window,
      interactionSize: interactionSize)
  }
}

extension InputEncoding.Columns {
  fileprivate init(fitting columns: [FeatureColumn], of table: FeatureTable) {
    numbers = columns.filter { $0.kind == .numeric }.map { column in
      InputEncoding.Number(
        column: column.name,
        scaling: table.isInTargetUnits(column.name)
          ? .window : ColumnScaling(fitting: column.knownNumbers(within: table.panel)),
        hasMask: column.hasMissingNumbers(within: table.panel))
    }
    categories = columns.compactMap { column in
      column.vocabulary.map { .init(column: column.name, vocabulary: $0) }
    }
  }
}

extension FeatureColumn {
  /// Returns the numbers that aren't missing, up to the end of the panel. Future values don't
  /// affect a scale.
  fileprivate func knownNumbers(within panel: Panel) -> some Sequence<Float> {
    layout.rows.indices.lazy.flatMap { index in
      let steps = panel.calendar.count - layout[index].steps.lowerBound
      return numbers(row: index).prefix(max(0, steps)).lazy.filter { !$0.isNaN }
    }
  }

  /// Returns a Boolean value that indicates whether a number is missing at a step that a series
  /// covers.
  fileprivate func hasMissingNumbers(within panel: Panel) -> Bool {
    panel.ids.indices.contains { index in
      let row = numbers(row: scope == .shared ? 0 : index)
      guard scope != .static else { return row.contains(where: \.isNaN) }
      let first = self.row(of: index).steps.lowerBound
      return panel.steps(at: index).contains { step in
        !row.indices.contains(step - first) || row[step - first].isNaN
      }
    }
  }
}
