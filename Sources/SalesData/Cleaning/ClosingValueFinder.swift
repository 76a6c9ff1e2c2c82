/// A search for values of known columns at which nothing is sold, such as 0 in a column that says whether a
/// store is open.
///
/// Candidates are categories, and both numbers of a column that has only two. A series `i` has sales on a share
/// `pᵢ` of its observed steps with other values. At the `nᵢ` steps with the value, the expected number of
/// steps with sales is `E = Σ nᵢ pᵢ` if the column made no difference. The value closes a series if E is at
/// least ``leastExpected``, if at most ``sellingShare`` · E of these steps have sales, and if they lie at
/// ``leastSteps`` or more different steps, so that an outage on a single day is not taken for a rule.
public struct ClosingValueFinder: Sendable, Hashable {
  /// The maximum share of the expected steps that may have sales, 0...1.
  public var sellingShare: Double
  /// The minimum expected number of steps with sales. With the default, the probability that there are none
  /// by chance is exp(−20).
  public var leastExpected: Double
  /// The minimum number of different steps with the value.
  public var leastSteps: Int

  /// Creates a search. Stops the program if the share is outside of 0 to 1 or another number is not above 0.
  public init(sellingShare: Double = 0.005, leastExpected: Double = 20, leastSteps: Int = 3) {
    guard (0...1).contains(sellingShare), leastExpected > 0, leastSteps > 0 else {
      fatalError(
        "ClosingValueFinder: expected a share in 0...1 and numbers above 0, got \(sellingShare), "
          + "\(leastExpected), and \(leastSteps)")
    }
    self.sellingShare = sellingShare
    self.leastExpected = leastExpected
    self.leastSteps = leastSteps
  }

  /// Returns the values in the order of the panel's columns.
  public func find(in panel: Panel) -> [ClosingValue] {
    panel.knownCovariates.flatMap { column -> [ClosingValue] in
      guard let codes = ColumnCodes(of: column, in: panel) else { return [] }
      var sales = ValueSales(codeCount: codes.values.count + 1, stepCount: panel.calendar.count)
      panel.forEachSeries { sales.add($0, codes: codes.row(of: $0)) }
      return codes.values.enumerated().filter { isClosing(sales, code: $0.offset + 1) }
        .map { ClosingValue(column.name, $0.element) }
    }
  }

  private func isClosing(_ sales: ValueSales, code: Int) -> Bool {
    let expected = sales.expected[code]
    return expected >= leastExpected && sales.selling[code] <= sellingShare * expected
      && sales.stepCount(of: code) >= leastSteps
  }
}

/// The values of a column as codes: 0 if a value is missing, and otherwise one more than its place among the
/// different values.
private struct ColumnCodes {
  /// The different values, in the order of their codes.
  let values: [ClosingValue.ColumnValue]
  private let column: KnownCovariate
  /// The first of two numbers, or nil if the column has categories.
  private let first: Double?
  /// The codes over the panel's steps if all series share them.
  private var shared: [Int32] = []

  /// The maximum number of categories of a column that is searched.
  private static let categoryLimit = 256

  /// Creates the codes of a column, or returns nil if it has too many categories or more than two numbers.
  init?(of column: KnownCovariate, in panel: Panel) {
    self.column = column
    if let vocabulary = column.vocabulary {
      guard vocabulary.names.count <= Self.categoryLimit else { return nil }
      values = vocabulary.names.map { .category($0) }
      first = nil
    } else {
      guard let numbers = Self.numbers(of: column), let first = numbers.first else { return nil }
      values = numbers.map { .number($0) }
      self.first = first
    }
    if column.isShared { shared = codes(of: 0, over: 0..<panel.calendar.count) }
  }

  /// Returns the codes over the steps of a series.
  func row(of series: SeriesCells) -> ArraySlice<Int32> {
    column.isShared ? shared[series.steps] : codes(of: series.index, over: series.steps)[...]
  }

  private func codes(of index: Int, over steps: Range<Int>) -> [Int32] {
    guard let first else { return column.paddedCodes(of: index, over: steps) }
    return column.paddedNumbers(of: index, over: steps).map { number in
      number.map { $0 == first ? 1 : 2 } ?? 0
    }
  }

  /// Returns the different numbers of a column in their order, or nil if there are more than two.
  private static func numbers(of column: KnownCovariate) -> [Double]? {
    var numbers: [Double] = []
    for row in column.rows {
      let (values, missing) = column.numbers(row: row)
      for (number, isMissing) in zip(values, missing) where !isMissing && !numbers.contains(number)
      {
        numbers.append(number)
        if numbers.count > 2 { return nil }
      }
    }
    return numbers.sorted()
  }
}

/// The actual and the expected number of steps with sales at each value of a column, by its code.
private struct ValueSales {
  private(set) var selling: [Double]
  private(set) var expected: [Double]
  /// A mark for each code and step at which the value occurs, row-major.
  private var occurs: [Bool]
  private let stepCount: Int

  init(codeCount: Int, stepCount: Int) {
    selling = Array(repeating: 0, count: codeCount)
    expected = selling
    occurs = Array(repeating: false, count: codeCount * stepCount)
    self.stepCount = stepCount
  }

  /// Returns the number of different steps at which a value occurs.
  func stepCount(of code: Int) -> Int {
    occurs[code * stepCount..<(code + 1) * stepCount].count { $0 }
  }

  /// Adds the observed cells of a series, whose sales at each value are compared with those at all others.
  mutating func add(_ series: SeriesCells, codes: ArraySlice<Int32>) {
    var observed = [Double](repeating: 0, count: selling.count)
    var sold = observed
    for (place, code) in codes.enumerated() where series.states[place] == .observed {
      let code = Int(code)
      observed[code] += 1
      if series.values[place] != 0 { sold[code] += 1 }
      occurs[code * stepCount + series.steps.lowerBound + place] = true
    }
    let (allObserved, allSold) = (observed.reduce(0, +), sold.reduce(0, +))
    for code in observed.indices where observed[code] > 0 && allObserved > observed[code] {
      selling[code] += sold[code]
      let share = (allSold - sold[code]) / (allObserved - observed[code])
      expected[code] += observed[code] * share
    }
  }
}
