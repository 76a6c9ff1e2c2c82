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
          ? .window : ColumnScaling(fitting: column.statistics(within: table.panel)),
        hasMask: column.hasMissingNumbers(within: table.panel))
    }
    categories = columns.compactMap { column in
      column.vocabulary.map { .init(column: column.name, vocabulary: $0) }
    }
  }
}
