/// A column with a value for each step that is known only in the past: visits, stock, orders.
///
/// It ends with the panel; later values can't be accessed. It has values over the steps that each
/// series covers.
public typealias PastCovariate = TimedCovariate<PastOnly>

/// A column with a value for each step that is also known in the future: prices, promotions,
/// holidays.
///
/// It has values from the first step of a series (or of the panel, if all series share it) to
/// ``TimedCovariate/futureSteps`` after the panel's end.
public typealias KnownCovariate = TimedCovariate<KnownFuture>

/// The time up to which a covariate is known.
public protocol CovariateRole: Sendable {
  /// The role's name.
  static var name: CovariateRoleName { get }
}

/// The role of covariates that are known up to the panel's end.
public enum PastOnly: CovariateRole {
  public static let name = CovariateRoleName.past
}

/// The role of covariates that are known beyond the panel's end.
public enum KnownFuture: CovariateRole {
  public static let name = CovariateRoleName.known
}

/// A panel column with a value for each step.
///
/// Its role is part of its type, so that a function that takes a ``KnownCovariate`` for future
/// steps doesn't accept a ``PastCovariate``. Steps are those of the panel's calendar, from 0.
/// Known-future columns have steps beyond its end.
public struct TimedCovariate<Role: CovariateRole>: Sendable {
  private let panel: Panel
  private let column: TimedColumn

  init(_ column: TimedColumn, of panel: Panel) {
    self.column = column
    self.panel = panel
  }

  /// The column's name.
  public var name: String { column.name }

  /// The kind of the values: numbers or categories.
  public var kind: CovariateKind { column.values.kind }

  /// A Boolean value that indicates whether all series have the same values, such as calendar
  /// events.
  public var isShared: Bool { column.isShared }

  /// The first step that can't be accessed. Past-only columns end with the panel's calendar,
  /// known-future columns extend beyond it.
  public var end: Int { (column.end ?? panel.origin + panel.calendar.count) - panel.origin }

  /// Returns the steps over which a series may have values: those that it covers and, for
  /// known-future columns, all later steps up to ``end``.
  public func steps(of index: Int) -> Range<Int> {
    if isShared { return 0..<end }
    let covered = panel.steps(at: index)
    return covered.lowerBound..<(Role.name == .past ? covered.upperBound : end)
  }

  /// Returns the numbers of a series over a range of steps, contiguous and without missing values.
  ///
  /// - Throws: `CovariateError` for the first step that isn't known in this role or is missing,
  ///   with the series, the date, and the column, or if the column contains categories.
  public func numbers(
    of index: Int, over steps: Range<Int>
  ) throws(CovariateError) -> ArraySlice<Double> {
    let column = try numberColumn()
    let (inside, cells) = try cells(of: index, over: steps)
    if inside != steps {
      let first = inside.lowerBound == steps.lowerBound ? inside.upperBound : steps.lowerBound
      throw missing(index, first)
    }
    if !column.missing.isEmpty, let place = column.missing[cells].firstIndex(of: true) {
      throw missing(index, steps.lowerBound + place - cells.lowerBound)
    }
    return column.numbers[cells][...]
  }

  /// Returns the numbers of a series over any range of steps up to ``end``, and a mark for each
  /// that is missing, including steps before the series or the calendar. Missing numbers are 0.
  ///
  /// - Throws: `CovariateError` for the first step that isn't known in this role, or if the column
  ///   contains categories.
  public func numberWindow(
    of index: Int, over steps: Range<Int>
  ) throws(CovariateError) -> (values: [Double], missing: [Bool]) {
    let column = try numberColumn()
    let (inside, cells) = try cells(of: index, over: steps)
    let marks =
      column.missing.isEmpty
      ? [Bool](repeating: false, count: cells.count)[...] : column.missing[cells]
    return (
      padded(column.numbers[cells][...], with: 0, inside, steps),
      padded(marks, with: true, inside, steps)
    )
  }

  /// Returns the category codes of a series over any range of steps up to ``end``. Codes refer to
  /// ``vocabulary``. Categories before the series or the calendar are unknown.
  ///
  /// - Throws: `CovariateError` for the first step that isn't known in this role, or if the column
  ///   contains numbers.
  public func codes(
    of index: Int, over steps: Range<Int>
  ) throws(CovariateError) -> [Int32] {
    guard case .categories(let column) = self.column.values else {
      throw .otherKind(column: name, asked: .categorical)
    }
    let (inside, cells) = try cells(of: index, over: steps)
    return padded(column.codes[cells], with: Vocabulary.unknown, inside, steps)
  }

  /// The names of the categories, or nil if the column contains numbers.
  public var vocabulary: Vocabulary? {
    if case .categories(let column) = column.values { column.vocabulary } else { nil }
  }

  /// A Boolean value that indicates whether all numbers fit single precision.
  var isSingle: Bool {
    if case .numbers(let column) = column.values { column.numbers.isSingle } else { false }
  }

  /// The values of the stored rows, row after row.
  package var storedValues: CovariateValues { column.values }

  /// The layout of the stored values, in the panel's steps. Rows may have steps that aren't
  /// visible.
  package var storedLayout: RaggedLayout { column.layout.shifted(by: -panel.origin) }

  /// The series whose rows are stored: one row if all series share it.
  package var rows: Range<Int> { isShared ? 0..<1 : panel.ids.indices }

  /// Returns all numbers of a row of a numeric column, with a mark for each that is missing.
  package func numbers(row: Int) -> (values: ArraySlice<Double>, missing: ArraySlice<Bool>) {
    // A row's own steps are always accessible.
    let (values, missing) = try! numberWindow(of: row, over: steps(of: row))
    return (values[...], missing[...])
  }

  /// Returns all category codes of a row of a categorical column.
  package func codes(row: Int) -> ArraySlice<Int32> {
    try! codes(of: row, over: steps(of: row))[...]
  }

  private func numberColumn() throws(CovariateError) -> NumberColumn {
    guard case .numbers(let column) = column.values else {
      throw .otherKind(column: name, asked: .numeric)
    }
    return column
  }

  /// Returns the part of `steps` that is stored for a series, and its cells.
  private func cells(
    of index: Int, over steps: Range<Int>
  ) throws(CovariateError) -> (steps: Range<Int>, cells: Range<Int>) {
    guard steps.isEmpty || steps.upperBound <= end else {
      throw unknown(index, max(end, steps.lowerBound))
    }
    let row = column.row(of: index)
    let origin = panel.origin
    let stored = row.steps.lowerBound - origin..<row.steps.upperBound - origin
    let inside = steps.clamped(to: self.steps(of: index)).clamped(to: stored)
    guard !inside.isEmpty else { return (steps.lowerBound..<steps.lowerBound, 0..<0) }
    return (inside, row.cells(of: inside.lowerBound + origin..<inside.upperBound + origin))
  }

  private func padded<Element>(
    _ slice: ArraySlice<Element>, with filler: Element, _ inside: Range<Int>, _ steps: Range<Int>
  ) -> [Element] {
    Array(repeating: filler, count: inside.lowerBound - steps.lowerBound) + slice
      + Array(repeating: filler, count: steps.upperBound - inside.upperBound)
  }

  func missing(_ index: Int, _ step: Int) -> CovariateError {
    .missing(
      column: name, id: panel.ids[index], date: panel.calendar.labelDate(at: step),
      hour: panel.calendar.hour(at: step))
  }

  private func unknown(_ index: Int, _ step: Int) -> CovariateError {
    let (id, date) = (panel.ids[index], panel.calendar.labelDate(at: step))
    let hour = panel.calendar.hour(at: step)
    return Role.name == .past
      ? .notYetKnown(column: name, id: id, date: date, hour: hour)
      : .beyondReach(
        column: name, id: id, date: date, hour: hour, futureSteps: end - panel.calendar.count)
  }
}

extension TimedCovariate where Role == KnownFuture {
  /// The number of steps after the panel's end for which the column is known.
  public var futureSteps: Int { end - panel.calendar.count }
}

extension TimedCovariate: Equatable {
  /// Returns a Boolean value that indicates whether two columns have the same name, kind, and
  /// values over the same steps of the same series.
  public static func == (left: TimedCovariate, right: TimedCovariate) -> Bool {
    guard left.name == right.name, left.kind == right.kind, left.isShared == right.isShared,
      left.end == right.end, left.panel.ids == right.panel.ids, left.vocabulary == right.vocabulary
    else { return false }
    return left.rows.allSatisfy { index in
      left.steps(of: index) == right.steps(of: index)
        && (left.kind == .numeric
          ? left.numbers(row: index) == right.numbers(row: index)
          : left.codes(row: index) == right.codes(row: index))
    }
  }
}
