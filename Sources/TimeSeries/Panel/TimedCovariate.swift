/// A column of a panel with a value for each step, known in the past only: visits, stock, orders.
///
/// It ends where the panel ends; what lies after cannot be had. It has values over the steps that
/// each series covers.
public typealias PastCovariate = TimedCovariate<PastOnly>

/// A column of a panel with a value for each step, known in the future, too: prices, promotions,
/// holidays.
///
/// It has values from the first step of a series (or, where all series share it, of the panel) to
/// ``TimedCovariate/futureSteps`` beyond the panel's end.
public typealias KnownCovariate = TimedCovariate<KnownFuture>

/// Up to when a covariate is known.
public protocol CovariateRole: Sendable {
  /// The role's name.
  static var name: CovariateRoleName { get }
}

/// The role of what is known up to the end of the panel.
public enum PastOnly: CovariateRole {
  public static let name = CovariateRoleName.past
}

/// The role of what is known beyond the end of the panel.
public enum KnownFuture: CovariateRole {
  public static let name = CovariateRoleName.known
}

/// A column of a panel with a value for each step.
///
/// The role is in its type, so that what takes a ``KnownCovariate`` for the steps to come cannot be
/// given a ``PastCovariate``. Steps are those of the panel's calendar, from 0; known-future columns
/// have steps beyond its end.
public struct TimedCovariate<Role: CovariateRole>: Sendable {
  private let panel: Panel
  private let column: TimedColumn

  init(_ column: TimedColumn, of panel: Panel) {
    self.column = column
    self.panel = panel
  }

  /// The column's name.
  public var name: String { column.name }

  /// Whether it holds numbers or categories.
  public var kind: CovariateKind { column.values.kind }

  /// Whether all series have the same values, such as a calendar's events.
  public var isShared: Bool { column.isShared }

  /// The first step that cannot be asked for: past-only columns end with the panel's calendar,
  /// known-future ones reach beyond it.
  public var end: Int { (column.end ?? panel.origin + panel.calendar.count) - panel.origin }

  /// The steps over which a series may have values: those that it covers, and for known-future
  /// columns all up to ``end``.
  public func steps(of index: Int) -> Range<Int> {
    if isShared { return 0..<end }
    let covered = panel.steps(at: index)
    return covered.lowerBound..<(Role.name == .past ? covered.upperBound : end)
  }

  /// The numbers of a series over some steps, contiguous and none missing.
  ///
  /// - Throws: `CovariateError` for the first step that is not known in this role, or is missing,
  ///   with the series, the date and the column; or where the column holds categories.
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

  /// The numbers of a series over any steps up to ``end``, with a mark for each that is missing:
  /// also those before the series or the calendar. Missing numbers are 0.
  ///
  /// - Throws: `CovariateError` for the first step that is not known in this role, or where the
  ///   column holds categories.
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

  /// The categories of a series over any steps up to ``end``, by their numbers in ``vocabulary``;
  /// unknown before the series and the calendar.
  ///
  /// - Throws: `CovariateError` for the first step that is not known in this role, or where the
  ///   column holds numbers.
  public func codes(
    of index: Int, over steps: Range<Int>
  ) throws(CovariateError) -> [Int32] {
    guard case .categories(let column) = self.column.values else {
      throw .otherKind(column: name, asked: .categorical)
    }
    let (inside, cells) = try cells(of: index, over: steps)
    return padded(column.codes[cells], with: Vocabulary.unknown, inside, steps)
  }

  /// What the numbers of categories mean; nil where the column holds numbers.
  public var vocabulary: Vocabulary? {
    if case .categories(let column) = column.values { column.vocabulary } else { nil }
  }

  /// A Boolean value that indicates whether single precision holds each of the numbers.
  var isSingle: Bool {
    if case .numbers(let column) = column.values { column.numbers.isSingle } else { false }
  }

  /// The values of the rows that are stored, one after another.
  package var storedValues: CovariateValues { column.values }

  /// Where they lie, with steps counted as the panel's. Rows may have steps that are not to be seen.
  package var storedLayout: RaggedLayout { column.layout.shifted(by: -panel.origin) }

  /// The series whose rows are stored: one for all where they share it.
  package var rows: Range<Int> { isShared ? 0..<1 : panel.ids.indices }

  /// All numbers of a row of a numeric column, with a mark for each that is missing.
  package func numbers(row: Int) -> (values: ArraySlice<Double>, missing: ArraySlice<Bool>) {
    // A row's own steps can be asked for.
    let (values, missing) = try! numberWindow(of: row, over: steps(of: row))
    return (values[...], missing[...])
  }

  /// All categories of a row of a categorical column.
  package func codes(row: Int) -> ArraySlice<Int32> {
    try! codes(of: row, over: steps(of: row))[...]
  }

  private func numberColumn() throws(CovariateError) -> NumberColumn {
    guard case .numbers(let column) = column.values else {
      throw .otherKind(column: name, asked: .numeric)
    }
    return column
  }

  /// The part of `steps` that is stored for a series, and its cells.
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

  private func missing(_ index: Int, _ step: Int) -> CovariateError {
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
  /// Whether both have the same name, kind and values over the same steps of the same series.
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
