extension Forecast {
  /// Throws an error if a value is far outside what the history of its series supports: more than a
  /// thousand times the larger of the largest value ever observed and the scale of the latest
  /// window.
  ///
  /// A network that has diverged exceeds this limit by many orders of magnitude, while plausible
  /// forecasts stay far below it: a growing series is a few times its largest value at the end of a
  /// horizon, and an intermittent or new series is forecast in units of its own scale.
  ///
  /// - Parameters:
  ///   - history: The panel that the forecast starts from.
  ///   - scales: The scale of the latest window of each series, in the units of its values.
  package func checkRange(_ history: Panel, scales: [Float]) throws(ForecastError) {
    for (index, series) in history.eachSeries.enumerated() {
      let scale = Double(scales[index].magnitude)
      let largest = series.values.reduce(scale) { max($0, $1.magnitude) }
      for (step, value) in values(at: index).enumerated() where value.magnitude > 1000 * largest {
        throw .outOfRange(
          id: series.id, date: calendar.date(at: step), value: value, largest: largest)
      }
    }
  }
}
