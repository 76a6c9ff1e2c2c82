extension Forecast {
  /// Throws if a value is far outside of what the history of its series supports: more than a thousand
  /// times the largest value that was ever observed, or the scale of the latest window, whichever is
  /// larger.
  ///
  /// A network that has diverged exceeds this by many orders of magnitude. Nothing that was learned from
  /// sales comes near it: a growing series is a few times its largest value at the end of a horizon, and
  /// an intermittent or new one is forecast in units of its own scale.
  ///
  /// - Parameters:
  ///   - history: The panel that was forecast from.
  ///   - scales: The scale of the latest window of each series, in the unit of its values.
  func checkRange(_ history: Panel, scales: [Float]) throws(ForecastError) {
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
