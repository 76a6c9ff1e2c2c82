/// Returns the standard deviations of the errors of a random walk from season to season: that of the
/// changes in the first season, and more in each later one.
///
/// In a history of at most one season, which has no such changes, the walk goes from step to step.
func randomWalkDeviations(of values: [Double], seasonLength: Int, horizon: Int) -> [Double] {
  let lag = values.count > seasonLength ? seasonLength : 1
  let changes = zip(values.dropFirst(lag), values).map { $0 - $1 }
  let sigma = rootMeanSquare(changes, count: changes.count)
  return (0..<horizon).map { sigma * Double($0 / lag + 1).squareRoot() }
}

/// Returns the root mean square of the errors of past forecasts for each step or, if the history is too
/// short for a past forecast, the deviations of a random walk.
func deviations(ofErrors errors: [Double], history: [Double], horizon: Int) -> [Double] {
  errors.isEmpty
    ? randomWalkDeviations(of: history, seasonLength: 1, horizon: horizon)
    : Array(repeating: rootMeanSquare(errors, count: errors.count), count: horizon)
}
