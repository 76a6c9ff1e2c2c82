/// A series' demand pattern by the frequency and variability of its sales: the four classes of
/// Syntetos, Boylan & Croston (2005), and two for series without sales.
public enum DemandClass: String, Sendable, Codable, CodingKeyRepresentable, CaseIterable {
  /// Frequent and regular: an ADI below 1.32 and a CV² below 0.49.
  case smooth
  /// Frequent and variable: an ADI below 1.32 and a CV² of at least 0.49.
  case erratic
  /// Infrequent and regular: an ADI of at least 1.32 and a CV² below 0.49.
  case intermittent
  /// Infrequent and variable: an ADI of at least 1.32 and a CV² of at least 0.49.
  case lumpy
  /// Observed without any sales.
  case noSales
  /// Without observed values.
  case notObserved

  /// Determines the class of a series.
  ///
  /// The average demand interval (ADI) is the number of observed steps from the first sale on,
  /// divided by the number of steps with a sale. Zeros before a launch do not count. CV² is the
  /// square of the ratio of the standard deviation of the sales (with divisor n − 1) to their mean.
  /// It is 0 for a single sale. A sale is an observed value above 0.
  public init(of series: Series) {
    self = series.values.withUnsafeBufferPointer { values in
      series.states.withUnsafeBufferPointer { states in DemandClass(of: values, states) }
    }
  }

  /// Creates the class of a series with the given values and states.
  init(of values: UnsafeBufferPointer<Double>, _ states: UnsafeBufferPointer<CellState>) {
    var (steps, sales) = (0, 0)
    // Welford's running mean and sum of squares needs one pass and avoids cancellation.
    var (mean, squares) = (0.0, 0.0)
    for cell in states.indices where states[cell] == .observed {
      let value = values[cell]
      if value > 0 {
        sales += 1
        let distance = value - mean
        mean += distance / Double(sales)
        squares += distance * (value - mean)
      }
      if sales > 0 { steps += 1 }
    }
    guard sales > 0 else {
      self = states.contains(.observed) ? .noSales : .notObserved
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
