extension Forecast {
  /// The sum of the values of each series over all steps.
  var sumsOfSeries: [Double] { sums(over: horizon, from: 0) }

  /// Returns the forecast, multiplied at each step to fit another one of as many series and steps.
  func multiplied(toFit other: Forecast) throws(ForecastError) -> Forecast {
    try multiplied(by: zip(values, other.values).map { $0 > 0 && $1 > 0 ? $1 / $0 : 1 })
  }
}
