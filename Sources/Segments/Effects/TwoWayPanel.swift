/// The values of several variables for units and times, with each unit observed at each time.
///
/// Subtracting the means of units and times leaves the variation that neither a unit's habit nor a
/// time's demand explains. A regression of what is left is one with fixed effects of both.
package struct TwoWayPanel {
  let unitCount: Int
  let timeCount: Int
  /// The variables, [P + 1][U · T]: the regressors, and then the outcome.
  package var variables: [[Double]]

  /// Creates a panel of zeros with P regressors.
  package init(regressors: Int, units: Int, times: Int) {
    (unitCount, timeCount) = (units, times)
    variables = Array(
      repeating: [Double](repeating: 0, count: units * times), count: regressors + 1)
  }

  /// The number of regressors, P.
  var regressorCount: Int { variables.count - 1 }

  /// Returns the place of a unit and a time in the variables.
  @inline(__always)
  package func place(_ unit: Int, _ time: Int) -> Int { unit * timeCount + time }

  /// Subtracts the means of units and times from all variables.
  package mutating func demean() {
    for index in variables.indices { demean(&variables[index]) }
  }

  private func demean(_ values: inout [Double]) {
    guard unitCount > 0, timeCount > 0 else { return }
    var ofTimes = [Double](repeating: 0, count: timeCount)
    for unit in 0..<unitCount {
      let row = unit * timeCount..<(unit + 1) * timeCount
      let mean = values[row].reduce(0, +) / Double(timeCount)
      for (time, place) in row.enumerated() {
        values[place] -= mean
        ofTimes[time] += values[place]
      }
    }
    for time in ofTimes.indices { ofTimes[time] /= Double(unitCount) }
    for unit in 0..<unitCount {
      for time in 0..<timeCount { values[unit * timeCount + time] -= ofTimes[time] }
    }
  }
}
