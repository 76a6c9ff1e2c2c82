internal import RealModule

/// A search for the best exponential smoothing model of each of several series, by the corrected
/// Akaike information criterion.
///
/// Every pair of a series and a candidate is a separate search. The searches run side by side in
/// lanes, and each pass computes one likelihood for every lane. See ``ETSLanes``. When a search
/// ends, its lane takes the next pair. Lanes don't affect one another, so the result of a series
/// doesn't depend on the other series.
///
/// Source: Hyndman, Koehler, Snyder & Grose 2002, A state space framework for automatic forecasting
/// using exponential smoothing methods. Candidates, bounds, and search are those of statsforecast.
struct ETSSearch {
  /// A pair of a series and a candidate.
  private struct Task {
    let series: Int
    let structure: ETSStructure
    let weights: (first: [Double], lower: [Double], upper: [Double])
  }

  private let season: Int
  private var starts: [ETSStart]
  private var best: [ETSFit?]
  private var lanes: ETSLanes
  private var searches = [SimplexSearch](repeating: SimplexSearch(), count: ETSLanes.count)
  private var tasks = [Task?](repeating: nil, count: ETSLanes.count)

  /// Returns the best model of each series, or nil for series that are too short to fit any
  /// candidate.
  ///
  /// - Parameters:
  ///   - series: The values of each series, which must not be constant.
  ///   - season: The season length in steps. Candidates with a season require at least 2.
  static func models(
    of series: [[Double]], season: Int, candidates: [ETSStructure]
  ) -> [ETSModel?] {
    var search = ETSSearch(series, season: season)
    search.run(candidates)
    return search.best.enumerated().map { place, fit in
      fit.map { search.lanes.model($0, of: series[place]) }
    }
  }

  private init(_ series: [[Double]], season: Int) {
    self.season = season
    starts = series.map { ETSStart($0, season: season) }
    best = Array(repeating: nil, count: series.count)
    lanes = ETSLanes(steps: series.map(\.count).max() ?? 0, season: season)
  }

  private mutating func run(_ candidates: [ETSStructure]) {
    let forms = Dictionary(grouping: pairs(candidates)) { ETSForm($0.structure) }
    for form in ETSForm.all {
      // Lanes run as long as the longest of their series.
      var waiting = (forms[form] ?? []).sorted {
        let (left, right) = (starts[$0.series].values.count, starts[$1.series].values.count)
        return left != right ? left < right : $0.series > $1.series
      }
      for lane in 0..<ETSLanes.count { load(lane, from: &waiting) }
      while tasks.contains(where: { $0 != nil }) {
        lanes.run(form)
        for lane in 0..<ETSLanes.count where tasks[lane] != nil {
          searches[lane].tell(lanes.objective(of: lane))
          ask(lane)
          if searches[lane].isFinished {
            finish(lane)
            load(lane, from: &waiting)
          }
        }
      }
    }
  }

  /// Returns the candidates of each series that have fewer parameters than the series has values.
  private func pairs(_ candidates: [ETSStructure]) -> [Task] {
    starts.indices.flatMap { series -> [Task] in
      let values = starts[series].values
      let isPositive = values.allSatisfy { $0 > 0 }
      var bounds = ETSBounds()
      return candidates.compactMap { structure in
        guard isPositive || !structure.hasRelativeErrors,
          !structure.hasSeason || season > 1 && values.count > season
        else { return nil }
        let weights = bounds.weights(of: structure, season: season)
        let count = weights.first.count + structure.freeStates(season: season)
        guard count < values.count - 1 else { return nil }
        return Task(series: series, structure: structure, weights: weights)
      }
    }
  }

  /// Loads the next pair into a lane.
  private mutating func load(_ lane: Int, from waiting: inout [Task]) {
    guard let task = waiting.popLast() else {
      tasks[lane] = nil
      lanes.clear(lane)
      return
    }
    let states = starts[task.series].states(of: task.structure)
    let free = Array(repeating: Double.infinity, count: states.count)
    searches[lane].start(
      at: task.weights.first + states, lower: task.weights.lower + free.map { -$0 },
      upper: task.weights.upper + free)
    tasks[lane] = task
    lanes.load(starts[task.series].values, into: lane)
    ask(lane)
  }

  private mutating func ask(_ lane: Int) {
    if let task = tasks[lane], !searches[lane].isFinished {
      lanes.set(searches[lane].point, of: task.structure, in: lane)
    }
  }

  /// Keeps the result of a lane if it is the best one of its series. Among equal results, the first
  /// candidate wins.
  private mutating func finish(_ lane: Int) {
    guard let task = tasks[lane] else { return }
    let fit = ETSFit(
      structure: task.structure, parameters: Array(searches[lane].minimum),
      objective: searches[lane].minimumValue, count: starts[task.series].values.count)
    guard fit.aicc.isFinite else { return }
    if let other = best[task.series], !fit.isBetter(than: other) { return }
    best[task.series] = fit
  }
}

/// The result of the search for a candidate of a series.
struct ETSFit {
  let structure: ETSStructure
  /// The free weights and states.
  let parameters: [Double]
  /// Minus twice the log-likelihood, up to a constant.
  let objective: Double
  let aicc: Double
  /// The number of values minus the number of parameters, including the variance, minus one.
  let freedom: Int

  init(structure: ETSStructure, parameters: [Double], objective: Double, count: Int) {
    self.structure = structure
    self.parameters = parameters
    self.objective = objective
    let parameterCount = Double(parameters.count + 1)
    freedom = count - parameters.count - 2
    aicc =
      objective + 2 * parameterCount + 2 * parameterCount * (parameterCount + 1) / Double(freedom)
  }

  func isBetter(than other: ETSFit) -> Bool {
    aicc != other.aicc
      ? aicc < other.aicc
      : ETSStructure.automatic.firstIndex(of: structure)!
        < ETSStructure.automatic.firstIndex(of: other.structure)!
  }
}

extension ETSStructure {
  /// Returns the number of free states. The seasonal term of the first step follows from the
  /// others.
  func freeStates(season: Int) -> Int { (hasTrend ? 2 : 1) + (hasSeason ? season - 1 : 0) }
}
