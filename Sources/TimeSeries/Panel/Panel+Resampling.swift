/// How to reduce the values of a column over several steps to one value.
public enum Reduction: String, Sendable, CaseIterable {
  case sum, mean, minimum, maximum
  /// The first value that isn't missing.
  case first
  /// The last value that isn't missing.
  case last
}

extension Frequency {
  /// Returns a Boolean value that indicates whether each step of this frequency lies within one
  /// step of another, so that a panel can be aggregated to it.
  ///
  /// Weeks don't nest in months or years, and days don't nest in business days.
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
  /// Sums the values over each step of a longer frequency: day, week, month, quarter, or year.
  ///
  /// Static covariates are kept. Other covariates are kept if `reductions` names them, and missing
  /// values are skipped. The result lists the dropped covariates.
  ///
  /// - Parameters:
  ///   - frequency: The frequency of the new panel. Stops the program unless the steps of this
  ///     panel nest in its steps.
  ///   - rule: The state of a sum when some steps aren't observed.
  ///   - keepsPartial: A Boolean value that indicates whether to keep a first and a last step that
  ///     the calendar covers only in part. Their sums are then partial. Days on which the shop is
  ///     closed, by ``closing``, needn't be covered.
  ///   - reductions: The reduction for each covariate to keep: any for numbers, first or last for
  ///     categories. Known-future covariates remain known for complete new steps.
  /// - Returns: The new panel, and the names of the dropped covariates. Unless partial steps are
  ///   kept, the panel ends before a partial last step, so that a forecast starts with it.
  /// - Throws: `CovariateError` if a covariate in `reductions` doesn't exist or is static, or if
  ///   its categories can't be reduced this way.
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
      // Throws if the column doesn't exist or is static.
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

  /// Returns the steps of a longer frequency that the calendar covers only in part, not counting
  /// days on which the shop is closed. These are the first and last steps that
  /// ``aggregated(to:rule:keepsPartial:reducing:)`` leaves out.
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

/// The steps of a calendar, grouped into those of a coarser calendar.
private struct CoarseSteps {
  /// The coarser calendar.
  let calendar: RegularCalendar
  private let fine: RegularCalendar
  /// The first fine step of each coarse step, and of the one after the last.
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

  /// Returns the first fine step of a coarse step. It may lie outside the fine calendar.
  private func fineStart(of step: Int) -> Int {
    starts.indices.contains(step) ? starts[step] : fine.firstStep(of: calendar, step)
  }

  private func coarseStep(of fineStep: Int) -> Int {
    calendar.frequency.number(of: fine, at: fineStep) - calendar.firstNumber
  }

  /// Returns the first coarse step that contains no fine step before `end`.
  func end(ofStepsBefore end: Int) -> Int { max(0, coarseStep(of: end - 1) + 1) }

  /// Returns the number of steps after the coarse calendar that end where a fine column is still
  /// known.
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

  /// Returns one value for each coarse step of each row.
  func reduced<Role>(
    _ covariate: TimedCovariate<Role>, _ reduction: Reduction, rows: [Range<Int>]
  ) throws(CovariateError) -> CovariateValues {
    var numbers: [Double?] = []
    var codes: [Int32] = []
    for (index, row) in rows.enumerated() {
      var starts: [Int] = []
      for step in row.lowerBound...row.upperBound { starts.append(fineStart(of: step)) }
      let window = starts[0]..<max(starts[0], min(starts[row.count], covariate.end))
      // Values after the end of the window are unknown; a coarse step may extend beyond it.
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
  /// Returns the serial number of the step that contains the start of a calendar's step.
  fileprivate func number(of calendar: RegularCalendar, at step: Int) -> Int {
    number(of: calendar.date(at: step), hour: calendar.hour(at: step) ?? 0)
  }
}

extension RegularCalendar {
  /// Returns the first step that doesn't start before a step of another calendar.
  fileprivate func firstStep(of other: RegularCalendar, _ step: Int) -> Int {
    firstStep(from: other.date(at: step), hour: other.hour(at: step) ?? 0)
  }
}

extension Reduction {
  /// Returns the reduced number, or nil if all numbers are missing.
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

  /// Returns the reduced category, which is unknown if all are, or nil if categories can't be
  /// reduced this way.
  fileprivate func code(of codes: ArraySlice<Int32>) -> Int32? {
    switch self {
    case .first: codes.first { $0 != Vocabulary.unknown } ?? Vocabulary.unknown
    case .last: codes.last { $0 != Vocabulary.unknown } ?? Vocabulary.unknown
    case .sum, .mean, .minimum, .maximum: nil
    }
  }
}
