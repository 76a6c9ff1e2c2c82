import TimeSeries

extension Panel {
  /// Returns the panel with other values of columns that are known ahead, after its end.
  ///
  /// Changes of one column apply one after another. A value that is missing stays missing unless it is
  /// set.
  ///
  /// - Parameters:
  ///   - changes: The changes.
  ///   - horizon: The number of steps after the end that may change.
  /// - Throws: A `CovariateError` if the panel lacks a column, a category, or a series, or a
  ///   ``ScenarioError`` if the change doesn't suit the column.
  public func applying(_ changes: [PlanChange], horizon: Int) throws -> Panel {
    try changes.reduce(self) { try $0.applying($1, horizon: horizon) }
  }

  private func applying(_ change: PlanChange, horizon: Int) throws -> Panel {
    let column = try knownCovariate(change.column)
    let rows = try rows(of: change, column)
    let steps = calendar.count..<calendar.count + horizon
    func applies(_ row: Int, _ step: Int) -> Bool {
      steps.contains(step) && rows?.contains(row) != false
        && change.days?.contains(calendar.labelDate(at: step)) != false
    }
    if column.kind == .categorical {
      guard case .set(let name) = change.operation else {
        throw CovariateError.otherKind(column: column.name, asked: .numeric)
      }
      return try settingFuture(of: column.name, where: applies, to: name)
    }
    let operation = try change.operationOnNumbers
    var isFinite = true
    let changed = try mappingFuture(of: column.name, where: applies) { number in
      let new = operation(number)
      if let new, !new.isFinite { isFinite = false }
      return isFinite ? new : number
    }
    guard isFinite else {
      throw ScenarioError.notFinite(column: column.name, change: change.description)
    }
    return changed
  }

  /// Returns the rows of a column that a change concerns, or nil for all of them.
  private func rows(of change: PlanChange, _ column: KnownCovariate) throws -> Set<Int>? {
    guard let asked = change.ids else { return nil }
    if let stranger = asked.subtracting(ids).min() {
      throw CovariateError.noSuchSeries(id: stranger)
    }
    if column.isShared { throw ScenarioError.sharedColumn(column.name) }
    return Set(ids.indices.filter { asked.contains(ids[$0]) })
  }
}

extension PlanChange {
  /// A function that takes a number, nil where it is missing, and returns the changed one.
  fileprivate var operationOnNumbers: (Double?) -> Double? {
    get throws(ScenarioError) {
      switch operation {
      case .multiply(let factor): return { $0.map { $0 * factor } }
      case .add(let summand): return { $0.map { $0 + summand } }
      case .set(let text):
        guard let number = Double(text) else { throw .notANumber(column: column, text: text) }
        return { _ in number }
      }
    }
  }
}
