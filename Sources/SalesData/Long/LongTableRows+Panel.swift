extension LongTableRows {
  /// Returns the table of all rows. There must be at least one row, and the series must be sorted.
  func table(
    of source: any RecordSource, _ frequency: Frequency, _ form: DateForm?, reader: LongTableReader
  ) throws(TableError) -> LongTable {
    let span = Int(stepNumbers.min()!)...Int(stepNumbers.max()!)
    let stepCount = try stepCount(span, of: source, reader: reader)
    let zeros = zeroSteps(reader.policy.missingDays)
    let ends = ends(span, stepCount)
    let steps = try steps(span, stepCount, ends, zeros, of: source, reader: reader)
    // Columns that are known ahead have cells beyond the panel's end.
    let extents = RaggedLayout(
      reader.schema.hasKnownCovariate ? steps.map { $0.lowerBound..<span.count } : steps)
    try checkDuplicates(extents, span, of: source, frequency)

    let layout = RaggedLayout(steps)
    let (values, states) = cells(layout, span, ends, zeros)
    var report = report(states, stepCount, span)
    report.step = frequency.unit
    if reader.policy.missingDays == .automatic {
      report.stepsTakenAsUnknown = report.gaps - report.rowsWithoutValue
    }
    let calendar = RegularCalendar(
      firstNumber: span.lowerBound, count: stepCount, frequency: frequency,
      labels: StepLabels(day: labelDay, pattern: form?.pattern(hasHours: frequency == .hour)))
    var panel = Panel(
      ids: ids, calendar: calendar, steps: steps, normalized: values, states: states)
    for covariate in covariates {
      let name = covariate.column.column
      switch covariate.column.role {
      case .static:
        panel = panel.adding(static: name, try staticValues(covariate, of: source))
      case .past:
        panel = panel.adding(
          past: name, covariate.values(ofRows: rowOfCell(layout, span)))
      case .known:
        panel = panel.adding(
          known: name, covariate.values(ofRows: rowOfCell(extents, span)),
          futureSteps: span.count - stepCount)
      }
    }
    return LongTable(panel: panel, report: report)
  }

  /// Returns the number of steps of the panel: the whole span, or, with known-future covariates,
  /// the span up to the last value.
  private func stepCount(
    _ span: ClosedRange<Int>, of source: any RecordSource, reader: LongTableReader
  ) throws(TableError) -> Int {
    var end: Int32?
    for row in stepNumbers.indices where !values[row].isNaN {
      end = max(end ?? .min, stepNumbers[row] + 1)
    }
    guard let end else {
      throw source.error(.noValues, column: reader.schema.target)
    }
    guard reader.schema.hasKnownCovariate else { return span.count }
    if reader.policy.missingValues == .reject,
      let row = stepNumbers.indices.first(where: { values[$0].isNaN && stepNumbers[$0] < end })
    {
      throw source.error(
        .missingNumber(text: ""), line: Int(lines[row]), column: reader.schema.target)
    }
    return Int(end) - span.lowerBound
  }

  /// Returns the meaning of steps without a row.
  private func zeroSteps(_ missingDays: ReadingPolicy.MissingDays) -> ZeroSteps {
    switch missingDays {
    case .automatic: ZeroSteps(areBetweenRows: !statesZeros, areAfterLastRow: true)
    case .zero: ZeroSteps(areBetweenRows: true, areAfterLastRow: true)
    case .gap: ZeroSteps(areBetweenRows: false, areAfterLastRow: false)
    }
  }

  /// A Boolean value that indicates whether the table has rows for steps without a sale: at least a
  /// twentieth of the values are 0.
  private var statesZeros: Bool {
    var (zeros, others) = (0, 0)
    for row in series.indices where !values[row].isNaN {
      if values[row] == 0 { zeros += 1 } else { others += 1 }
    }
    return zeros > 0 && 19 * zeros >= others
  }

  /// Returns the step after the last row of each series, or 0 for a series without a row among the
  /// steps of the panel.
  private func ends(_ span: ClosedRange<Int>, _ stepCount: Int) -> [Int] {
    var ends = [Int](repeating: 0, count: ids.count)
    for row in series.indices {
      let step = Int(stepNumbers[row]) - span.lowerBound
      if step < stepCount { ends[Int(series[row])] = max(ends[Int(series[row])], step + 1) }
    }
    return ends
  }

  /// Returns the steps that each series covers.
  private func steps(
    _ span: ClosedRange<Int>, _ stepCount: Int, _ ends: [Int], _ zeros: ZeroSteps,
    of source: any RecordSource, reader: LongTableReader
  ) throws(TableError) -> [Range<Int>] {
    var firsts = [Int](repeating: stepCount, count: ids.count)
    for row in series.indices {
      let index = Int(series[row])
      firsts[index] = min(firsts[index], Int(stepNumbers[row]) - span.lowerBound)
    }
    let steps = zip(firsts, ends).map { first, end in
      first..<(zeros.areAfterLastRow ? stepCount : max(first, end))
    }
    let cells = steps.reduce(0) { $0 + $1.count }
    guard cells <= reader.cellLimit else {
      throw source.error(
        .tooManyCells(series: steps.count, cells: cells, limit: reader.cellLimit))
    }
    return steps
  }

  private func checkDuplicates(
    _ layout: RaggedLayout, _ span: ClosedRange<Int>, of source: any RecordSource,
    _ frequency: Frequency
  ) throws(TableError) {
    // The line that each cell comes from, or 0.
    var origin = [UInt32](repeating: 0, count: layout.cellCount)
    for row in series.indices {
      guard let cell = cell(ofRow: row, layout, span) else { continue }
      guard origin[cell] == 0 else {
        throw source.error(
          duplicate(row, firstLine: Int(origin[cell]), frequency), line: Int(lines[row]))
      }
      origin[cell] = lines[row]
    }
  }

  private func duplicate(
    _ row: Int, firstLine: Int, _ frequency: Frequency
  ) -> TableError.Fault {
    let id = ids[Int(series[row])]
    let step = frequency.firstDay(ofStep: Int(stepNumbers[row]))
    let hour = frequency.hour(ofStep: Int(stepNumbers[row]))
    if report.table.isSingleSeries {
      return .duplicateWithoutIdentity(
        step: step, hour: hour, frequency: frequency, firstLine: .same(firstLine))
    }
    return frequency.isWithinDay
      ? .duplicate(id: id, date: step, hour: hour, firstLine: .same(firstLine))
      : .duplicateInStep(id: id, step: step, frequency: frequency, firstLine: .same(firstLine))
  }

  private func cells(
    _ layout: RaggedLayout, _ span: ClosedRange<Int>, _ ends: [Int], _ zeros: ZeroSteps
  ) -> (values: CompactNumbers, states: [CellState]) {
    let count = layout.cellCount
    var states = [CellState](repeating: zeros.areBetweenRows ? .observed : .gap, count: count)
    if zeros.areAfterLastRow, !zeros.areBetweenRows {
      for (index, end) in ends.enumerated() {
        let own = layout[index]
        for step in max(end, own.steps.lowerBound)..<own.steps.upperBound {
          states[own.offset + step - own.steps.lowerBound] = .observed
        }
      }
    }
    for row in series.indices {
      guard let cell = cell(ofRow: row, layout, span) else { continue }
      states[cell] = values[row].isNaN ? .gap : .observed
    }
    return (values.scattered(over: count) { cell(ofRow: $0, layout, span) }, states)
  }

  private func report(
    _ states: [CellState], _ stepCount: Int, _ span: ClosedRange<Int>
  ) -> ReadingReport {
    var report = report
    let end = span.lowerBound + stepCount
    for row in stepNumbers.indices {
      if Int(stepNumbers[row]) >= end {
        report.rowsAhead += 1
      } else if values[row].isNaN {
        report.rowsWithoutValue += 1
      } else {
        report.rowsKept += 1
      }
    }
    report.gaps = states.count { $0 == .gap }
    report.stepsFilledWithZero = states.count - report.gaps - report.rowsKept
    report.rowsRead += report.table.rowsFiltered
    report.rowsKept += report.table.rowsMerged
    return report
  }

  /// Returns the cell of a row, or `nil` if its step is outside of the steps that its series
  /// covers.
  private func cell(ofRow row: Int, _ layout: RaggedLayout, _ span: ClosedRange<Int>) -> Int? {
    let own = layout[Int(series[row])]
    let step = Int(stepNumbers[row]) - span.lowerBound
    return own.steps.contains(step) ? own.offset + step - own.steps.lowerBound : nil
  }

  private func rowOfCell(_ layout: RaggedLayout, _ span: ClosedRange<Int>) -> [Int32] {
    var rows = [Int32](repeating: CovariateReader.noRow, count: layout.cellCount)
    for row in series.indices {
      if let cell = cell(ofRow: row, layout, span) { rows[cell] = Int32(truncatingIfNeeded: row) }
    }
    return rows
  }

  /// Returns one value for each series. All of its rows must agree.
  private func staticValues(
    _ reader: CovariateReader, of source: any RecordSource
  ) throws(TableError) -> CovariateValues {
    var firsts = [Int32](repeating: CovariateReader.noRow, count: ids.count)
    for row in series.indices where !reader.isMissing(row) {
      let first = Int(firsts[Int(series[row])])
      guard first != CovariateReader.noRow else {
        firsts[Int(series[row])] = Int32(truncatingIfNeeded: row)
        continue
      }
      guard reader.isSame(first, row) else {
        throw source.error(
          .staticValueChanges(
            id: ids[Int(series[row])], from: reader.text(first), to: reader.text(row),
            firstLine: .same(Int(lines[first]))),
          line: Int(lines[row]), column: reader.column.column)
      }
    }
    return reader.values(ofRows: firsts)
  }
}

/// The steps without a row that are observed zeros.
private struct ZeroSteps {
  /// A Boolean value that indicates whether steps between two rows of a series are zeros. If not, they
  /// are gaps.
  let areBetweenRows: Bool
  /// A Boolean value that indicates whether steps after the last row of a series are zeros. If not, the
  /// series ends with the row.
  let areAfterLastRow: Bool
}
