extension SegmentReport.LaterCheck {
  /// Checks models on the members' rows of the later weeks, with two baselines: each customer's own
  /// purchase rate of the category, and no difference between customers, the purchase rate of the
  /// category.
  init(
    _ frame: SegmentFrame, _ models: [(name: String, model: PurchaseModel)],
    strategies: [SegmentReport.Strategy], ofDepth depth: Double, topCount: Int
  ) {
    let (customers, weeks) = (frame.history.members, frame.later)
    let rowsOfCustomer = frame.categoryCount * weeks.count
    var classes = [Bool](repeating: false, count: customers.count * rowsOfCustomer)
    for (place, customer) in customers.enumerated() {
      frame.forEachPurchase(of: customer) { category, week in
        guard weeks.contains(week) else { return }
        let cell = category * weeks.count + week - weeks.lowerBound
        classes[place * rowsOfCustomer + cell] = true
      }
    }
    let ranking = RankingCheck(
      classes: classes, customers: classes.indices.map { $0 / rowsOfCustomer })
    var predictions = models.map { $0.model.probabilities(frame, customers, weeks) }
    predictions.append(Self.ownRates(frame, customers, weightOfAll: Self.weeksOfAll))
    predictions.append(Self.ownRates(frame, customers, weightOfAll: .infinity))
    let aucs = predictions.map { ranking.auc(of: $0) }
    let actual = Tensor(classes.map { $0 ? 1.0 : 0.0 })
    let names =
      models.map(\.name) + ["own rate of the category", "no difference between customers"]
    self.init(
      rowCount: classes.count, purchaseCount: classes.count { $0 },
      models: names.indices.map { place in
        var lead: EffectEstimate?
        if place > 0, let first = aucs[0], let own = aucs[place] {
          lead = RankingCheck.difference(first, own)
        }
        return SegmentReport.ModelCheck(
          name: names[place], auc: aucs[place]?.value ?? 0.5, lead: lead,
          logLoss: ClassificationScores(of: Tensor(predictions[place]), against: actual).logLoss
            ?? 0,
          slopes: place < models.count ? UpliftCheck.slopes(frame, models[place].model) : [])
      },
      top: Self.top(strategies, topCount),
      strategies: UpliftCheck.slope(frame, strategies, ofDepth: depth))
  }

  /// The number of weeks at the rate of all customers that a customer's own rate begins with.
  private static let weeksOfAll = 8.0

  /// Returns each customer's purchase rate of the category before the split as predictions, shrunken
  /// towards the rate of all customers.
  ///
  /// - Parameter weightOfAll: The weight of the rate of all customers, in weeks. If it is infinite,
  ///   predictions are the same for all customers.
  private static func ownRates(
    _ frame: SegmentFrame, _ customers: [Int], weightOfAll: Double
  ) -> [Double] {
    let weeks = Double(frame.training.count)
    func counts(_ customer: Int) -> [Double] {
      var counts = [Double](repeating: 0, count: frame.categoryCount)
      frame.forEachPurchase(of: customer) { category, week in
        if frame.training.contains(week) { counts[category] += 1 }
      }
      return counts
    }
    var rates = [Double](repeating: 0, count: frame.categoryCount)
    for customer in 0..<frame.history.customerCount {
      for (category, count) in counts(customer).enumerated() { rates[category] += count }
    }
    let all = rates.map { $0 / weeks / Double(frame.history.customerCount) }
    return customers.flatMap { customer in
      zip(counts(customer), all).flatMap { count, rate in
        let own =
          weightOfAll.isInfinite ? rate : (count + weightOfAll * rate) / (weeks + weightOfAll)
        return Array(repeating: own, count: frame.later.count)
      }
    }
  }

  private static func top(
    _ strategies: [SegmentReport.Strategy], _ count: Int
  ) -> SegmentReport.TopCheck? {
    let known = strategies.prefix(count).filter { $0.realized?.standardError ?? 0 > 0 }
    guard let degrees = known.compactMap({ $0.realized?.degreesOfFreedom }).min() else {
      return nil
    }
    // A category whose discounts varied little says little. Purchases in different categories are
    // taken as independent, given a customer's habits.
    let weights = known.map { 1 / ($0.realized!.standardError * $0.realized!.standardError) }
    let total = weights.reduce(0, +)
    func mean(_ value: (SegmentReport.Strategy) -> Double) -> Double {
      zip(weights, known).reduce(0) { $0 + $1.0 * value($1.1) } / total
    }
    return SegmentReport.TopCheck(
      count: known.count, predicted: mean(\.predicted.value),
      realized: EffectEstimate(
        value: mean { $0.realized!.value }, standardError: (1 / total).squareRoot(),
        degreesOfFreedom: degrees),
      positiveCount: known.count { $0.realized!.value > 0 })
  }
}

/// The uplift that a model predicts for the levers of the later weeks, against the purchases.
enum UpliftCheck {
  /// Returns the slopes of the purchases against the predicted uplifts of each lever, with the fixed
  /// effects of the lever's regression.
  static func slopes(
    _ frame: SegmentFrame, _ model: PurchaseModel
  ) -> [(lever: String, estimate: EffectEstimate)] {
    let (customers, weeks) = (frame.history.members, frame.later)
    let actual = model.probabilities(frame, customers, weeks)
    var slopes: [(lever: String, estimate: EffectEstimate)] = []
    func uplift(_ remove: (inout PurchaseModel.Levers) -> Void) -> [Double] {
      let without = model.probabilities(frame, customers, weeks) { levers in
        var levers = levers
        remove(&levers)
        return levers
      }
      return zip(actual, without).map { $0 - $1 }
    }
    if frame.history.hasDiscounts,
      let estimate = slope(frame, uplift { $0.depth = 0 }, byCategory: false)
    {
      slopes.append(("discounts", estimate))
    }
    if let estimate = slope(frame, uplift { $0.hasCoupon = false }, byCategory: true) {
      slopes.append(("coupons", estimate))
    }
    if let estimate = slope(frame, uplift { $0.campaignTypes = [] }, byCategory: true) {
      slopes.append(("campaigns", estimate))
    }
    return slopes
  }

  /// Returns the slope of the purchases against the uplifts that strategies predict for the discounts,
  /// or `nil` if there are none.
  static func slope(
    _ frame: SegmentFrame, _ strategies: [SegmentReport.Strategy], ofDepth depth: Double
  ) -> EffectEstimate? {
    let slopes = Dictionary(
      uniqueKeysWithValues: strategies.map { ($0.category, $0.predicted.value) })
    let ofCategories = (0..<frame.categoryCount).flatMap { category in
      frame.later.map { week in
        frame.depth(category, week) * (slopes[frame.name(of: category)] ?? 0) / depth
      }
    }
    let uplifts = frame.history.members.flatMap { _ in ofCategories }
    return strategies.isEmpty ? nil : slope(frame, uplifts, byCategory: false)
  }

  /// Returns the slope of purchases against uplifts, by customer, category, and week.
  ///
  /// - Parameter byCategory: A Boolean value that indicates whether each panel is of a category, with
  ///   customers as units, and not of a customer, with categories as units.
  private static func slope(
    _ frame: SegmentFrame, _ uplifts: [Double], byCategory: Bool
  ) -> EffectEstimate? {
    let (customers, weeks, categories) = (
      frame.history.members, frame.later, frame.categoryCount
    )
    let panelCount = byCategory ? categories : customers.count
    let unitCount = byCategory ? customers.count : categories
    var panels = Array(
      repeating: TwoWayPanel(regressors: 1, units: unitCount, times: weeks.count),
      count: panelCount)
    for (place, customer) in customers.enumerated() {
      for category in 0..<categories {
        let (panel, unit) = byCategory ? (category, place) : (place, category)
        for time in 0..<weeks.count {
          panels[panel].variables[0][panels[panel].place(unit, time)] =
            uplifts[(place * categories + category) * weeks.count + time]
        }
      }
      frame.forEachPurchase(of: customer) { category, week in
        guard weeks.contains(week) else { return }
        let (panel, unit) = byCategory ? (category, place) : (place, category)
        panels[panel].variables[1][panels[panel].place(unit, week - weeks.lowerBound)] = 1
      }
    }
    var regression = ClusteredRegression(regressors: 1)
    for index in panels.indices {
      panels[index].demean()
      regression.add(
        panels[index], customer: { byCategory ? $0 : index }, second: { byCategory ? index : $0 })
    }
    return regression.fit()?.estimate(0)
  }
}
