import Forecasting

/// A way to combine the candidates of an ``AutomaticRun``.
public enum EnsembleMethod: String, Sendable, CaseIterable {
  /// Greedy selection, weighted by the errors on each series.
  case greedy = "greedy selection"
  /// Ridge stacking.
  case stacking = "ridge stacking"
  /// The candidate with the smallest error alone.
  case single = "best single model"
}

/// The combination that does best on windows that its weights were not fitted on.
struct EnsembleChoice {
  /// The method.
  let method: EnsembleMethod
  /// The mean cost of each method over the windows left out, or an empty array for a single window.
  let costs: [(method: EnsembleMethod, cost: Double)]
  /// The weights, chosen on all windows.
  let weights: CombinationWeights
  /// The index of the best single candidate.
  let best: Int

  /// The penalty of ridge stacking, in units of the mean squared error of a candidate.
  static let ridge = 0.05

  /// Chooses a method by leaving out one window after the other. A single window leaves no choice, so it is
  /// greedy selection.
  ///
  /// - Parameters:
  ///   - windows: The windows of the candidates, at least one.
  ///   - metric: The metric, which a mean minimizes.
  init(on windows: [CombinationWindow], by metric: Metric) throws(ForecastError) {
    var costs: [(method: EnsembleMethod, cost: Double)] = []
    if windows.count > 1 {
      for method in EnsembleMethod.allCases {
        var sum = 0.0
        for place in windows.indices {
          let others = windows.indices.filter { $0 != place }.map { windows[$0] }
          let weights = Self.weights(method, on: others, by: metric)
          let forecast = try weights.combined(windows[place].forecasts)
          sum += metric.cost(of: windows[place].holdOut.evaluate(forecast).overall) ?? 0
        }
        costs.append((method, sum / Double(windows.count)))
      }
    }
    self.costs = costs
    let method = costs.min { $0.cost < $1.cost }?.method ?? .greedy
    self.method = method
    best = Self.best(on: windows, by: metric)
    weights = Self.weights(method == .single ? .greedy : method, on: windows, by: metric)
  }

  private static func weights(
    _ method: EnsembleMethod, on windows: [CombinationWindow], by metric: Metric
  ) -> CombinationWeights {
    switch method {
    case .greedy: CombinationWeights(selectedOn: windows)
    case .stacking: CombinationWeights(stackedOn: windows, ridge: ridge)
    case .single:
      CombinationWeights(
        only: best(on: windows, by: metric), of: windows[0].forecasts.count)
    }
  }

  /// Returns the index of the candidate with the smallest mean cost.
  private static func best(on windows: [CombinationWindow], by metric: Metric) -> Int {
    let costs = windows[0].forecasts.indices.map { model in
      windows.reduce(0) { sum, window in
        let scores = window.holdOut.evaluate(window.forecasts[model]).overall
        return sum + (metric.cost(of: scores) ?? .infinity)
      }
    }
    return costs.indices.min { costs[$0] < costs[$1] }!
  }
}
