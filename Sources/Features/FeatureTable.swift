/// The features of a set, computed for a panel.
///
/// ```swift
/// let table = try FeatureTable(features, of: panel, futureSteps: 14)
/// let (prices, missing) = try table.numbers("price", of: 0, over: 30..<55)
/// ```
///
/// Each value is known at its step according to its feature's role. Accessing a value that isn't
/// known throws an error with the series, the date, and the column.
public struct FeatureTable: Sendable {
  /// The panel that the features are computed from.
  public let panel: Panel
  /// The columns with a value for each series.
  public let staticColumns: [FeatureColumn]
  /// The columns that a model sees at each past step: those of the past-only features, then those
  /// of the known features.
  public let historyColumns: [FeatureColumn]
  /// The columns that a model sees at each future step: those of the known features, then those that
  /// it sees only there.
  public let futureColumns: [FeatureColumn]

  /// The columns that a model sees only at future steps.
  private let aheadColumns: [FeatureColumn]
  /// The number of future steps for which all of `futureColumns` are known.
  private let futureSteps: Int
  /// The smallest number of steps for which a known feature is known ahead, with the name of its
  /// first column, or nil if all are known for any number of steps.
  let leastAhead: (steps: Int, column: String)?
  /// The name of the feature that each column belongs to, by the name of the column.
  package let featureNames: [String: String]
  private let pastReach: [String: Int]
  private let columnsInTargetUnits: Set<String>

  /// Computes features for a panel.
  ///
  /// - Parameters:
  ///   - features: The features to compute.
  ///   - panel: The history.
  ///   - futureSteps: The number of steps after the panel's end for which the known features are
  ///     required. Stops the program if it is negative.
  /// - Throws: `CovariateError` if the panel lacks a column, or if a known feature isn't known for
  ///   all future steps; `HolidayError` if the dates of an event aren't known.
  public init(_ features: FeatureSet, of panel: Panel, futureSteps: Int = 0) throws {
    guard futureSteps >= 0 else {
      fatalError("FeatureTable: expected futureSteps of at least 0, got \(futureSteps)")
    }
    self.panel = panel
    self.futureSteps = futureSteps
    var pastReach: [String: Int] = [:]
    var leastAhead: (steps: Int, column: String)?
    var columnsInTargetUnits: Set<String> = []
    var featureNames: [String: String] = [:]
    func columns(of list: [any Feature], futureSteps: Int) throws -> [FeatureColumn] {
      try list.flatMap { feature in
        let columns = try feature.columns(of: panel, futureSteps: futureSteps)
        for column in columns { featureNames[column.name] = feature.name }
        if feature.isInTargetUnits { columnsInTargetUnits.formUnion(columns.map(\.name)) }
        guard case .past(let ahead) = feature.role else { return columns }
        for column in columns { pastReach[column.name] = ahead }
        return columns
      }
    }
    staticColumns = try columns(of: features.static, futureSteps: 0)
    let pastColumns = try columns(of: features.past, futureSteps: 0)
    let knownColumns = try columns(of: features.known, futureSteps: futureSteps)
    historyColumns = pastColumns + knownColumns
    aheadColumns = try columns(of: features.ahead, futureSteps: futureSteps)
    futureColumns = knownColumns + aheadColumns
    for column in futureColumns {
      guard let ahead = pastReach[column.name] else { continue }
      if ahead < leastAhead?.steps ?? Int.max { leastAhead = (ahead, column.name) }
    }
    self.leastAhead = leastAhead
    self.pastReach = pastReach
    self.featureNames = featureNames
    self.columnsInTargetUnits = columnsInTargetUnits
    checkColumns()
    try checkFuture()
  }

  /// Returns the numbers of a column over a range of steps of a series, 0 where missing, and a mask
  /// of those that are missing.
  ///
  /// A static column has the same value at every step. Stops the program if there is no column with
  /// the name.
  ///
  /// - Throws: `CovariateError` for the first step that isn't known, with the series, the date, and
  ///   the column, or if the column contains categories.
  public func numbers(
    _ name: String, of index: Int, over steps: Range<Int>
  ) throws(CovariateError) -> (values: [Float], missing: [Bool]) {
    let column = try checkedColumn(name, index, steps)
    guard column.kind == .numeric else { throw .otherKind(column: name, asked: .numeric) }
    var values = [Float](repeating: 0, count: steps.count)
    var known = values
    values.withUnsafeMutableBufferPointer { values in
      known.withUnsafeMutableBufferPointer { known in
        if let values = values.baseAddress, let known = known.baseAddress {
          column.writeNumbers(
            of: [SeriesWindow(series: index, start: steps.lowerBound)], length: steps.count,
            to: values, mask: known, stride: 1)
        }
      }
    }
    return (values, known.map { $0 == 0 })
  }

  /// Returns the category codes of a column over a range of steps of a series, in the column's
  /// vocabulary, unknown where missing.
  ///
  /// - Throws: The errors of ``numbers(_:of:over:)``, or `CovariateError` if the column contains
  ///   numbers.
  public func codes(
    _ name: String, of index: Int, over steps: Range<Int>
  ) throws(CovariateError) -> [Int32] {
    let column = try checkedColumn(name, index, steps)
    guard column.kind == .categorical else { throw .otherKind(column: name, asked: .categorical) }
    var codes = [Int32](repeating: Vocabulary.unknown, count: steps.count)
    codes.withUnsafeMutableBufferPointer { codes in
      if let codes = codes.baseAddress {
        column.writeCodes(
          of: [SeriesWindow(series: index, start: steps.lowerBound)], length: steps.count,
          to: codes, stride: 1)
      }
    }
    return codes
  }

  /// Returns a Boolean value that indicates whether the numbers of a column are in units of the target.
  package func isInTargetUnits(_ name: String) -> Bool { columnsInTargetUnits.contains(name) }

  /// Returns the column with a name.
  public func column(_ name: String) -> FeatureColumn {
    guard let column = allColumns.first(where: { $0.name == name }) else {
      fatalError("FeatureTable: there is no column \(name.debugDescription)")
    }
    return column
  }

  private var allColumns: [FeatureColumn] { staticColumns + historyColumns + aheadColumns }

  private func checkedColumn(
    _ name: String, _ index: Int, _ steps: Range<Int>
  ) throws(CovariateError) -> FeatureColumn {
    guard panel.ids.indices.contains(index) else {
      fatalError("FeatureTable: expected the index of a series, got \(index)")
    }
    let column = column(name)
    let isAskedForFuture = futureColumns.contains { $0.name == name }
    let reach = pastReach[name] ?? (isAskedForFuture ? futureSteps : 0)
    if column.scope != .static, !steps.isEmpty, steps.upperBound > panel.calendar.count + reach {
      throw unknown(name, index, max(steps.lowerBound, panel.calendar.count + reach), reach: reach)
    }
    return column
  }

  /// Returns the error for access to a column at a step at which it isn't known.
  private func unknown(
    _ name: String, _ index: Int, _ step: Int, reach: Int
  ) -> CovariateError {
    let (date, hour) = (panel.calendar.labelDate(at: step), panel.calendar.hour(at: step))
    return pastReach[name] != nil && reach == 0
      ? .notYetKnown(column: name, id: panel.ids[index], date: date, hour: hour)
      : .beyondReach(
        column: name, id: panel.ids[index], date: date, hour: hour, futureSteps: reach)
  }

  private func checkColumns() {
    var names: Set<String> = []
    for column in allColumns {
      guard names.insert(column.name).inserted else {
        fatalError(
          "FeatureTable: expected columns that differ, got \(column.name.debugDescription) twice")
      }
      let rows = column.layout.rows.count
      guard rows == (column.scope == .shared ? 1 : panel.seriesCount) else {
        fatalError(
          "FeatureTable: expected a row of \(column.name.debugDescription) for each of "
            + "\(panel.seriesCount) series, got \(rows)")
      }
    }
  }

  private func checkFuture() throws(CovariateError) {
    try checkHorizon(futureSteps)
    for column in futureColumns where pastReach[column.name] == nil && futureSteps > 0 {
      let needed = panel.calendar.count + futureSteps - column.stepsAhead
      for index in panel.ids.indices where column.row(of: index).steps.upperBound < needed {
        let end = max(column.row(of: index).steps.upperBound, panel.calendar.count)
        throw unknown(column.name, index, end, reach: end - panel.calendar.count)
      }
    }
  }

  /// Checks that all known features are known for `horizon` steps after any end of history.
  package func checkHorizon(_ horizon: Int) throws(CovariateError) {
    if let leastAhead, leastAhead.steps < horizon, panel.seriesCount > 0 {
      throw unknown(
        leastAhead.column, 0, panel.calendar.count + leastAhead.steps, reach: leastAhead.steps)
    }
  }
}
