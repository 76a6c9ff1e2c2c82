/// The relative deviations of the last periods of a folded series from level times shape.
///
/// A path uses the deviations of one past period for all its periods.
struct PhaseNoise {
  /// The number of periods, at most 50.
  let periodCount: Int
  /// The deviations, `[P, periods]`, or none if a period is one step.
  private let deviations: [[Double]]

  init(_ folded: FoldedSeries) {
    let (period, count) = (folded.period, min(folded.count, 50))
    periodCount = count
    guard period > 1 else {
      deviations = []
      return
    }
    let recent = Array(folded.values.suffix(count * period))
    let sums = (0..<count).map { recent[$0 * period..<($0 + 1) * period].reduce(0, +) }
    let expected = folded.shape.map { share in sums.map { $0 * share } }
    var all = expected.flatMap { $0 }
    let smallest = 0.1 * all.median()!
    deviations = expected.enumerated().map { phase, expected in
      let errors = expected.enumerated().map { place, expected in
        (recent[place * period + phase] - expected) / max(expected, smallest)
      }
      return Self.centered(errors)
    }
  }

  func deviation(phase: Int, period: Int) -> Double {
    deviations.isEmpty ? 0 : deviations[phase][period]
  }

  /// Returns the errors less the part of their mean that is noise.
  private static func centered(_ errors: [Double]) -> [Double] {
    guard errors.count >= 4 else { return errors }
    let count = Double(errors.count)
    let mean = errors.reduce(0, +) / count
    let squares = errors.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let variance = squares / (count - 1) / count
    let noise = mean * variance / (mean * mean + variance + 1e-10)
    return errors.map { $0 - noise }
  }
}
