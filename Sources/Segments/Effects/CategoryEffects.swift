/// The effects of discounts on the purchases of a group in each category.
///
/// A category's effect is the slope of its purchases, less the customer's habit in the category and
/// its purchases in the week, against the depth of the discount. Standard errors allow for any
/// correlation within a customer and within a week.
enum CategoryEffects {
  /// Returns the effect of a depth of 1 in each category, or `nil` for a category whose discounts do
  /// not vary.
  static func discounts(
    _ frame: SegmentFrame, customers: [Int], weeks: Range<Int>
  ) -> [EffectEstimate?] {
    guard frame.history.hasDiscounts, frame.categoryCount > 1, customers.count > 1 else {
      return frame.categories.map { _ in nil }
    }
    let panels = customers.map { LeverFit.discountPanel(frame, $0, weeks) }
    let times = weeks.count - 1
    return (0..<frame.categoryCount).map { category in
      let depths = (0..<times).map { panels[0].variables[0][panels[0].place(category, $0)] }
      let outcomes = panels.map { panel in
        (0..<times).map { panel.variables[2][panel.place(category, $0)] }
      }
      return estimate(depths, outcomes)
    }
  }

  /// Returns the slope of the outcomes of several customers, [H][T], against x, [T].
  private static func estimate(_ x: [Double], _ outcomes: [[Double]]) -> EffectEstimate? {
    let square = x.reduce(0) { $0 + $1 * $1 } * Double(outcomes.count)
    guard square > 1e-6, x.count > 1 else { return nil }
    let sum = outcomes.reduce(0.0) { $0 + zip(x, $1).reduce(0) { $0 + $1.0 * $1.1 } }
    let slope = sum / square
    var ofWeeks = [Double](repeating: 0, count: x.count)
    var (ofCustomers, ofRows) = (0.0, 0.0)
    for outcome in outcomes {
      var score = 0.0
      for (time, (x, y)) in zip(x, outcome).enumerated() {
        let term = x * (y - slope * x)
        score += term
        ofWeeks[time] += term
        ofRows += term * term
      }
      ofCustomers += score * score
    }
    let weeks = ofWeeks.reduce(0) { $0 + $1 * $1 }
    let (customerCount, weekCount) = (Double(outcomes.count), Double(x.count))
    let byCustomer = ofCustomers * customerCount / (customerCount - 1)
    let byWeek = weeks * weekCount / (weekCount - 1)
    let variance = max(byCustomer + byWeek - ofRows, max(byCustomer, byWeek))
    return EffectEstimate(
      value: slope, standardError: variance.squareRoot() / square,
      degreesOfFreedom: min(outcomes.count, x.count) - 1)
  }
}
