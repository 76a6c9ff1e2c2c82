/// The campaigns that are active for each customer, and the coupons that it holds.
struct Exposures {
  /// A customer's relation to a lever in a week.
  enum State {
    case none
    /// The lever will be active within four weeks. An effect then shows who is chosen, not what the
    /// lever does.
    case before
    case active
  }

  private let weeks: Int
  private let categories: Int
  /// The campaigns of each customer and week: a bit for each type, [H · T].
  private var active: [UInt64]
  private var soon: [Bool]
  /// The coupons of each customer, category, and week, [H · C · T]: 1 before and 2 during a
  /// campaign. It is empty if there are no coupons.
  private var coupons: [UInt8]

  /// The number of weeks before a campaign.
  static let weeksBefore = 4

  init(_ history: PurchaseHistory, placeOfCategory: [Int32], categoryCount: Int) {
    (weeks, categories) = (history.weekCount, categoryCount)
    active = Array(repeating: 0, count: history.customerCount * weeks)
    soon = Array(repeating: false, count: history.customerCount * weeks)
    let hasCoupons = history.campaigns.contains { !$0.categories.isEmpty }
    coupons = Array(
      repeating: 0, count: hasCoupons ? history.customerCount * categories * weeks : 0)
    let types = history.campaignTypes
    for campaign in history.campaigns {
      // More than 64 types share the last bit.
      let bit = UInt64(1) << UInt64(min(63, types.firstIndex(of: campaign.type) ?? 0))
      let start = campaign.weeks.lowerBound
      let before = max(0, start - Self.weeksBefore)..<start
      let places = campaign.categories.map { Int(placeOfCategory[$0]) }.filter { $0 >= 0 }
      for customer in campaign.customers {
        for week in campaign.weeks { active[customer * weeks + week] |= bit }
        for week in before { soon[customer * weeks + week] = true }
        for category in places {
          let first = (customer * categories + category) * weeks
          for week in campaign.weeks { coupons[first + week] = 2 }
          for week in before { coupons[first + week] = max(1, coupons[first + week]) }
        }
      }
    }
  }

  func isActive(_ type: Int, _ customer: Int, _ week: Int) -> Bool {
    active[customer * weeks + week] & (UInt64(1) << UInt64(min(63, type))) != 0
  }

  func isBeforeCampaign(_ customer: Int, _ week: Int) -> Bool {
    soon[customer * weeks + week] && active[customer * weeks + week] == 0
  }

  func coupon(_ customer: Int, _ category: Int, _ week: Int) -> State {
    guard !coupons.isEmpty else { return .none }
    switch coupons[(customer * categories + category) * weeks + week] {
    case 0: return .none
    case 1: return .before
    default: return .active
    }
  }
}
