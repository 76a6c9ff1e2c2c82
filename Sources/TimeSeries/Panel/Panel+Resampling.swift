/// How the values of a column over several steps become one.
public enum Reduction: String, Sendable, CaseIterable {
  case sum, mean, minimum, maximum
  /// The first that is not missing.
  case first
  /// The last that is not missing.
  case last
}

extension Frequency {
  /// Returns a Boolean value that indicates whether each step of this frequency lies within one step of
  /// another, so that the one can be aggregated to the other.
  ///
  /// Weeks lie within no month and no year, and not every day lies within a business day.
  public func nests(in other: Frequency) -> Bool {
    switch (self, other) {
    case (.hour, .businessDay), (.day, .hour), (.day, .businessDay), (.businessDay, .hour),
      (.businessDay, .day):
      false
    case (.hour, _), (.day, _), (.businessDay, _): true
    case (.month, .quarter), (.month, .year), (.quarter, .year): true
    default: self == other
    }
  }
}

extension Panel {
  /// Sums the steps of each day, week, month, quarter or year.
  ///
  /// Static covariates are kept. Of the other columns those are that `reductions` names, missing
  /// values left out; the rest is named in the result.
  ///
  /// - Parameters:
  ///   - frequency: That of the new panel; the steps of this one must lie within its steps, else
  ///     the program stops.
  ///   - rule: What a sum is where not all steps are observed.
  ///   - keepsPartial: Whether the first and the last step are kept where the calendar covers them
  ///     in part only. Their sums are then those of a part. Days on which the shop is closed, by
  ///     ``closing``, need not be covered.
  ///   - reductions: How the values of columns become one: any way for numbers, the first or the
  ///     last for categories. Columns that are known in the future are so for whole new steps.
  /// - Returns: The panel, and the columns that it does not have. Unless partial steps are kept, it ends
  ///   before the last of them, so that a forecast starts with that one.
  /// - Throws: `CovariateError` where a column to be reduced is not there or is static, and where
  ///   its categories cannot be reduced so.
  public func aggregated(
    to frequency: Frequency, rule: AggregationRule = .anyObserved, keepsPartial: Bool = false,
    reducing reductions: [String: Reduction] = [:]
  ) throws(CovariateError) -> (panel: Panel, droppedCovariates: [String]) {
    let steps = CoarseSteps(
      of: calendar, as: frequency, keepsPartial: keepsPartial, closing: closing)
    var coarse = Panel(
      calendar: steps.calendar, series: ids.indices.map { steps.sums(of: series(at: $0), rule) })
    coarse.staticCovariates = staticCovariates
    coarse.target = target
    coarse.closing = closing
    coarse.startsAtLaunch = startsAtLaunch
    coarse.saleEnds = saleEnds.mapValues { steps.end(ofStepsBefore: $0 - origin) }
    for name in reductions.keys.sorted() where !(pastColumns + knownColumns).contains(named: name) {
      // Throws: there is none, or it is static.
      _ = try knownCovariate(name)
    }
    var dropped: [String] = []
    for covariate in pastCovariates {
      if let reduction = reductions[covariate.name] {
        coarse = coarse.adding(
          past: covariate.name,
          try steps.reduced(covariate, reduction, rows: coarse.ids.indices.map(coarse.steps(at:))))
      } else {
        dropped.append(covariate.name)
      }
    }
    for covariate in knownCovariates {
      if let reduction = reductions[covariate.name] {
        coarse = try coarse.adding(covariate, reduction, steps)
      } else {
        dropped.append(covariate.name)
      }
    }
    return (coarse, dropped)
  }

  /// Returns the steps of a longer frequency that the calendar covers in part only, days on which the
  /// shop is closed aside: the first and the last that ``aggregated(to:rule:keepsPartial:reducing:)``
  /// leaves out.
  public func partialPeriods(of frequency: Frequency) -> [PartialPeriod] {
    let whole = CoarseSteps(of: calendar, as: frequency, keepsPartial: true, closing: closing)
    if frequency == calendar.frequency { return [] }
    return RecordCoverage(of: calendar, closing: closing).partialPeriods(of: whole.calendar)
  }

  private func adding(
    _ covariate: KnownCovariate, _ reduction: Reduction, _ steps: CoarseSteps
  ) throws(CovariateError) -> Panel {
    let futureSteps = steps.futureSteps(knownBefore: covariate.end)
    let end = calendar.count + futureSteps
    guard covariate.isShared else {
      let rows = ids.indices.map { self.steps(at: $0).lowerBound..<end }
      return adding(
        known: covariate.name, try steps.reduced(covariate, reduction, rows: rows),
        futureSteps: futureSteps)
    }
    return adding(
      shared: covariate.name, try steps.reduced(covariate, reduction, rows: [0..<end]),
      futureSteps: futureSteps)
  }
}

/// The steps of a calendar gathered into those of a coarser one.
private struct CoarseSteps {
  /// The coarser calendar.
  let calendar: RegularCalendar
  private let fine: RegularCalendar
  /// The first fine step of each coarse one, and of the one after the last.
  private let starts: [Int]

  init(
    of fine: RegularCalendar, as frequency: Frequency, keepsPartial: Bool, closing: ClosingCalendar
  ) {
    guard fine.frequency.nests(in: frequency) else {
      fatalError(
        "Panel.aggregated: \(fine.frequency.withArticle) does not lie within one \(frequency)")
    }
    self.fine = fine
    let isSame = frequency == fine.frequency
    let first = frequency.number(of: fine.start, hour: fine.startHour)
    let whole = RegularCalendar(
      firstNumber: first,
      count: fine.count == 0 ? 0 : frequency.number(of: fine, at: fine.count - 1) - first + 1,
      frequency: frequency, labels: isSame ? fine.labels : fine.labels.coarsened(to: frequency))
    let coverage = RecordCoverage(of: fine, closing: closing)
    let calendar =
      keepsPartial || isSame ? whole : whole.slice(coverage.wholeSteps(of: whole))
    self.calendar = calendar
    starts = (0...calendar.count).map { fine.firstStep(of: calendar, $0) }
  }

  /// The first fine step of a coarse one; it may lie before the fine calendar, or after it.
  private func fineStart(of step: Int) -> Int {
    starts.indices.contains(step) ? starts[step] : fine.firstStep(of: calendar, step)
  }

  private func coarseStep(of fineStep: Int) -> Int {
    calendar.frequency.number(of: fine, at: fineStep) - calendar.firstNumber
  }

  /// The first coarse step that has none of the fine steps before `end`.
  func end(ofStepsBefore end: Int) -> Int { max(0, coarseStep(of: end - 1) + 1) }

  /// The steps after the coarse calendar that end where a fine column is still known.
  func futureSteps(knownBefore end: Int) -> Int { max(0, coarseStep(of: end) - calendar.count) }

  func sums(of series: Series, _ rule: AggregationRule) -> Series {
    guard let last = series.steps.last else {
      let place = min(max(0, coarseStep(of: series.steps.lowerBound)), calendar.count)
      return Series(id: series.id, start: place, values: [])
    }
    let covered = coarseStep(of: series.steps.lowerBound)..<coarseStep(of: last) + 1
    let steps = covered.clamped(to: 0..<calendar.count)
    var sums = [CellSum](repeating: CellSum(), count: steps.count)
    for place in sums.indices {
      let first = fineStart(of: steps.lowerBound + place)
      let end = fineStart(of: steps.lowerBound + place + 1)
      for step in (first..<end).clamped(to: series.steps) {
        let cell = series.values.startIndex + step - series.steps.lowerBound
        sums[place].add(series.values[cell], series.states[cell])
      }
    }
    return Series(
      id: series.id, start: steps.lowerBound, values: sums.map { $0.value(rule) },
      states: sums.map { $0.state(rule) })
  }

  /// A value for each coarse step of each row.
  func reduced<Role>(
    _ covariate: TimedCovariate<Role>, _ reduction: Reduction, rows: [Range<Int>]
  ) throws(CovariateError) -> CovariateValues {
    var numbers: [Double?] = []
    var codes: [Int32] = []
    for (index, row) in rows.enumerated() {
      var starts: [Int] = []
      for step in row.lowerBound...row.upperBound { starts.append(fineStart(of: step)) }
      let window = starts[0]..<max(starts[0], min(starts[row.count], covariate.end))
      // Past the window's end nothing is known; a coarse step may reach there.
      let parts = (0..<row.count).map { place in
        min(starts[place], window.upperBound) - starts[0]..<min(
          starts[place + 1], window.upperBound) - starts[0]
      }
      switch covariate.kind {
      case .numeric:
        let (values, missing) = try covariate.numberWindow(of: index, over: window)
        numbers += parts.map { reduction.number(of: values[$0], missing[$0]) }
      case .categorical:
        let window = try covariate.codes(of: index, over: window)
        for part in parts {
          guard let code = reduction.code(of: window[part]) else {
            throw .otherKind(column: covariate.name, asked: .numeric)
          }
          codes.append(code)
        }
      }
    }
    guard let vocabulary = covariate.vocabulary else { return .numbers(numbers) }
    return .categories(CategoryColumn(codes, vocabulary: vocabulary))
  }
}

extension Frequency {
  /// Returns the number of the step that holds the beginning of a calendar's step.
  fileprivate func number(of calendar: RegularCalendar, at step: Int) -> Int {
    number(of: calendar.date(at: step), hour: calendar.hour(at: step) ?? 0)
  }
}

extension RegularCalendar {
  /// Returns the first step that does not begin before a step of another calendar.
  fileprivate func firstStep(of other: RegularCalendar, _ step: Int) -> Int {
    firstStep(from: other.date(at: step), hour: other.hour(at: step) ?? 0)
  }
}

extension Reduction {
  /// One of some numbers, nil where all are missing.
  fileprivate func number(of values: ArraySlice<Double>, _ missing: ArraySlice<Bool>) -> Double? {
    var count = 0
    var sum = 0.0
    var chosen: Double?
    for (value, isMissing) in zip(values, missing) where !isMissing {
      count += 1
      sum += value
      chosen = chosen.map { choice(of: $0, value) } ?? value
    }
    return switch self {
    case .sum: count == 0 ? nil : sum.clampedToSingleRange
    case .mean: count == 0 ? nil : (sum / Double(count)).clampedToSingleRange
    case .minimum, .maximum, .first, .last: chosen
    }
  }

  private func choice(of earlier: Double, _ later: Double) -> Double {
    switch self {
    case .minimum: min(earlier, later)
    case .maximum: max(earlier, later)
    case .first: earlier
    case .sum, .mean, .last: later
    }
  }

  /// One of some categories, unknown where all are; nil where they cannot be reduced so.
  fileprivate func code(of codes: ArraySlice<Int32>) -> Int32? {
    switch self {
    case .first: codes.first { $0 != Vocabulary.unknown } ?? Vocabulary.unknown
    case .last: codes.last { $0 != Vocabulary.unknown } ?? Vocabulary.unknown
    case .sum, .mean, .minimum, .maximum: nil
    }
  }
}
