import Segments

/// A small shop whose truth is known, as tables of text.
///
/// Young customers buy more of a category if it is discounted: the purchase rate rises by half of the
/// depth. Old customers do not react. Coupons raise the rate of the category by 0.2 for everyone,
/// campaigns of type A that of all categories by 0.1. Campaigns of type B do nothing, but the shop
/// sends them to its best customers.
struct SampleShopTables {
  let lines: String
  let customers: String
  let products: String
  let campaigns: String
  let periods: String
  let coupons: String

  static let categoryCount = 12
  static let weekCount = 40

  init(customersOfEach count: Int, seed: UInt64) {
    var generator = Xoshiro256(seed: seed)
    func random() -> Double { Double.random(in: 0..<1, using: &generator) }
    let (C, T, H) = (Self.categoryCount, Self.weekCount, 2 * count)
    let depths = (0..<C * T).map { _ in [0, 0, 0.1, 0.2, 0.3].randomElement(using: &generator)! }
    let base = (0..<C).map { _ in 0.1 + 0.2 * random() }
    let isHeavy = (0..<H).map { $0 % 3 == 0 }
    let isInA = (0..<H).map { _ in random() < 0.5 }
    let hasCoupons = (0..<H).map { _ in random() < 0.5 }
    var lines = "customer,sku,day,units,paid,off,coupon\n"
    let start = CalendarDate(year: 2024, month: 1, day: 1)!.dayNumber
    for h in 0..<H {
      for c in 0..<C {
        let habit = 0.15 * random() + (isHeavy[h] ? 0.1 : 0)
        for t in 0..<T {
          let depth = depths[c * T + t]
          var rate = base[c] + habit
          if h < count { rate += 0.5 * depth }
          if isInA[h], (10..<16).contains(t) || (33..<38).contains(t) { rate += 0.1 }
          let coupon = hasCoupons[h] && c < 4 && (20..<26).contains(t)
          if coupon { rate += 0.2 }
          guard random() < rate else { continue }
          let date = CalendarDate(dayNumber: start + 7 * t + Int(random() * 7))
          let off = 5 * depth
          lines +=
            "c\(h),p\(c)-\(Int(random() * 3)),\(date),1,\(5 - off),\(off),\(coupon ? "0.5" : "")\n"
        }
      }
    }
    // The first and the last day have lines of customers whom the shop does not know.
    for c in 0..<C {
      for t in 0..<T {
        for day in [0, 6] {
          let date = CalendarDate(dayNumber: start + 7 * t + day)
          let off = 5 * depths[c * T + t]
          lines += ",p\(c)-\(day % 3),\(date),1,\(5 - off),\(off),\n"
        }
      }
    }
    self.lines = lines
    customers =
      "customer,age\n" + (0..<H).map { "c\($0),\($0 < count ? "young" : "old")\n" }.joined()
      + "nobody,\n"
    products =
      "sku,category\n"
      + (0..<C).flatMap { c in (0..<3).map { "p\(c)-\($0),kind \(c)\n" } }.joined()
    periods = """
      campaign_id,campaign_type,start_date,end_date
      1,A,\(Self.day(10)),\(Self.day(16, -1))
      2,B,\(Self.day(4)),\(Self.day(9, -1))
      3,C,\(Self.day(20)),\(Self.day(26, -1))
      4,A,\(Self.day(33)),\(Self.day(38, -1))

      """
    campaigns =
      "campaign_id,customer\n"
      + (0..<H).map { h in
        (isInA[h] ? "1,c\(h)\n4,c\(h)\n" : "") + (isHeavy[h] ? "2,c\(h)\n" : "")
          + (hasCoupons[h] ? "3,c\(h)\n" : "")
      }.joined()
    coupons =
      "campaign_id,sku\n"
      + (0..<4).flatMap { c in (0..<3).map { "3,p\(c)-\($0)\n" } }.joined()
  }

  private static func day(_ week: Int, _ offset: Int = 0) -> String {
    let start = CalendarDate(year: 2024, month: 1, day: 1)!.dayNumber
    return "\(CalendarDate(dayNumber: start + 7 * week + offset))"
  }

  static func source(_ text: String, _ name: String) throws -> DelimitedRecordSource {
    try DelimitedRecordSource(MemoryByteSource(Array(text.utf8), name: name))
  }

  func history(of age: String) throws -> PurchaseHistory {
    var schema = TableSchema(identity: "sku", time: "day")
    schema.quantity = "units"
    schema.amount = "paid"
    schema.customer = "customer"
    schema.discounts = ["off"]
    schema.coupons = ["coupon"]
    let reader = SegmentHistoryReader(
      OrderLineReader(schema), segment: SegmentDefinition([("age", [age])]))
    return try reader.read(
      Self.source(lines, "lines.csv"),
      SegmentSources(
        customers: Self.source(customers, "customers.csv"),
        products: Self.source(products, "products.csv"),
        contacts: Self.source(campaigns, "campaigns.csv"),
        periods: Self.source(periods, "periods.csv"),
        coupons: Self.source(coupons, "coupons.csv")))
  }
}
