/// The effects of the levers on the members and others of a frame.
struct SegmentEffects {
  let discountDepth: Double
  let members: LeverFit
  let others: LeverFit
  /// The effects on members in the later weeks.
  let later: LeverFit

  init(_ frame: SegmentFrame, discountDepth: Double) {
    self.discountDepth = discountDepth
    members = LeverFit(frame, customers: frame.history.members, weeks: frame.training)
    others = LeverFit(frame, customers: frame.history.others, weeks: frame.training)
    later = LeverFit(frame, customers: frame.history.members, weeks: frame.later)
  }

  /// Returns the effects of all levers that reach the segment.
  func levers(_ frame: SegmentFrame) -> [SegmentReport.LeverEffect] {
    var levers: [SegmentReport.LeverEffect] = []
    if let fit = members.discount {
      levers.append(
        Self.effect(
          .discount(depth: discountDepth), fit, others.discount, later.discount, places: (0, 0, 0),
          before: 1, scale: discountDepth, plain: nil))
    }
    if let fit = members.coupon {
      levers.append(
        Self.effect(
          .coupon, fit, others.coupon, later.coupon, places: (0, 0, 0), before: 1, scale: 1,
          plain: PlainRates.coupon(frame)))
    }
    if let fit = members.campaign {
      for (place, type) in members.types.enumerated() {
        let other = others.types.firstIndex(of: type)
        let after = later.types.firstIndex(of: type)
        levers.append(
          Self.effect(
            .campaign(frame.campaignTypes[type]), fit, other.flatMap { _ in others.campaign },
            after.flatMap { _ in later.campaign }, places: (place, other ?? 0, after ?? 0),
            before: members.types.count, scale: 1, plain: PlainRates.campaign(frame, type)))
      }
    }
    return levers
  }

  private static func effect(
    _ lever: SegmentReport.LeverEffect.Lever, _ fit: ClusteredRegression.Fit,
    _ others: ClusteredRegression.Fit?, _ later: ClusteredRegression.Fit?,
    places: (own: Int, other: Int, later: Int), before: Int, scale: Double, plain: Double?
  ) -> SegmentReport.LeverEffect {
    SegmentReport.LeverEffect(
      lever: lever, members: fit.estimate(places.own).scaled(by: scale),
      others: others?.estimate(places.other).scaled(by: scale),
      difference: others.map {
        fit.difference(places.own, from: $0, places.other).scaled(by: scale)
      },
      plainDifference: plain, before: fit.estimate(before).scaled(by: scale),
      later: later?.estimate(places.later).scaled(by: scale))
  }

  /// Returns the discounts of all categories as strategies.
  func strategies(_ frame: SegmentFrame, _ model: PurchaseModel) -> [SegmentReport.Strategy] {
    let customers = frame.history.members
    let depth = discountDepth
    let raw = CategoryEffects.discounts(frame, customers: customers, weeks: frame.training)
    let realized = CategoryEffects.discounts(frame, customers: customers, weeks: frame.later)
    let known = raw.indices.filter { raw[$0] != nil }
    guard !known.isEmpty else { return [] }
    let shrunken = Shrinkage.shrunken(known.map { raw[$0]!.scaled(by: depth) })
    let uplifts = modelUplifts(frame, model)
    return zip(known, shrunken).map { category, predicted in
      var count = 0
      for customer in customers {
        frame.forEachPurchase(of: customer) { place, week in
          if place == category, frame.training.contains(week) { count += 1 }
        }
      }
      return SegmentReport.Strategy(
        category: frame.name(of: category),
        rate: Double(count) / Double(customers.count * frame.training.count),
        predicted: predicted, model: uplifts[category],
        realized: realized[category]?.scaled(by: depth))
    }
    .sorted {
      (-$0.predicted.interval.lowerBound, $0.category)
        < (-$1.predicted.interval.lowerBound, $1.category)
    }
  }

  /// Returns the mean change of the members' probabilities of a purchase in each category if the
  /// discount were deeper than it was.
  private func modelUplifts(_ frame: SegmentFrame, _ model: PurchaseModel) -> [Double] {
    let (customers, weeks, depth) = (frame.history.members, frame.training, discountDepth)
    let actual = model.probabilities(frame, customers, weeks)
    let deeper = model.probabilities(frame, customers, weeks) { levers in
      var levers = levers
      levers.depth += depth
      return levers
    }
    var sums = [Double](repeating: 0, count: frame.categoryCount)
    for place in actual.indices {
      sums[place / weeks.count % frame.categoryCount] += deeper[place] - actual[place]
    }
    return sums.map { $0 / Double(customers.count * weeks.count) }
  }
}

/// The differences of members' purchase rates with and without a lever.
enum PlainRates {
  /// Returns the difference with and without a coupon, over all customers, categories, and weeks.
  static func coupon(_ frame: SegmentFrame) -> Double? {
    var (with, without) = (Tally(), Tally())
    for customer in frame.history.members {
      var bought: Set<Int> = []
      frame.forEachPurchase(of: customer) { bought.insert($0 * frame.weekCount + $1) }
      for category in 0..<frame.categoryCount {
        for week in frame.training {
          let isBought = bought.contains(category * frame.weekCount + week)
          if frame.coupon(customer, category, week) == .active {
            with.add(isBought ? 1 : 0)
          } else {
            without.add(isBought ? 1 : 0)
          }
        }
      }
    }
    return with.difference(from: without)
  }

  /// Returns the difference with and without an active campaign of a type, over all customers and
  /// weeks.
  static func campaign(_ frame: SegmentFrame, _ type: Int) -> Double? {
    var (with, without) = (Tally(), Tally())
    for customer in frame.history.members {
      var counts = [Double](repeating: 0, count: frame.weekCount)
      frame.forEachPurchase(of: customer) { counts[$1] += 1 / Double(frame.categoryCount) }
      for week in frame.training {
        if frame.isActive(type, customer, week) {
          with.add(counts[week])
        } else {
          without.add(counts[week])
        }
      }
    }
    return with.difference(from: without)
  }

  private struct Tally {
    private var sum = 0.0
    private var count = 0.0

    mutating func add(_ value: Double) {
      sum += value
      count += 1
    }

    func difference(from other: Tally) -> Double? {
      count > 0 && other.count > 0 ? sum / count - other.sum / other.count : nil
    }
  }
}
