/// The pattern of a series' demand by how often and how evenly it sells: the four classes of
/// Syntetos, Boylan & Croston (2005), and two for what has none.
public enum DemandClass: String, Sendable, Codable, CodingKeyRepresentable, CaseIterable {
  /// Often and evenly: an ADI below 1.32, a CV² below 0.49.
  case smooth
  /// Often and unevenly: an ADI below 1.32, a CV² of at least 0.49.
  case erratic
  /// Seldom and evenly: an ADI of at least 1.32, a CV² below 0.49.
  case intermittent
  /// Seldom and unevenly: an ADI of at least 1.32, a CV² of at least 0.49.
  case lumpy
  /// Observed, and never sold.
  case noSales
  /// Nothing is observed.
  case notObserved

  /// The class of a series.
  ///
  /// The average demand interval (ADI) is the number of observed steps from the first sale on, over
  /// that of steps with a sale: zeros before a launch are no interval. CV² is the square of the
  /// standard deviation of the sales, with n − 1 as its divisor, over their mean; that of one sale
  /// is 0. A sale is an observed value above 0.
  public init(of series: Series) {
    var (steps, sales) = (0, 0)
    // Welford's running mean and sum of squares: one pass, and no cancellation.
    var (mean, squares) = (0.0, 0.0)
    for cell in series.states.indices where series.states[cell] == .observed {
      let value = series.values[cell]
      if value > 0 {
        sales += 1
        let distance = value - mean
        mean += distance / Double(sales)
        squares += distance * (value - mean)
      }
      if sales > 0 { steps += 1 }
    }
    guard sales > 0 else {
      self = series.states.contains(.observed) ? .noSales : .notObserved
      return
    }
    let interval = Double(steps) / Double(sales)
    let variation = sales > 1 ? squares / Double(sales - 1) / (mean * mean) : 0
    switch (interval < 1.32, variation < 0.49) {
    case (true, true): self = .smooth
    case (true, false): self = .erratic
    case (false, true): self = .intermittent
    case (false, false): self = .lumpy
    }
  }
}
