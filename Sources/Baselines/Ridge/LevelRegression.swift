/// A regression of the changes of positive levels on a trend, the level before, and the level one
/// season before.
///
/// Levels are transformed by Box and Cox, and the last of them is 0. The penalty of the regression
/// pulls them towards a random walk.
struct LevelRegression {
  private let transform: BoxCoxTransform
  /// The M transformed levels less the last of them, and that one.
  private let levels: [Double]
  private let last: Double
  private let lag: Int?
  private let ridge: AveragedRidge

  /// The smallest number of rows from whose errors paths are drawn.
  private static let smallestRowCount = 4

  /// Fits M levels, with the level `seasonalLag` periods before as a feature if there are enough of
  /// them, or returns nil for fewer than 5 levels.
  init?(_ levels: [Double], seasonalLag: Int?) {
    transform = BoxCoxTransform(levels)
    let transformed = levels.map { [transform] in transform($0) }
    last = transformed.last!
    self.levels = transformed.map { [last] in $0 - last }
    lag = seasonalLag.flatMap { levels.count - $0 >= 3 ? $0 : nil }
    let rows = (lag ?? 1)..<levels.count
    guard rows.count >= Self.smallestRowCount else { return nil }
    var features: [Double] = []
    var targets: [Double] = []
    for row in rows {
      let trend = Double(row) / Double(levels.count)
      features += Self.features(self.levels, at: row, trend: trend, lag: lag)
      targets.append(self.levels[row] - self.levels[row - 1])
    }
    guard let ridge = AveragedRidge(features, targets) else { return nil }
    self.ridge = ridge
  }

  /// Returns the leverage of each future period, at most 10, at the expected level.
  func leverages(_ count: Int) -> [Double] {
    let trends = trends(count)
    var course = levels
    return (0..<count).map { step in
      let row = Self.features(course, at: course.count, trend: trends[step], lag: lag)
      course.append(course.last! + zip(row, ridge.coefficients).reduce(0) { $0 + $1.0 * $1.1 })
      return min(ridge.leverage(row), 10)
    }
  }

  /// Returns paths of the levels of the future periods, `[count of leverages, S]`. Their errors are
  /// drawn from the leave-one-out errors by the dimensions after the first, and grow with the
  /// leverages.
  func paths(_ leverages: [Double], _ draws: StratifiedDraws) -> [[Double]] {
    let average = ridge.errors.reduce(0, +) / Double(ridge.errors.count)
    let errors = ridge.errors.map { $0 - average }.sorted()
    let trends = trends(leverages.count)
    let beta = ridge.coefficients
    var paths: [[Double]] = []
    for step in leverages.indices {
      let growth = (1 + leverages[step]).squareRoot()
      let drift = beta[0] + beta[1] * trends[step]
      paths.append(
        (0..<draws.count).map { path in
          func level(_ steps: Int) -> Double {
            steps <= step ? paths[step - steps][path] : levels[levels.count + step - steps]
          }
          let error = errors[draws.index(path, dimension: step + 1, of: errors.count)]
          let season = lag.map { beta[3] * level($0) } ?? 0
          return drift + (1 - beta[2]) * level(1) + season + error * growth
        })
    }
    return paths.map { $0.map { transform.inverse($0 + last) } }
  }

  /// Returns the trend of each future period: time as a share of the history, damped by the
  /// autocorrelation of the changes.
  private func trends(_ count: Int) -> [Double] {
    let damping = min(persistence, 1 - 1e-10)
    var (time, step) = (Double(levels.count - 1), 1.0)
    return (0..<count).map { _ in
      step *= damping
      time += step
      return time / Double(levels.count)
    }
  }

  /// The autocorrelation of successive changes, or 0 if it is negative.
  private var persistence: Double {
    var changes = zip(levels.dropFirst(), levels).map { $0 - $1 }
    guard changes.count >= 5 else { return 0 }
    let average = changes.reduce(0, +) / Double(changes.count)
    for place in changes.indices { changes[place] -= average }
    let variance = changes.reduce(0) { $0 + $1 * $1 }
    guard variance >= 1e-10 else { return 0 }
    return max(zip(changes, changes.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 } / variance, 0)
  }

  /// Returns the features of the level at an index: 1, the trend, the negative level before, and the
  /// level one season before.
  private static func features(
    _ levels: [Double], at index: Int, trend: Double, lag: Int?
  ) -> [Double] {
    var row = [1, trend, -levels[index - 1]]
    if let lag { row.append(levels[index - lag]) }
    return row
  }
}
