internal import RealModule
import TimeSeries

/// The regressors that explain the sales of a series beside its price: the season, a trend, and the other
/// columns that are known ahead.
struct DemandRegressors {
  private let panel: Panel
  private let priceColumn: KnownCovariate
  private let others: [KnownCovariate]

  /// - Parameters:
  ///   - panel: The sales.
  ///   - price: The column of prices, which holds numbers.
  init(of panel: Panel, price: KnownCovariate) {
    self.panel = panel
    priceColumn = price
    others = panel.knownCovariates.filter { $0.name != price.name }
  }

  /// The rows of a regression: the observed steps of a series with a price, on which the shop was open.
  struct Rows {
    /// The steps, [n].
    var steps: [Int] = []
    /// The sales, [n].
    var sales: [Double] = []
    /// The logarithms of the prices, [n].
    var logPrices: [Double] = []

    /// The number of times that the price differs from the one before.
    var priceChanges: Int {
      zip(logPrices, logPrices.dropFirst()).count { $0 != $1 }
    }
  }

  /// Returns the rows of the series at an index.
  func rows(of index: Int) -> Rows {
    let series = panel.series(at: index)
    let prices = priceColumn.paddedNumbers(of: index, over: series.steps)
    var rows = Rows()
    for (place, step) in series.steps.enumerated() {
      guard series.observed[place], let price = prices[place], price > 0, series.values[place] >= 0,
        !panel.closing.isClosed(step, of: panel.calendar)
      else { continue }
      rows.steps.append(step)
      rows.sales.append(series.values[place])
      rows.logPrices.append(.log(price))
    }
    return rows
  }

  /// Returns the columns of the regressors, [n] each: first a constant, and then all that tell something
  /// that those before do not.
  func columns(of index: Int, at rows: Rows) -> [[Double]] {
    let all =
      seasons(at: rows.steps) + [trend(at: rows.steps)]
      + others.flatMap { otherColumns($0, of: index, at: rows.steps) }
    var basis = OrthogonalBasis()
    let constant = Array(repeating: 1.0, count: rows.steps.count)
    return ([constant] + all).filter { basis.add($0) }
  }

  // MARK: - Seasons

  private func seasons(at steps: [Int]) -> [[Double]] {
    let frequency = panel.calendar.frequency
    let covered = (steps.last ?? 0) - (steps.first ?? 0) + 1
    let year = frequency.yearLength
    let all = frequency.seasonLengths.filter { $0 != year } + [year]
    let lengths = all.filter { $0 > 1 && covered >= 2 * $0 }
    return lengths.flatMap { length in
      length <= Self.mostDummies
        ? dummies(of: length, at: steps) : fourierTerms(of: length, at: steps)
    }
  }

  /// The longest season with a column for each of its steps. Longer ones are smooth curves.
  private static let mostDummies = 12

  private func dummies(of length: Int, at steps: [Int]) -> [[Double]] {
    (1..<length).map { phase in
      steps.map { (panel.calendar.firstNumber + $0) % length == phase ? 1 : 0 }
    }
  }

  private func fourierTerms(of length: Int, at steps: [Int]) -> [[Double]] {
    (1...3).flatMap { order -> [[Double]] in
      let turn = 2 * Double.pi * Double(order) / Double(length)
      let angles = steps.map { turn * Double($0 % length) }
      return [angles.map { Double.sin($0) }, angles.map { Double.cos($0) }]
    }
  }

  private func trend(at steps: [Int]) -> [Double] {
    let length = Double(panel.calendar.frequency.yearLength)
    return steps.map { Double($0) / length }
  }

  // MARK: - Other columns

  /// Returns the numbers of a column, with the mean of the others where missing, or a column of zeros and
  /// ones for each category but the most frequent one.
  private func otherColumns(
    _ column: KnownCovariate, of index: Int, at steps: [Int]
  ) -> [[Double]] {
    guard let first = steps.first, let last = steps.last else { return [] }
    let range = first..<last + 1
    guard column.kind == .categorical else {
      let numbers = column.paddedNumbers(of: index, over: range)
      let values = steps.map { numbers[$0 - first] }
      let present = values.compactMap { $0 }
      let mean = present.reduce(0, +) / Double(max(1, present.count))
      return [values.map { $0 ?? mean }]
    }
    let codes = column.paddedCodes(of: index, over: range)
    var counts: [Int32: Int] = [:]
    for step in steps { counts[codes[step - first], default: 0] += 1 }
    let frequent = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    return frequent.dropFirst().prefix(Self.mostCategories).map { category in
      steps.map { codes[$0 - first] == category.key ? 1 : 0 }
    }
  }

  /// The number of categories of a column that have a regressor, those first that are frequent.
  private static let mostCategories = 12
}

/// A growing set of orthonormal vectors.
struct OrthogonalBasis {
  private var vectors: [[Double]] = []

  /// Adds the part of a vector that is orthogonal to the basis.
  ///
  /// - Returns: A Boolean value that indicates whether the vector has such a part, but for rounding.
  mutating func add(_ vector: [Double]) -> Bool {
    let size = Self.norm(vector)
    guard size > 0 else { return false }
    var rest = vector.map { $0 / size }
    // The second pass removes the rounding errors of the first.
    for _ in 0..<2 {
      for other in vectors {
        let part = zip(rest, other).reduce(0) { $0 + $1.0 * $1.1 }
        rest = zip(rest, other).map { $0 - part * $1 }
      }
    }
    let left = Self.norm(rest)
    guard left > 1e-6 else { return false }
    vectors.append(rest.map { $0 / left })
    return true
  }

  private static func norm(_ vector: [Double]) -> Double {
    vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
  }
}
