/// N series of one quantity on one regular calendar.
///
/// Each series covers a range of the calendar's steps, its own: products are launched and
/// discontinued at different times. Within its range every step is either observed, with a finite
/// value (which may be 0: no sale), or a gap, where nothing is known.
///
/// Values and mask of all series lie one after another in two arrays. Slicing by time shares them.
public struct Panel: Sendable {
  /// The identities of the series, in the order of their first rows. No two are equal.
  public let ids: [String]
  /// The calendar that all series share.
  public let calendar: RegularCalendar

  private let values: [Float]
  private let observed: [Bool]
  private let columns: [Column]

  /// Where a series lies: its steps of the calendar, and the first one's place in the arrays.
  private struct Column: Sendable {
    var steps: Range<Int>
    var offset: Int
  }

  /// A panel of the given series. The caller answers for the series: an identity that appears
  /// twice, or a series that reaches out of the calendar, stops the program.
  public init(calendar: RegularCalendar, series: [Series]) {
    var values: [Float] = []
    var observed: [Bool] = []
    for one in series {
      values.append(contentsOf: one.values)
      observed.append(contentsOf: one.observed)
    }
    self.init(
      ids: series.map(\.id), calendar: calendar, steps: series.map(\.steps), values: values,
      observed: observed)
  }

  /// A panel over arrays that hold the series one after another, each over its own `steps`.
  package init(
    ids: [String], calendar: RegularCalendar, steps: [Range<Int>], values: [Float],
    observed: [Bool]
  ) {
    guard ids.count == steps.count else {
      fatalError(
        "Panel: expected a range of steps for each of \(ids.count) ids, got \(steps.count)")
    }
    guard Set(ids).count == ids.count else {
      let twice = Dictionary(grouping: ids, by: { $0 }).filter { $0.value.count > 1 }.keys.min()!
      fatalError("Panel: expected ids that differ, got \(twice.debugDescription) twice")
    }
    var columns: [Column] = []
    var offset = 0
    for (id, range) in zip(ids, steps) {
      guard range.lowerBound >= 0, range.upperBound <= calendar.count else {
        fatalError(
          "Panel: expected series \(id.debugDescription) within steps 0..<\(calendar.count) of the "
            + "calendar, got \(range)")
      }
      columns.append(Column(steps: range, offset: offset))
      offset += range.count
    }
    guard values.count == offset, observed.count == offset else {
      fatalError(
        "Panel: expected \(offset) values and as many mask entries, got \(values.count) and "
          + "\(observed.count)")
    }
    self.init(
      ids: ids, calendar: calendar, values: values, observed: observed, columns: columns)
  }

  private init(
    ids: [String], calendar: RegularCalendar, values: [Float], observed: [Bool], columns: [Column]
  ) {
    self.ids = ids
    self.calendar = calendar
    self.values = values
    self.observed = observed
    self.columns = columns
  }

  /// The number of series, N.
  public var seriesCount: Int { ids.count }

  /// The place of a series in the panel's order, or nil where there is none of that id. Looks at
  /// one id after another.
  public func index(of id: String) -> Int? { ids.firstIndex(of: id) }

  /// The series at a place, 0 to N − 1. Any other place stops the program.
  public func series(at index: Int) -> Series {
    guard ids.indices.contains(index) else {
      fatalError("Panel.series: expected an index in 0..<\(seriesCount), got \(index)")
    }
    let column = columns[index]
    let cells = column.offset..<column.offset + column.steps.count
    return Series(
      unchecked: ids[index], steps: column.steps, values: values[cells], observed: observed[cells])
  }

  /// All series, in the panel's order.
  public var allSeries: [Series] { ids.indices.map(series(at:)) }
}

// MARK: - Slicing

extension Panel {
  /// The panel over some steps of its calendar, which become steps 0 and on.
  ///
  /// Every series keeps its place, even one that has no step there, so that two slices of a panel
  /// have the same series in the same order. Steps outside of the calendar stop the program.
  public func slice(_ steps: Range<Int>) -> Panel {
    guard steps.lowerBound >= 0, steps.upperBound <= calendar.count else {
      fatalError("Panel.slice: expected steps within 0..<\(calendar.count), got \(steps)")
    }
    let sliced = columns.map { column in
      let kept = column.steps.clamped(to: steps)
      return Column(
        steps: kept.lowerBound - steps.lowerBound..<kept.upperBound - steps.lowerBound,
        offset: kept.isEmpty ? 0 : column.offset + kept.lowerBound - column.steps.lowerBound)
    }
    return Panel(
      ids: ids, calendar: calendar.slice(steps), values: values, observed: observed,
      columns: sliced)
  }

  /// The panel without its last `count` steps: the history before a hold-out of that length.
  /// More steps than there are stop the program.
  public func dropping(last count: Int) -> Panel {
    checkStepCount(count, operation: "dropping")
    return slice(0..<calendar.count - count)
  }

  /// The panel's last `count` steps. More steps than there are stop the program.
  public func suffix(_ count: Int) -> Panel {
    checkStepCount(count, operation: "suffix")
    return slice(calendar.count - count..<calendar.count)
  }

  /// The panel of some of its series, in the order of `indices`.
  public func selecting(_ indices: [Int]) -> Panel {
    Panel(calendar: calendar, series: indices.map(series(at:)))
  }

  /// A panel of one series: the sum over all series at each step, of what is observed there. A
  /// step at which no series is observed is a gap.
  public func total(id: String = "Total") -> Panel {
    var sums = [Double](repeating: 0, count: calendar.count)
    var anyObserved = [Bool](repeating: false, count: calendar.count)
    for one in allSeries {
      for (step, cell) in zip(one.steps, one.values.indices) where one.observed[cell] {
        sums[step] += Double(one.values[cell])
        anyObserved[step] = true
      }
    }
    return Panel(
      ids: [id], calendar: calendar, steps: [0..<calendar.count],
      values: sums.map(Float.init(saturating:)),
      observed: anyObserved)
  }

  private func checkStepCount(_ count: Int, operation: String) {
    guard count >= 0, count <= calendar.count else {
      fatalError("Panel.\(operation): expected 0 to \(calendar.count) steps, got \(count)")
    }
  }
}

extension Panel: Equatable {
  /// Whether both hold the same series with the same values and gaps on the same calendar.
  public static func == (left: Panel, right: Panel) -> Bool {
    left.ids == right.ids && left.calendar == right.calendar
      && left.ids.indices.allSatisfy { left.series(at: $0) == right.series(at: $0) }
  }
}

extension Float {
  /// The nearest finite number: a sum of finite numbers may lie beyond the largest.
  init(saturating value: Double) {
    let limit = Double(Float.greatestFiniteMagnitude)
    self.init(Swift.min(Swift.max(value, -limit), limit))
  }
}
