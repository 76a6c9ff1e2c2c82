/// An error of explaining a model.
public enum ExplanationError: Error, Equatable, CustomStringConvertible {
  /// There are too few forecasts to fit a surrogate and to measure its fidelity.
  case tooFewForecasts(Int)

  public var description: String {
    switch self {
    case .tooFewForecasts(let count):
      "\(count) forecasts of windows with sales are too few to fit a surrogate and to measure its "
        + "fidelity; pass a longer history or more series"
    }
  }
}
