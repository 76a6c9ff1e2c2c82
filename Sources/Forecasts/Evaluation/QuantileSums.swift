/// Sums over observed steps from which the scores of quantiles are computed.
struct QuantileSums: Equatable, Sendable {
  /// The sums of one central interval.
  struct Interval: Equatable, Sendable {
    /// The number of steps whose value lies within the interval.
    var covered = 0
    /// Σ(upper − lower).
    var width = 0.0
    /// The sum of the interval scores. The score of a step is the width, plus 2 / α times the
    /// distance of a value outside the interval, with α = 1 − coverage (Winkler 1972).
    var score = 0.0
  }

  /// The levels and intervals, which are none for a forecast without quantiles.
  private(set) var grid = QuantileGrid.none
  /// The number of steps.
  private(set) var count = 0
  /// Σ|actual|.
  private(set) var actualMagnitude = 0.0
  /// The sum of the pinball losses of each level, [Q].
  private(set) var pinball: [Double] = []
  /// The sums of each central interval of the grid.
  private(set) var intervals: [Interval] = []

  /// Creates the sums of an empty set of steps.
  init() {}

  /// Creates the sums of one step.
  ///
  /// - Parameters:
  ///   - quantiles: The quantiles at the levels of the grid, [Q].
  ///   - actual: The value that was observed.
  init(_ quantiles: ArraySlice<Double>, at grid: QuantileGrid, actual: Double) {
    self.grid = grid
    count = 1
    actualMagnitude = abs(actual)
    pinball = zip(grid.levels, quantiles).map { level, quantile in
      pinballLoss(of: actual - quantile, at: level)
    }
    intervals = grid.intervals.map { interval in
      let lower = quantiles[quantiles.startIndex + interval.lower]
      let upper = quantiles[quantiles.startIndex + interval.upper]
      let distance = max(lower - actual, actual - upper, 0)
      return Interval(
        covered: distance > 0 ? 0 : 1, width: upper - lower,
        score: upper - lower + 2 / (1 - interval.coverage) * distance)
    }
  }

  /// Adds the sums of other steps. Stops the program if both have steps, but at different levels.
  mutating func add(_ other: QuantileSums) {
    guard other.count > 0 else { return }
    guard count > 0 else {
      self = other
      return
    }
    guard grid == other.grid else {
      fatalError(
        "Scores: expected scores of the quantiles \(grid.levels), got \(other.grid.levels)")
    }
    count += other.count
    actualMagnitude += other.actualMagnitude
    for place in pinball.indices { pinball[place] += other.pinball[place] }
    for place in intervals.indices {
      intervals[place].covered += other.intervals[place].covered
      intervals[place].width += other.intervals[place].width
      intervals[place].score += other.intervals[place].score
    }
  }

  /// The mean pinball loss of each level, [Q].
  var meanPinballs: [Double] { pinball.map { $0 / Double(count) } }

  /// The mean pinball loss over all levels, or nil without quantiles.
  var meanPinball: Double? {
    count > 0 ? meanPinballs.reduce(0, +) / Double(pinball.count) : nil
  }
}

/// The levels of quantiles, and the central intervals between them.
struct QuantileGrid: Equatable, Sendable {
  /// An interval between two quantiles with the same probability below and above.
  struct CentralInterval: Equatable, Sendable {
    /// The indices of the levels of its ends.
    let lower, upper: Int
    /// The nominal coverage, such as 0.8.
    let coverage: Double
  }

  /// The grid of a forecast without quantiles.
  static let none = QuantileGrid([])

  /// The Q levels, in ascending order.
  let levels: [Double]
  /// The intervals between the levels p and 1 − p, widest first.
  let intervals: [CentralInterval]

  init(_ levels: [Double]) {
    self.levels = levels
    intervals = levels.indices.compactMap { lower in
      guard levels[lower] < 0.5,
        let upper = levels.firstIndex(where: { abs(1 - $0 - levels[lower]) < 1e-9 })
      else { return nil }
      return CentralInterval(lower: lower, upper: upper, coverage: levels[upper] - levels[lower])
    }
  }

  /// Returns the index of a level, or nil if there is none.
  func place(of level: Double) -> Int? { levels.firstIndex { abs($0 - level) < 1e-9 } }

  /// Returns the index of the central interval of a coverage, or nil if there is none.
  func place(ofCoverage coverage: Double) -> Int? {
    intervals.firstIndex { abs($0.coverage - coverage) < 1e-9 }
  }
}

/// Returns the pinball loss of a quantile.
///
/// - Parameters:
///   - error: The actual value minus the quantile.
///   - level: The level of the quantile.
func pinballLoss(of error: Double, at level: Double) -> Double {
  max(level * error, (level - 1) * error)
}
