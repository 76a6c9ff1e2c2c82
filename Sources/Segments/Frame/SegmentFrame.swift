/// The purchases and levers of a history in the categories that are analyzed.
///
/// A row is a customer, a category, and a week. Its outcome is 1 if the customer bought something of
/// the category in the week, and 0 otherwise. All weeks of a customer count, also those without a
/// purchase.
struct SegmentFrame {
  let history: PurchaseHistory
  /// The indices of the categories, C.
  let categories: [Int]
  /// The weeks that the effects are estimated on, and the later ones that they are checked on.
  let training: Range<Int>
  let later: Range<Int>
  let campaignTypes: [String]
  /// The discount depth of each category and week, [C · T]. A week without sales has the mean of the
  /// category.
  let depths: [Double]
  private let exposures: Exposures
  private let placeOfCategory: [Int32]

  /// Creates a frame.
  ///
  /// - Parameters:
  ///   - laterWeeks: The number of weeks at the end to check on.
  ///   - leastPurchases: The number of purchases of the segment that a category needs.
  init(
    _ history: PurchaseHistory, laterWeeks: Int, leastPurchases: Int
  ) throws(SegmentError) {
    self.history = history
    let weeks = history.weekCount
    training = 0..<weeks - laterWeeks
    later = weeks - laterWeeks..<weeks
    var counts = [Int](repeating: 0, count: history.categoryCount)
    let training = training
    for member in history.members {
      history.forEachPurchase(of: member) { category, week in
        if training.contains(week) { counts[category] += 1 }
      }
    }
    let kept = counts.indices.filter { counts[$0] >= leastPurchases }
    guard !kept.isEmpty else { throw .noCategory(leastPurchases: leastPurchases) }
    categories = kept
    var places = [Int32](repeating: -1, count: history.categoryCount)
    for (place, category) in kept.enumerated() { places[category] = Int32(place) }
    placeOfCategory = places
    campaignTypes = history.campaignTypes
    exposures = Exposures(history, placeOfCategory: places, categoryCount: kept.count)
    depths = kept.flatMap { category in
      let own = Array(history.depths[category * weeks..<(category + 1) * weeks])
      let known = own.filter { !$0.isNaN }
      let mean = known.isEmpty ? 0 : known.reduce(0, +) / Double(known.count)
      return own.map { $0.isNaN ? mean : $0 }
    }
  }

  /// The number of categories, C.
  var categoryCount: Int { categories.count }
  /// The number of weeks, T.
  var weekCount: Int { history.weekCount }

  /// The name of a category.
  func name(of category: Int) -> String { history.categories[categories[category]] }

  /// Calls a closure with the category and week of each purchase of a customer.
  @inline(__always)
  func forEachPurchase(of customer: Int, _ body: (_ category: Int, _ week: Int) -> Void) {
    history.forEachPurchase(of: customer) { category, week in
      let place = placeOfCategory[category]
      if place >= 0 { body(Int(place), week) }
    }
  }

  /// Returns the discount depth of a category in a week.
  func depth(_ category: Int, _ week: Int) -> Double { depths[category * weekCount + week] }

  /// Returns whether a customer holds a coupon for a category in a week, or will soon.
  func coupon(_ customer: Int, _ category: Int, _ week: Int) -> Exposures.State {
    exposures.coupon(customer, category, week)
  }

  /// Returns whether a campaign of a type is active for a customer in a week.
  func isActive(_ type: Int, _ customer: Int, _ week: Int) -> Bool {
    exposures.isActive(type, customer, week)
  }

  /// Returns whether no campaign is active for a customer, but one will be within four weeks.
  func isBeforeCampaign(_ customer: Int, _ week: Int) -> Bool {
    exposures.isBeforeCampaign(customer, week)
  }

  /// Returns the share of a customer's categories and weeks with a purchase.
  func purchaseRate(_ customers: [Int], _ weeks: Range<Int>) -> Double {
    var count = 0
    for customer in customers {
      forEachPurchase(of: customer) { _, week in if weeks.contains(week) { count += 1 } }
    }
    return Double(count) / Double(max(1, customers.count * categoryCount * weeks.count))
  }
}
