internal import RealModule

/// Finds the best exponential smoothing model of each of several series, by Akaike's corrected criterion.
///
/// Every pair of a series and a candidate is a search of its own. The searches run side by side in lanes, and
/// each pass computes one likelihood for every lane: see ``ETSLanes``. A lane whose search has ended takes the
/// next pair. Lanes do not influence one another, so results do not depend on what else is searched.
///
/// Source: Hyndman, Koehler, Snyder & Grose 2002, A state space framework for automatic forecasting using
/// exponential smoothing methods; candidates, bounds, and search as in statsforecast.
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

  /// Returns the best model of each series; nil where no candidate can be fitted, as a series is too short.
  ///
  /// - Parameters:
  ///   - series: The values of each series, not all of which are equal.
  ///   - season: The number of steps of the season; candidates with a season are for more than 1.
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

  /// Returns the candidates of each series that have fewer parameters than it has values.
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

  /// Gives the next pair to a lane.
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

  /// Keeps the result of a lane if it is the best of its series. Of equal ones the candidate that was tried
  /// first is better.
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
  /// The weights and states that were free.
  let parameters: [Double]
  /// Minus twice the logarithm of the likelihood, up to a constant.
  let objective: Double
  let aicc: Double
  /// The number of values less that of parameters, with the variance and one more.
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
  /// The number of states that are free: the seasonal term of the first step follows from the others.
  func freeStates(season: Int) -> Int { (hasTrend ? 2 : 1) + (hasSeason ? season - 1 : 0) }
}
