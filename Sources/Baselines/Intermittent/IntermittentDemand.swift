/// The demands of a series with many zeros, and the intervals between them.
struct IntermittentDemand {
  /// The values above 0, in their order.
  let sizes: [Double]
  /// The number of steps from each nonzero value back to the previous one, or to the step before
  /// the first.
  let intervals: [Double]

  init(_ values: [Double]) {
    sizes = values.filter { $0 > 0 }
    var intervals: [Double] = []
    var before = -1
    for (step, value) in values.enumerated() where value != 0 {
      intervals.append(Double(step - before))
      before = step
    }
    self.intervals = intervals
  }

  /// The mean interval, rounded to a whole number of steps.
  var meanInterval: Int {
    Int((intervals.reduce(0, +) / Double(intervals.count)).rounded(.toNearestOrEven))
  }

  /// The bounds of optimized smoothing weights.
  static let bounds = 0.1...0.3
}

/// Returns the root mean squared difference of values from a level.
func deviation(of values: [Double], about level: Double) -> Double {
  rootMeanSquare(values.map { $0 - level }, count: values.count)
}

/// Returns the sums over blocks of `length` values, aligned to the last value. Values before the
/// first complete block are left out.
func blockSums(_ values: [Double], length: Int) -> [Double] {
  stride(from: values.count % length, to: values.count, by: length).map { first in
    values[first..<first + length].reduce(0, +)
  }
}
