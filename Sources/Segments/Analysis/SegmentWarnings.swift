/// The limits of what the data can tell about a segment, in plain words.
struct SegmentWarnings {
  private(set) var texts: [String] = []
  private let frame: SegmentFrame

  init(
    _ frame: SegmentFrame, _ effects: SegmentEffects, _ levers: [SegmentReport.LeverEffect],
    _ strategies: [SegmentReport.Strategy], _ check: SegmentReport.LaterCheck
  ) {
    self.frame = frame
    warnAboutSize(effects)
    warnAboutDiscounts(effects, strategies)
    warnAboutCoupons(effects)
    warnAboutCampaigns(effects)
    warnAboutLaterWeeks(levers)
    warnAboutModels(check)
  }

  private mutating func warnAboutSize(_ effects: SegmentEffects) {
    let count = frame.history.members.count
    guard count < 200 else { return }
    var text = "The segment has only \(count) customers. "
    if let fit = effects.members.discount {
      // With a power of 80 %, an effect of 2.8 standard errors is found.
      let estimate = fit.estimate(0).scaled(by: effects.discountDepth)
      text +=
        "A discount of \((effects.discountDepth * 100).fixed(0)) points would have to change its purchase "
        + "rate by \(Self.points(2.8 * estimate.standardError)) points to be found in four of five cases. "
    }
    texts.append(text + "An interval that contains 0 is not evidence of no effect.")
  }

  private mutating func warnAboutDiscounts(
    _ effects: SegmentEffects, _ strategies: [SegmentReport.Strategy]
  ) {
    guard frame.history.hasDiscounts else {
      texts.append(
        "The order lines have no column of discounts, so their effects cannot be estimated.")
      return
    }
    if let fit = effects.members.discount ?? effects.others.discount {
      texts.append(
        "Discounts were not drawn at random. A shop that discounts what is in season sells more of it "
          + "anyway, and categories and weeks are compared only on average.")
      if fit.estimate(1).isClear, fit.estimate(1).value > 0 {
        texts.append(
          "Purchases are also higher before a discount begins: part of what looks like the effect of "
            + "discounts is the season or the length of discounts.")
      }
    }
    if strategies.count > 20 {
      texts.append(
        "\(strategies.count) categories are compared. About \(max(1, strategies.count / 20)) intervals "
          + "exclude 0 by chance alone; shrinking corrects the estimates for this, not the choice.")
    }
  }

  /// Warns about effects that the later weeks do not confirm.
  private mutating func warnAboutLaterWeeks(_ levers: [SegmentReport.LeverEffect]) {
    for lever in levers where lever.members.isClear {
      guard let later = lever.later, later.interval.contains(0) else { continue }
      texts.append(
        "The effect of \(lever.lever.name) is clear before the split, but not in the later weeks.")
    }
  }

  private mutating func warnAboutCoupons(_ effects: SegmentEffects) {
    if frame.history.hasCoupons {
      let counts = frame.history.couponPurchases
      texts.append(
        "Coupons are redeemed only by buyers: \(counts.members) purchases of members and "
          + "\(counts.others) of others were paid with one, which says nothing about purchases without "
          + "it. The effect shown is that of holding a coupon.")
    }
    if let fit = effects.members.coupon {
      warnAboutChoice(
        of: "coupons", members: fit.estimate(1), others: effects.others.coupon?.estimate(1))
    }
  }

  private mutating func warnAboutCampaigns(_ effects: SegmentEffects) {
    guard !frame.campaignTypes.isEmpty else { return }
    guard let fit = effects.members.campaign else {
      texts.append("No campaign reached the segment before the split.")
      return
    }
    warnAboutChoice(
      of: "campaigns", members: fit.estimate(effects.members.types.count),
      others: effects.others.campaign?.estimate(effects.others.types.count))
    for type in effects.members.types {
      let reached = frame.history.members.filter { customer in
        frame.training.contains { frame.isActive(type, customer, $0) }
      }
      let rates = [reached, frame.history.members.filter { !reached.contains($0) }].map {
        quietRate($0)
      }
      let name = SegmentReport.LeverEffect.Lever.campaign(frame.campaignTypes[type]).name
      if reached.count < 20 {
        texts.append(
          "Only \(reached.count) members received \(name); its interval rests on them alone.")
      }
      guard let chosen = rates[0], let rest = rates[1], rest > 0,
        abs(chosen / rest - 1) > 0.1
      else { continue }
      texts.append(
        "The shop chose whom it sent \(name): in weeks without any campaign, its recipients bought "
          + "\((chosen / rest).fixed(2)) times as much as other members. A plain comparison would take "
          + "this habit for an effect; the estimate compares each customer with itself.")
    }
  }

  /// Warns that the effect of a lever can be that of the choice of its recipients.
  ///
  /// - Parameters:
  ///   - members: The effect on members before the lever was active.
  ///   - others: The same of others, who are mostly many more.
  private mutating func warnAboutChoice(
    of levers: String, members: EffectEstimate, others: EffectEstimate?
  ) {
    let weeks = "the \(Exposures.weeksBefore) weeks before"
    for (group, before) in [("members", members), ("other customers", others)] {
      guard let before, before.isClear else { continue }
      texts.append(
        "Cause and habit cannot be separated for \(levers): \(group) who received them already bought "
          + "\(before.value > 0 ? "more" : "less") in \(weeks) (\(Self.points(before.value)) points). Do "
          + "not read the effect of \(levers) as caused by them.")
      return
    }
    texts.append(
      "The shop chose who received \(levers). Purchases in \(weeks) do not give the choice away, but only "
        + "sending them to a random half of the customers would show the cause.")
  }

  private mutating func warnAboutModels(_ check: SegmentReport.LaterCheck) {
    guard let first = check.models.first else { return }
    for (lever, slope) in first.slopes {
      if slope.interval.contains(0) {
        texts.append(
          "In the later weeks, the uplift that the \(first.name) predicts for \(lever) cannot be told "
            + "from no difference.")
      } else if slope.interval.upperBound < 1 {
        texts.append(
          "In the later weeks, the uplift of \(lever) was \(slope.value.fixed(2)) times what the "
            + "\(first.name) predicts, clearly less than predicted.")
      }
    }
    if let best = check.models.dropFirst().first(where: { $0.auc > first.auc }) {
      texts.append(
        "In the later weeks, the \(first.name) ranks purchases worse than: \(best.name).")
    }
  }

  /// Returns the purchase rate in the weeks before the split without a campaign, or `nil` if there is
  /// none.
  private func quietRate(_ customers: [Int]) -> Double? {
    var (sum, count) = (0, 0)
    for customer in customers {
      let quiet = Set(
        frame.training.filter { week in
          !frame.campaignTypes.indices.contains { frame.isActive($0, customer, week) }
        })
      count += quiet.count * frame.categoryCount
      frame.forEachPurchase(of: customer) { _, week in if quiet.contains(week) { sum += 1 } }
    }
    return count > 0 ? Double(sum) / Double(count) : nil
  }

  /// Returns a share as a number of percentage points.
  private static func points(_ share: Double) -> String {
    (share * 100).fixed(2)
  }
}
