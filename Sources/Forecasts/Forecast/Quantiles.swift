/// Quantiles of N series over H steps.
public struct Quantiles: Sendable, Equatable {
  /// The Q levels, in ascending order between 0 and 1.
  public let levels: [Double]
  /// The quantiles, row-major `[N, H, Q]`, in units of the target. They don't decrease within a
  /// step.
  public let values: [Double]

  /// Creates quantiles. Stops the program unless the levels ascend between 0 and 1 and there is at
  /// least one, and the number of values is a multiple of Q.
  public init(levels: [Double], values: [Double]) {
    if let fault = levelFault(of: levels, areRequired: true) { fatalError("Quantiles: \(fault)") }
    guard values.count % levels.count == 0 else {
      fatalError("Quantiles: expected \(levels.count) values for each step, got \(values.count)")
    }
    self.levels = levels
    self.values = values
  }

  /// The names of the levels in tables, such as `q10` and `q97.5`.
  public var names: [String] { levels.map { "q\($0.percentText)" } }
}

extension Double {
  /// The number in percent, as short as it can be, such as `10` and `97.5`.
  package var percentText: String {
    // Without rounding, a level such as 0.07 would be 7.000000000000001 %.
    let hundredths = (self * 1e8).rounded() / 1e6
    return hundredths == hundredths.rounded() ? "\(Int(hundredths))" : "\(hundredths)"
  }
}
