/// The regressions of a group's purchases on the levers, over some weeks.
///
/// Discounts: for each customer, purchases by category and week, less the customer's habit in the
/// category and its purchases in the week, against the depth of the discounts, and that of the
/// following week. Coupons: for each category, purchases by customer and week, less the customer's
/// habit and the demand of the week, against holding a coupon. Campaigns: the share of the
/// categories that a customer buys in a week, less its habit and the demand of the week, against the
/// types of the active campaigns.
struct LeverFit {
  let discount: ClusteredRegression.Fit?
  let coupon: ClusteredRegression.Fit?
  /// The fit with a regressor for each campaign type that reaches the group, and the last one for the
  /// weeks before a campaign.
  let campaign: ClusteredRegression.Fit?
  /// The campaign types of the regressors.
  let types: [Int]

  init(_ frame: SegmentFrame, customers: [Int], weeks: Range<Int>) {
    discount = Self.discount(frame, customers, weeks)
    coupon = Self.coupon(frame, customers, weeks)
    types = frame.campaignTypes.indices.filter { type in
      customers.contains { customer in weeks.contains { frame.isActive(type, customer, $0) } }
    }
    campaign = Self.campaign(frame, customers, weeks, types)
  }

  /// Returns the demeaned panel of a customer's purchases and the discounts. The last week is left out,
  /// since the discounts of the week after it are not part of the weeks.
  static func discountPanel(
    _ frame: SegmentFrame, _ customer: Int, _ weeks: Range<Int>
  ) -> TwoWayPanel {
    let times = weeks.dropLast()
    var panel = TwoWayPanel(regressors: 2, units: frame.categoryCount, times: times.count)
    for category in 0..<frame.categoryCount {
      for (time, week) in times.enumerated() {
        let place = panel.place(category, time)
        panel.variables[0][place] = frame.depth(category, week)
        panel.variables[1][place] = frame.depth(category, week + 1)
      }
    }
    frame.forEachPurchase(of: customer) { category, week in
      guard times.contains(week) else { return }
      panel.variables[2][panel.place(category, week - weeks.lowerBound)] = 1
    }
    panel.demean()
    return panel
  }

  private static func discount(
    _ frame: SegmentFrame, _ customers: [Int], _ weeks: Range<Int>
  ) -> ClusteredRegression.Fit? {
    guard frame.history.hasDiscounts, frame.categoryCount > 1 else { return nil }
    var regression = ClusteredRegression(regressors: 2)
    for customer in customers {
      regression.add(
        discountPanel(frame, customer, weeks), customer: { _ in customer }, second: { $0 })
    }
    return regression.fit()
  }

  private static func coupon(
    _ frame: SegmentFrame, _ customers: [Int], _ weeks: Range<Int>
  ) -> ClusteredRegression.Fit? {
    let bought = customers.map { purchases(frame, $0, weeks) }
    var regression = ClusteredRegression(regressors: 2)
    for category in 0..<frame.categoryCount {
      var panel = TwoWayPanel(regressors: 2, units: customers.count, times: weeks.count)
      var isExposed = false
      for (unit, customer) in customers.enumerated() {
        for (time, week) in weeks.enumerated() {
          let place = panel.place(unit, time)
          switch frame.coupon(customer, category, week) {
          case .none: break
          case .before: panel.variables[1][place] = 1
          case .active:
            panel.variables[0][place] = 1
            isExposed = true
          }
          if bought[unit].contains(category * weeks.count + time) { panel.variables[2][place] = 1 }
        }
      }
      guard isExposed else { continue }
      panel.demean()
      regression.add(panel, customer: { customers[$0] }, second: { _ in category })
    }
    return regression.fit()
  }

  private static func campaign(
    _ frame: SegmentFrame, _ customers: [Int], _ weeks: Range<Int>, _ types: [Int]
  ) -> ClusteredRegression.Fit? {
    guard !types.isEmpty else { return nil }
    var panel = TwoWayPanel(
      regressors: types.count + 1, units: customers.count, times: weeks.count)
    for (unit, customer) in customers.enumerated() {
      for (time, week) in weeks.enumerated() {
        let place = panel.place(unit, time)
        for (index, type) in types.enumerated() where frame.isActive(type, customer, week) {
          panel.variables[index][place] = 1
        }
        if frame.isBeforeCampaign(customer, week) { panel.variables[types.count][place] = 1 }
      }
      frame.forEachPurchase(of: customer) { _, week in
        guard weeks.contains(week) else { return }
        panel.variables[types.count + 1][panel.place(unit, week - weeks.lowerBound)] +=
          1 / Double(frame.categoryCount)
      }
    }
    panel.demean()
    var regression = ClusteredRegression(regressors: types.count + 1)
    regression.add(panel, customer: { customers[$0] })
    return regression.fit()
  }

  /// Returns the purchases of a customer, as category · weeks + week.
  private static func purchases(
    _ frame: SegmentFrame, _ customer: Int, _ weeks: Range<Int>
  ) -> Set<Int> {
    var bought: Set<Int> = []
    frame.forEachPurchase(of: customer) { category, week in
      if weeks.contains(week) { bought.insert(category * weeks.count + week - weeks.lowerBound) }
    }
    return bought
  }
}
