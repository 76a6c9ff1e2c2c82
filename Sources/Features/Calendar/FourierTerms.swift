internal import RealModule

/// Sines and cosines of a period and of its fractions, which describe a smooth season in few
/// columns.
///
/// The terms are sin 2πkt/P and cos 2πkt/P for k = 1 … order (Harvey & Shephard 1993; as in
/// Prophet, Taylor & Letham 2018). The time t is counted in steps from the one that contains
/// 1970-01-01, so that the same day has the same terms in every panel.
public struct FourierTerms: Feature {
  /// The period P in steps, such as 365.25 days.
  public let period: Double
  /// The number of pairs of columns.
  public let order: Int

  /// Creates the terms of a period. Stops the program unless the period is positive and the order
  /// is at least 1.
  public init(period: Double, order: Int) {
    self.period = period
    self.order = order
    checkRange()
  }

  public var name: String { "Fourier \(period)" }
  public var role: FeatureRole { .known }

  public func columns(of panel: Panel, futureSteps: Int) -> [FeatureColumn] {
    let calendar = panel.calendar
    let first =
      calendar.firstNumber - calendar.frequency.number(of: CalendarDate(dayNumber: 0))
    let turns = (first..<first + calendar.count + futureSteps).map { Double($0) / period }
    return (1...order).flatMap { k in
      // Whole turns are removed first, since they would cost digits.
      let angles = turns.map { turn in
        let part = Double(k) * turn
        return 2 * Double.pi * (part - part.rounded(.down))
      }
      return [
        FeatureColumn(
          name: "\(name) sine \(k)", shared: .numbers(angles.map { Double.sin($0) })),
        FeatureColumn(
          name: "\(name) cosine \(k)", shared: .numbers(angles.map { Double.cos($0) })),
      ]
    }
  }
}

extension FourierTerms: RangeChecked {
  package var fault: String? {
    period > 0 && period.isFinite && order >= 1
      ? nil
      : "expected a period above 0 and an order of at least 1, got \(period) and \(order)"
  }
}
