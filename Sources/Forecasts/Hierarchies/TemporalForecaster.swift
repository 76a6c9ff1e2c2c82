import NeuralNetwork

/// A forecaster that forecasts steps and sums of consecutive steps, such as days, weeks, and four weeks,
/// and reconciles them: a temporal hierarchy (Athanasopoulos, Hyndman, Kourentzes & Petropoulos 2017).
///
/// Sums have less noise, and show trends and long seasons that single steps hide.
///
/// ```swift
/// let forecaster = TemporalForecaster(lengths: [7, 28]) { length in
///   length == 1 ? ETSForecaster(seasonLength: 7) : ETSForecaster(seasonLength: 364 / length)
/// }
/// let forecast = try forecaster.fit(panel).forecast(from: panel, horizon: 28)
/// ```
///
/// Sums end with the history, so that weeks begin on any weekday. The forecast of a horizon that isn't a
/// multiple of the longest sum is the start of a longer one.
public struct TemporalForecaster: Forecaster {
  /// The variances by which forecasts of steps and sums are reconciled.
  public enum Scaling: Sendable, Hashable {
    /// In proportion to the number of steps of a sum.
    case structural
    /// The mean squared error of the sums of each length and series in past windows, each as long as the
    /// longest sum. Structural if the history has no room for a window.
    case variances(windowCount: Int)
  }

  /// The numbers of steps of the sums, ascending. Each divides the longest.
  public let lengths: [Int]
  /// The variances by which forecasts are reconciled.
  public let scaling: Scaling
  private let model: @Sendable (_ length: Int) -> any Forecaster

  /// Creates a forecaster. Stops the program if there is no length, or if one is less than 2 or doesn't
  /// divide the longest.
  ///
  /// - Parameters:
  ///   - lengths: The numbers of steps of the sums, such as 7 and 28.
  ///   - scaling: The variances by which forecasts are reconciled.
  ///   - model: Returns the model of the sums of a length, or of the steps themselves if it is 1. The
  ///     season length of a model must be given, in sums, since their panels have no dates.
  public init(
    lengths: [Int], scaling: Scaling = .structural,
    model: @escaping @Sendable (_ length: Int) -> any Forecaster
  ) {
    let longest = lengths.max() ?? 0
    guard lengths.allSatisfy({ $0 > 1 && longest % $0 == 0 }), !lengths.isEmpty else {
      fatalError(
        "TemporalForecaster: expected lengths of at least 2 that divide the longest, got \(lengths)"
      )
    }
    self.lengths = lengths.sorted()
    self.scaling = scaling
    self.model = model
  }

  public func fit(_ panel: Panel) throws -> FittedTemporalForecaster {
    FittedTemporalForecaster(
      lengths: lengths, scaling: scaling,
      models: try ([1] + lengths).map { length in
        try model(length).fitted(to: panel.sums(of: length))
      })
  }
}

/// A fitted ``TemporalForecaster``.
public struct FittedTemporalForecaster: FittedForecaster {
  /// The numbers of steps of the sums, ascending.
  let lengths: [Int]
  let scaling: TemporalForecaster.Scaling
  /// The models of the steps, and of the sums of each length.
  let models: [any FittedForecaster]

  public var name: String { "\(models[0].name) temporal" }

  /// The length of the longest sum, in steps.
  private var cycle: Int { lengths.last! }

  public func demand(from history: Panel, horizon: Int) throws -> Forecast {
    guard history.calendar.count >= cycle else {
      throw ForecastError.noWindow(longest: history.calendar.count, needed: cycle)
    }
    let cycles = (horizon + cycle - 1) / cycle
    let base = try forecasts(from: history, cycles: cycles)
    let variances = try variances(before: history)
    let calendar = history.calendar(ofNext: horizon)
    let closed = (0..<cycles * cycle).map {
      history.closing.isClosed($0, of: history.calendar(ofNext: cycles * cycle))
    }
    let sums = SeriesSums(ofSteps: cycle, lengths: lengths)
    let rows = parallelMap(history.seriesCount) { series in
      (0..<cycles).flatMap { place in
        let steps = place * cycle..<(place + 1) * cycle
        // Closed days stay as they are.
        let ofSteps = steps.map { closed[$0] ? 0 : variances[series][0] }
        let ofSums = lengths.enumerated().flatMap { order, length in
          Array(repeating: variances[series][order + 1], count: cycle / length)
        }
        let reconciliation = Reconciliation(sums, .minimumTrace(.diagonal(ofSums + ofSteps)))
        let values = lengths.enumerated().flatMap { order, length in
          let first = place * (cycle / length)
          return base[order + 1].values(at: series).dropFirst(first).prefix(cycle / length)
        }
        return reconciliation.reconciled(
          series: Array(base[0].values(at: series).dropFirst(steps.lowerBound).prefix(cycle)),
          sums: values, width: 1)
      }
    }
    let isNeverNegative = history.eachSeries.map(\.isNeverNegative)
    return try Forecast(
      ids: history.ids, calendar: calendar,
      values: rows.enumerated().flatMap { series, values in
        values.prefix(horizon).map { isNeverNegative[series] ? max($0, 0) : $0 }
      })
  }

  /// Returns the base forecasts of a number of longest sums: of steps, and of the sums of each length.
  private func forecasts(from history: Panel, cycles: Int) throws -> [Forecast] {
    try zip([1] + lengths, models).map { length, model in
      try FallbackForecaster(model: model).forecast(
        from: history.sums(of: length), horizon: cycles * cycle / length)
    }
  }

  /// Returns the variances of the errors of each series, of steps and of the sums of each length.
  private func variances(before history: Panel) throws -> [[Double]] {
    let structural = ([1] + lengths).map { Double($0) }
    guard case .variances(let wanted) = scaling else {
      return Array(repeating: structural, count: history.seriesCount)
    }
    let windows = min(wanted, history.calendar.count / cycle - 1)
    guard windows > 0 else { return Array(repeating: structural, count: history.seriesCount) }
    var squares = [[Double]](
      repeating: Array(repeating: 0, count: structural.count), count: history.seriesCount)
    var counts = squares
    for window in 1...windows {
      let end = history.calendar.count - window * cycle
      let base = try forecasts(from: history.slice(0..<end), cycles: 1)
      let actual = history.slice(end..<end + cycle)
      for (order, length) in ([1] + lengths).enumerated() {
        let sums = actual.sums(of: length)
        for series in history.ids.indices {
          let known = sums.series(at: series)
          for (step, value) in base[order].values(at: series).enumerated() {
            guard let actual = known.value(at: step) else { continue }
            squares[series][order] += (actual - value) * (actual - value)
            counts[series][order] += 1
          }
        }
      }
    }
    return zip(squares, counts).map { squares, counts in
      counts.contains(0) || squares.contains(0)
        ? structural : zip(squares, counts).map { $0 / $1 }
    }
  }
}

extension Panel {
  /// Returns the sums of consecutive steps, which end with the panel, on a calendar without a meaning.
  ///
  /// A sum is a gap if one of its steps isn't observed although the shop was open.
  fileprivate func sums(of length: Int) -> Panel {
    guard length > 1 else { return self }
    let count = calendar.count / length
    let first = calendar.count - count * length
    let isClosed = (0..<calendar.count).map { closing.isClosed($0, of: calendar) }
    let series = eachSeries.map { series in
      Series(
        id: series.id,
        values: (0..<count).map { place in
          let start = first + place * length
          let sum = (start..<start + length).reduce(0.0) { sum, step in
            sum + (series.value(at: step) ?? (isClosed[step] ? 0 : .nan))
          }
          return sum.isNaN ? nil : sum
        })
    }
    return Panel(calendar: RegularCalendar(start: calendar.start, count: count), series: series)
  }
}
