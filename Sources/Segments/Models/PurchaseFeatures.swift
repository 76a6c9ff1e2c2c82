/// The features of the rows of a purchase model.
struct PurchaseFeatures {
  private let index: FeatureIndex
  private let customers: [SparseRows.Entry]
  private let categories: [SparseRows.Entry]
  private let member: SparseRows.Entry
  private let depth: SparseRows.Entry
  private let coupon: SparseRows.Entry
  private let types: [SparseRows.Entry]

  /// The number of rows without a purchase for each one with a purchase, of customers outside of the
  /// segment.
  private static let negatives = 4
  /// The depth of a discount that has a value of 1.
  private static let depthUnit = 0.25

  init(_ frame: SegmentFrame) {
    var index = FeatureIndex(
      fields: ["customer", "segment", "category", "discount", "coupon", "campaign"])
    customers = frame.history.customers.map { index.entry("customer", $0) }
    member = index.entry("segment", "member")
    categories = (0..<frame.categoryCount).map { index.entry("category", frame.name(of: $0)) }
    depth = index.entry("discount", "depth")
    coupon = index.entry("coupon", "held")
    types = frame.campaignTypes.map { index.entry("campaign", $0) }
    self.index = index
  }

  func emptyRows() -> SparseRows { index.emptyRows() }

  /// Returns the levers of a customer, category, and week.
  func levers(
    _ frame: SegmentFrame, _ customer: Int, _ category: Int, _ week: Int
  ) -> PurchaseModel.Levers {
    PurchaseModel.Levers(
      depth: frame.depth(category, week),
      hasCoupon: frame.coupon(customer, category, week) == .active,
      campaignTypes: types.indices.filter { frame.isActive($0, customer, week) })
  }

  /// Returns the entries of a row.
  func entries(
    _ frame: SegmentFrame, _ customer: Int, _ category: Int, _ levers: PurchaseModel.Levers
  ) -> [SparseRows.Entry] {
    var entries = [customers[customer]]
    if frame.history.isMember[customer] { entries.append(member) }
    entries.append(categories[category])
    if levers.depth > 0 {
      var entry = depth
      entry.value = Float(levers.depth / Self.depthUnit)
      entries.append(entry)
    }
    if levers.hasCoupon { entries.append(coupon) }
    for type in levers.campaignTypes { entries.append(types[type]) }
    return entries
  }

  /// Returns the rows of some weeks, with their classes and weights.
  func rows(
    _ frame: SegmentFrame, _ weeks: Range<Int>, using generator: inout some RandomNumberGenerator
  ) -> LabeledRows {
    var rows = emptyRows()
    var (labels, weights): ([Float], [Float]) = ([], [])
    let others = frame.history.others
    let rate = frame.purchaseRate(others, weeks)
    let share = min(1, Double(Self.negatives) * rate / max(1 - rate, 1e-9))
    let cells = frame.categoryCount * weeks.count
    for customer in 0..<frame.history.customerCount {
      var bought = [Bool](repeating: false, count: cells)
      frame.forEachPurchase(of: customer) { category, week in
        if weeks.contains(week) { bought[category * weeks.count + week - weeks.lowerBound] = true }
      }
      let isMember = frame.history.isMember[customer]
      for cell in 0..<cells {
        let isSampled = !isMember && !bought[cell] && share < 1
        if isSampled, Double.random(in: 0..<1, using: &generator) >= share { continue }
        let (category, week) = (cell / weeks.count, weeks.lowerBound + cell % weeks.count)
        rows.append(
          entries(frame, customer, category, levers(frame, customer, category, week)))
        labels.append(bought[cell] ? 1 : 0)
        weights.append(isSampled ? Float(1 / share) : 1)
      }
    }
    return LabeledRows(rows, labels: labels, weights: weights)
  }
}
