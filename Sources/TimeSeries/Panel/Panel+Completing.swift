extension Panel {
  /// Returns the panel with values of a known-future column that it lacks, taken from another panel of
  /// the same series and the same calendar.
  ///
  /// The column then reaches as far as the longer of both. It becomes one for each series unless all
  /// series share it in both panels. A column that this panel does not have is added.
  ///
  /// - Parameter replacesFuture: A Boolean value that indicates whether the values of the other panel
  ///   replace those that this panel has for the steps after its end.
  /// - Throws: A `CovariateError` if the column is not known-future or of another kind here, or if both
  ///   panels have different values for a step, unless the other's replaces this one's.
  package func completing(
    _ name: String, from other: Panel, replacesFuture: Bool = false
  ) throws(CovariateError) -> Panel {
    let given = try other.knownCovariate(name)
    guard role(of: name) != nil else { return adding(given.column(over: given.end)) }
    let own = try knownCovariate(name)
    guard own.kind == given.kind else { throw .otherKind(column: name, asked: given.kind) }
    let end = max(own.end, given.end)
    let isShared = own.isShared && given.isShared
    let rows = isShared ? 0..<1 : ids.indices
    var merged = MergedValues(own, given, replacesFrom: replacesFuture ? calendar.count : nil)
    for index in rows {
      let steps = isShared ? 0..<end : steps(at: index).lowerBound..<end
      if let step = merged.append(own, given, row: index, over: steps) {
        throw .conflict(
          column: name, id: ids[index], date: calendar.labelDate(at: step),
          hour: calendar.hour(at: step), own: own.text(of: index, at: step),
          given: given.text(of: index, at: step))
      }
    }
    return replacing(
      TimedColumn(
        name: name, values: merged.values,
        layout: RaggedLayout(rows.map { isShared ? 0..<end : steps(at: $0).lowerBound..<end }),
        isShared: isShared, end: end))
  }

  /// Returns the panel with another column in the place of the known-future one of the same name.
  ///
  /// - Parameter column: The column, whose steps are counted from the panel's first.
  func replacing(_ column: TimedColumn) -> Panel {
    var panel = self
    for place in knownColumns.indices where knownColumns[place].name == column.name {
      panel.knownColumns[place] = column.shifted(by: origin)
    }
    return panel
  }

  private func adding(_ column: TimedColumn) -> Panel {
    var panel = self
    panel.knownColumns.append(column.shifted(by: origin))
    return panel
  }
}

/// The values of two columns of one kind, each step's from the one that has it.
private struct MergedValues {
  private var numbers: [Double] = []
  private var missing: [Bool] = []
  private var codes: [Int32] = []
  private let vocabulary: Vocabulary?
  /// The code of each category of the second column.
  private let renumbered: [Int32]
  /// The first step at which values of the second column replace those of the first.
  private let replacesFrom: Int

  init(_ own: KnownCovariate, _ given: KnownCovariate, replacesFrom step: Int?) {
    replacesFrom = step ?? .max
    vocabulary = own.vocabulary.map { Vocabulary(of: $0.names + (given.vocabulary?.names ?? [])) }
    renumbered =
      [Vocabulary.unknown]
      + (given.vocabulary?.names ?? []).map { [vocabulary] in vocabulary?.code(of: $0) ?? 0 }
  }

  /// Appends the values of a series over some steps.
  ///
  /// - Returns: The first step for which the columns have different values of which none replaces the
  ///   other, or `nil` if there is none.
  mutating func append(
    _ own: KnownCovariate, _ given: KnownCovariate, row: Int, over steps: Range<Int>
  ) -> Int? {
    if vocabulary != nil {
      let (left, right) = (
        own.paddedCodes(of: row, over: steps), given.paddedCodes(of: row, over: steps)
      )
      for place in left.indices {
        let other = renumbered[Int(right[place])]
        let own = left[place]
        let replaces = steps.lowerBound + place >= replacesFrom && other != Vocabulary.unknown
        if own != Vocabulary.unknown, other != Vocabulary.unknown, own != other, !replaces {
          return steps.lowerBound + place
        }
        codes.append(own == Vocabulary.unknown || replaces ? other : own)
      }
      return nil
    }
    let (left, right) = (
      own.paddedNumbers(of: row, over: steps), given.paddedNumbers(of: row, over: steps)
    )
    for place in left.indices {
      let replaces = steps.lowerBound + place >= replacesFrom
      if let number = left[place], let other = right[place], number != other, !replaces {
        return steps.lowerBound + place
      }
      let value = replaces ? right[place] ?? left[place] : left[place] ?? right[place]
      numbers.append(value ?? 0)
      missing.append(value == nil)
    }
    return nil
  }

  var values: CovariateValues {
    if let vocabulary { return .categories(CategoryColumn(codes, vocabulary: vocabulary)) }
    return .numbers(NumberColumn(numbers, missing: missing))
  }
}

extension KnownCovariate {
  /// Returns the column with rows that end at a step.
  fileprivate func column(over end: Int) -> TimedColumn {
    TimedColumn(
      name: name, values: storedValues, layout: storedLayout, isShared: isShared, end: end)
  }

  /// Returns the value of a step as messages show it.
  fileprivate func text(of index: Int, at step: Int) -> String {
    guard let vocabulary else {
      return paddedNumbers(of: index, over: step..<step + 1)[0].map { "\($0)" } ?? ""
    }
    return vocabulary.name(of: paddedCodes(of: index, over: step..<step + 1)[0])?.debugDescription
      ?? ""
  }
}
