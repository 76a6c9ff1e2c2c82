/// How to handle known-future columns without a value for a step after the end of a panel.
public enum MissingFuture: String, Sendable, CaseIterable {
  /// Throw an error that names the series, the date, and the column.
  case reject
  /// Repeat the last known value of each series.
  case last
  /// Leave the column out.
  case drop
}

/// A panel whose known-future columns have values for the steps to come.
public struct CompletedPanel: Sendable {
  /// The panel.
  public let panel: Panel
  /// The number of values that repeat the last known one, for each column with such values.
  public let repeated: [(column: String, count: Int)]
  /// The columns that were left out.
  public let dropped: [String]
}

extension Panel {
  /// Returns the panel with values of the known-future columns for the steps after its end.
  ///
  /// A value is missing if the column ends before its step, or if it has no value there and the series is on
  /// sale. A column that is often empty, such as the name of an event, can also be empty ahead: if a series
  /// lacks more than a tenth of its values in the history, only the end of the column counts.
  ///
  /// - Parameters:
  ///   - futureSteps: The number of steps after the panel's end.
  ///   - columns: The columns that need values, or `nil` for all known-future ones.
  ///   - policy: How to handle missing values.
  /// - Throws: A `CovariateError` for the first missing value if such values are rejected.
  public func completingFuture(
    _ futureSteps: Int, of columns: Set<String>? = nil, _ policy: MissingFuture = .reject
  ) throws(CovariateError) -> CompletedPanel {
    guard futureSteps >= 0 else {
      fatalError("Panel.completingFuture: expected at least 0 steps, got \(futureSteps)")
    }
    var panel = self
    var repeated: [(column: String, count: Int)] = []
    var dropped: [String] = []
    let end = calendar.count + futureSteps
    for column in knownCovariates where columns?.contains(column.name) != false {
      guard let error = column.firstMissing(before: end, on: onSale) else { continue }
      switch policy {
      case .reject: throw error
      case .drop:
        panel = panel.removing([column.name])
        dropped.append(column.name)
      case .last:
        let (longer, count) = column.repeatingLast(before: end, steps: ids.indices.map(steps(at:)))
        panel = panel.replacing(longer)
        repeated.append((column.name, count))
      }
    }
    return CompletedPanel(panel: panel, repeated: repeated, dropped: dropped)
  }
}

extension TimedCovariate where Role == KnownFuture {
  /// Returns the error for the first step before an end at which a value is missing, or `nil`.
  fileprivate func firstMissing(before end: Int, on sale: [Int]) -> CovariateError? {
    let first = self.end - futureSteps
    for index in isShared ? Array(sale.prefix(1)) : sale {
      if let place = isDense(index)
        ? known(index, over: first..<min(end, self.end)).firstIndex(of: false) : nil
      {
        return missing(index, first + place)
      }
      if self.end < end { return missing(index, self.end) }
    }
    return nil
  }

  /// Returns a Boolean value that indicates whether a series has nearly all of its values in the history.
  fileprivate func isDense(_ index: Int) -> Bool {
    let history = steps(of: index).clamped(to: .min..<end - futureSteps)
    return known(index, over: history).count { !$0 } * 10 <= history.count
  }

  /// Returns a mark for each step that has a value.
  fileprivate func known(_ index: Int, over steps: Range<Int>) -> [Bool] {
    kind == .numeric
      ? paddedNumbers(of: index, over: steps).map { $0 != nil }
      : paddedCodes(of: index, over: steps).map { $0 != Vocabulary.unknown }
  }

  /// Returns the column up to an end, with the last known value where one is missing after the panel's end,
  /// and the number of such values.
  ///
  /// - Parameter covered: The steps that each series covers.
  fileprivate func repeatingLast(
    before end: Int, steps covered: [Range<Int>]
  ) -> (column: TimedColumn, count: Int) {
    let length = max(end, self.end)
    let first = self.end - futureSteps
    let layout = RaggedLayout(rows.map { isShared ? 0..<length : covered[$0].lowerBound..<length })
    var count = 0
    func filled<Value: Equatable>(_ values: [Value], _ index: Int, missing: Value) -> [Value] {
      guard isDense(index) else { return values }
      var values = values
      let start = layout[index].steps.lowerBound
      let firstPlace = max(0, first - start)
      guard var last = values[..<firstPlace].last(where: { $0 != missing }) else { return values }
      for place in firstPlace..<values.count {
        if values[place] == missing {
          values[place] = last
          if start + place < end { count += 1 }
        }
        last = values[place]
      }
      return values
    }
    let values: CovariateValues
    if let vocabulary {
      let codes = rows.flatMap {
        filled(paddedCodes(of: $0, over: layout[$0].steps), $0, missing: Vocabulary.unknown)
      }
      values = .categories(CategoryColumn(codes, vocabulary: vocabulary))
    } else {
      values = .numbers(
        rows.flatMap { filled(paddedNumbers(of: $0, over: layout[$0].steps), $0, missing: nil) })
    }
    return (
      TimedColumn(name: name, values: values, layout: layout, isShared: isShared, end: length),
      count
    )
  }
}
