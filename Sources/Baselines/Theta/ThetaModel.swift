internal import RealModule

/// A Theta model: a smoothed level, plus a line whose slope has the weight 1 − 1 / θ.
///
/// Source: Fiorucci, Pellegrini, Louzada, Petropoulos & Koehler 2016, Models for optimising the theta method and
/// their relationship to state space models, equations 15 to 23.
struct ThetaModel {
  /// The form of the model.
  struct Form: Hashable {
    /// A Boolean value that indicates whether θ is optimized instead of being 2.
    let isOptimized: Bool
    /// A Boolean value that indicates whether the line is updated with each value instead of being
    /// fitted to all of them.
    let isDynamic: Bool

    /// The forms, in the order in which they are tried.
    static let all = [false, true].flatMap { isDynamic in
      [false, true].map { Form(isOptimized: $0, isDynamic: isDynamic) }
    }
  }

  let form: Form
  let alpha: Double
  let theta: Double
  /// The sum of the squared errors from the fourth step on, divided by the mean absolute value.
  let objective: Double
  private let state: ThetaState

  /// Fits the weights and the initial level to a series of at least four values.
  init(_ values: [Double], _ form: Form) {
    let series = ThetaSeries(values, isDynamic: form.isDynamic)
    var search = SimplexSearch()
    search.start(
      at: [values[0] / 2, 0.5] + (form.isOptimized ? [2] : []),
      lower: [-1e10, 0.1, 1], upper: [1e10, 0.99, 1e10])
    while !search.isFinished {
      let point = search.point
      let (squares, _) = series.run(
        level: point[0], alpha: point[1], theta: form.isOptimized ? point[2] : 2)
      let value = squares / series.scale
      search.tell(value.isNaN ? .infinity : value)
    }
    let best = Array(search.minimum)
    alpha = best[1]
    theta = form.isOptimized ? best[2] : 2
    self.form = form
    let (squares, state) = series.run(level: best[0], alpha: alpha, theta: theta)
    objective = squares / series.scale
    self.state = state
  }

  /// Returns the means of the next steps, and the standard deviations of their errors, which are
  /// those of a level smoothed with the weight α.
  func forecast(horizon: Int) -> SeriesForecast {
    var state = state
    let variance = state.count > 4 ? state.squares / Double(state.count - 4) : 0
    var mean: [Double] = []
    for _ in 0..<horizon {
      let next = state.mean(alpha: alpha, theta: theta)
      mean.append(next)
      state.update(with: next, mean: next, alpha: alpha, isDynamic: form.isDynamic)
    }
    return SeriesForecast(
      mean: mean,
      deviation: (0..<horizon).map { step in
        (variance * (1 + Double(step) * alpha * alpha)).squareRoot()
      })
  }
}

/// A series with the quantities that don't depend on the weights.
private struct ThetaSeries {
  let values: [Double]
  let isDynamic: Bool
  /// The mean absolute value.
  let scale: Double
  /// The line through all values.
  private let intercept: Double
  private let slope: Double

  init(_ values: [Double], isDynamic: Bool) {
    self.values = values
    self.isDynamic = isDynamic
    let count = Double(values.count)
    scale = max(values.reduce(0) { $0 + abs($1) } / count, 1e-10)
    let mean = values.reduce(0, +) / count
    var weighted = 0.0
    for (step, value) in values.enumerated() { weighted += Double(step + 1) * value }
    slope = isDynamic ? 0 : 6 * (2 * weighted / count - (count + 1) * mean) / (count * count - 1)
    intercept = isDynamic ? values[0] : mean - (count + 1) * slope / 2
  }

  /// Returns the sum of the squared errors from the fourth step on, and the state after the last
  /// step.
  func run(level: Double, alpha: Double, theta: Double) -> (squares: Double, state: ThetaState) {
    values.withUnsafeBufferPointer { values in
      var state = ThetaState(
        level: alpha * values[0] + (1 - alpha) * level, first: values[0], intercept: intercept,
        slope: slope, alpha: alpha)
      for step in 1..<values.count {
        let mean = state.mean(alpha: alpha, theta: theta)
        if step == 3 { state.squares = 0 }
        state.update(with: values[step], mean: mean, alpha: alpha, isDynamic: isDynamic)
      }
      return (state.squares, state)
    }
  }
}

/// The state of a Theta model after a number of steps.
private struct ThetaState {
  private var level: Double
  private var average: Double
  private var intercept: Double
  private var slope: Double
  /// The power (1 − α)^count.
  private var decay: Double
  /// The number of steps.
  private(set) var count = 1
  /// The sum of the squared errors.
  var squares = 0.0

  init(level: Double, first: Double, intercept: Double, slope: Double, alpha: Double) {
    self.level = level
    average = first
    self.intercept = intercept
    self.slope = slope
    decay = 1 - alpha
  }

  /// Returns the forecast of the next step.
  @inline(__always)
  func mean(alpha: Double, theta: Double) -> Double {
    level + (1 - 1 / theta)
      * (intercept * decay + slope * (1 - decay * (1 - alpha)) / alpha)
  }

  /// Advances by one step.
  @inline(__always)
  mutating func update(with value: Double, mean: Double, alpha: Double, isDynamic: Bool) {
    let error = value - mean
    squares += error * error
    level = alpha * value + (1 - alpha) * level
    let steps = Double(count)
    let before = average
    average = (steps * before + value) / (steps + 1)
    if isDynamic {
      slope = ((steps - 1) * slope + 6 * (value - before) / (steps + 1)) / (steps + 2)
      intercept = average - slope * (steps + 2) / 2
    }
    decay *= 1 - alpha
    count += 1
  }
}
