/// A long table of the sums over several steps that one or more models forecast, with one row for each
/// sum.
public struct SumTable: Sendable {
  private let models: [ModelForecast]
  private let idColumn: String
  private let timeColumn: String

  /// Creates a table of the sums of at least one model. Stops the program if the series, steps, or
  /// lengths of the models differ.
  public init(
    _ models: [ModelForecast], idColumn: String = "unique_id", timeColumn: String = "ds"
  ) {
    guard let first = models.first else {
      fatalError("SumTable: expected at least one model, got none")
    }
    for model in models
    where model.forecast.ids != first.forecast.ids
      || model.sums.map(\.length) != first.sums.map(\.length)
      || model.sums.map(\.calendar) != first.sums.map(\.calendar)
    {
      fatalError(
        "SumTable: expected the series and sums of \(first.name.debugDescription) in "
          + "\(model.name.debugDescription), too")
    }
    self.models = models
    self.idColumn = idColumn
    self.timeColumn = timeColumn
  }

  /// Returns the table as CSV by RFC 4180, with LF line ends. Its columns are the id, the date of the
  /// first step, the number of steps, and for each model the sum and its quantiles, such as `LSTM-q10`.
  public func csv() -> String {
    let names = models.flatMap { model in
      [model.name] + (model.sums.first?.quantiles.names.map { "\(model.name)-\($0)" } ?? [])
    }
    var text =
      ([idColumn, timeColumn, "steps"] + names).map(csvField).joined(separator: ",") + "\n"
    for (series, id) in models[0].forecast.ids.enumerated() {
      let idField = csvField(id)
      for (place, sums) in models[0].sums.enumerated() {
        for block in 0..<sums.blockCount {
          text += "\(idField),\(csvField(sums.calendar.label(at: block * sums.length)))"
          text += ",\(sums.length)"
          for model in models {
            for number in model.sums[place].numbers(at: series * sums.blockCount + block) {
              text += ",\(number.plainDecimal)"
            }
          }
          text += "\n"
        }
      }
    }
    return text
  }
}

extension SumForecast {
  /// Returns a sum and its quantiles.
  fileprivate func numbers(at cell: Int) -> ArraySlice<Double> {
    let width = quantiles.levels.count
    return [values[cell]] + quantiles.values[cell * width..<(cell + 1) * width]
  }
}
