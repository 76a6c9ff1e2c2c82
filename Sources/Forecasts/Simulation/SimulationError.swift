/// An error that explains why sales can't be simulated from forecasts.
public enum SimulationError: Error, Equatable {
  /// The panel has no sales of the steps of a past forecast.
  case noSales(first: String, last: String, salesEnd: String)
  /// The forecast has other series than the panel, or in another order.
  case otherSeries
  /// A past forecast or the sales are negative at a step.
  case negative(id: String, step: String)
  /// Past forecasts have different numbers of steps.
  case otherHorizon(Int, expected: Int)
  /// Nothing was forecast and sold in the past windows.
  case nothingSold
}

extension SimulationError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .noSales(let first, let last, let end):
      "the past forecast is of \(first) to \(last), but the sales end at \(end) or start later; use a "
        + "forecast whose steps have sales"
    case .otherSeries:
      "the forecast has other series than the panel, or in another order; select the series of the "
        + "forecast in the panel"
    case .negative(let id, let step):
      "series \(id.debugDescription) has a negative forecast or negative sales at \(step); simulated "
        + "sales are at least 0, so leave the series out or clip its values"
    case .otherHorizon(let found, let expected):
      "past forecasts must have the same number of steps, but one has \(found), and another "
        + "\(expected)"
    case .nothingSold:
      "the past forecasts or the sales of their steps are all 0, so their errors cannot be estimated; "
        + "use windows in which something was sold"
    }
  }
}
