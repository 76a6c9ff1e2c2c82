import Forecasting

extension ForecastContributions {
  /// Returns the contributions as CSV by RFC 4180, with a row for each forecast step and input.
  ///
  /// The rows of a step add up: `baseline`, all inputs, and `residual` give `forecast`.
  public func csv(idColumn: String = "unique_id", timeColumn: String = "ds") -> String {
    var text = "\(csvField(idColumn)),\(csvField(timeColumn)),input,group,contribution\n"
    let residuals = residuals
    for step in forecast.indices {
      func add(_ input: String, _ group: String, _ value: Double) {
        let start = "\(csvField(id)),\(calendar.label(at: step))"
        text += "\(start),\(csvField(input)),\(group),\(value.plainDecimal)\n"
      }
      add("baseline", "", baseline[step])
      for (place, input) in inputs.enumerated() {
        add(input.name, input.group.rawValue, contributions[place * forecast.count + step])
      }
      add("residual", "", residuals[step])
      add("forecast", "", forecast[step])
    }
    return text
  }

  /// Returns the mean contributions over the forecast steps as CSV by RFC 4180, with a row for each
  /// input and step of the window, past and future. Contributions of 0 are left out.
  public func csvOverTime(idColumn: String = "unique_id", timeColumn: String = "ds") -> String {
    var text = "\(csvField(idColumn)),\(csvField(timeColumn)),input,group,contribution\n"
    let length = windowCalendar.count
    for (place, input) in inputs.enumerated() {
      for step in 0..<length where contributionsOverTime[place * length + step] != 0 {
        let value = contributionsOverTime[place * length + step].plainDecimal
        text += "\(csvField(id)),\(windowCalendar.label(at: step)),\(csvField(input.name)),"
        text += "\(input.group.rawValue),\(value)\n"
      }
    }
    return text
  }

  /// Returns the mean contribution of each input over some forecast steps, [I].
  ///
  /// - Parameter steps: The indices of the forecast steps, or nil for all.
  public func means(over steps: [Int]? = nil) -> [Double] {
    let steps = steps ?? Array(forecast.indices)
    return inputs.indices.map { place in
      steps.reduce(0) { $0 + contributions[place * forecast.count + $1] }
        / Double(max(steps.count, 1))
    }
  }
}
