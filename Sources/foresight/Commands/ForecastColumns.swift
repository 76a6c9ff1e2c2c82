import Forecasting

/// The columns of a table of forecasts, as `foresight forecast` writes it: the id, the date, and a
/// column for each model and for each of its quantiles, such as `LSTM` and `LSTM-q10`.
struct ForecastColumns {
  /// A model with its column of values and its columns of quantiles.
  struct Model {
    let name: String
    /// The levels, in ascending order, with the name of the column of each.
    var quantiles: [(level: Double, column: String)] = []
  }

  let id: String
  let time: String
  private(set) var models: [Model] = []

  /// Sorts the columns of a table.
  ///
  /// - Parameters:
  ///   - names: The names of all columns.
  ///   - table: The name of the table, for the error.
  /// - Throws: A `ForecastTableError` if there is no column of a model.
  init(_ names: [String], of table: String) throws(ForecastTableError) {
    guard names.count > 2 else { throw .noModel(table: table, columns: names) }
    (id, time) = (names[0], names[1])
    for name in names.dropFirst(2) {
      if let (model, level) = Self.quantile(name),
        let place = models.firstIndex(where: { $0.name == model })
      {
        models[place].quantiles.append((level, name))
      } else {
        models.append(Model(name: name))
      }
    }
    for place in models.indices { models[place].quantiles.sort { $0.level < $1.level } }
  }

  /// The columns other than the first model's, which is read as the target of the table.
  var others: [String] {
    models.flatMap { [$0.name] + $0.quantiles.map(\.column) }.dropFirst().map { $0 }
  }

  /// Returns the parts of the name of a quantile's column, or `nil` for another name.
  private static func quantile(_ name: String) -> (model: String, level: Double)? {
    guard let mark = name.ranges(of: "-q").last, let percent = Double(name[mark.upperBound...]),
      percent > 0, percent < 100
    else { return nil }
    return (String(name[..<mark.lowerBound]), percent / 100)
  }
}
