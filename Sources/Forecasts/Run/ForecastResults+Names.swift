extension ForecastResults {
  /// Returns the results with other names of models, such as those of several networks of one architecture.
  ///
  /// - Parameter names: The names of the first models, in the order of the run. Others keep theirs.
  package func naming(_ names: [String]) -> ForecastResults {
    var results = self
    for (place, name) in names.enumerated() { results.models[place] = models[place].naming(name) }
    return results
  }
}

extension ModelResult {
  fileprivate func naming(_ name: String) -> ModelResult {
    func naming(_ forecast: ModelForecast) -> ModelForecast {
      ModelForecast(
        name: name, forecast: forecast.forecast, evaluation: forecast.evaluation,
        sums: forecast.sums)
    }
    return ModelResult(
      heldOut: naming(heldOut), next: naming(next), final: final, isRefitted: isRefitted,
      calibrationWindowCount: calibrationWindowCount)
  }
}
