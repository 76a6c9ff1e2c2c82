import Foundation

/// A small shop with customers, discounts, coupons, and campaigns, for `foresight segments`.
enum SmallShop {
  private static let customers = 10
  private static let categories = 4
  private static let weeks = 16

  /// Writes the tables of the shop: the first half of its customers are young.
  static func write(to workspace: Workspace) throws {
    var lines = ["who,sku,day,units,paid,off,coupon"]
    for week in 0..<weeks {
      for category in 0..<categories {
        let off = Double((category * 3 + week * 5) % 4) / 2
        for customer in 0..<customers {
          let isDue = (customer * 7 + category * 5 + week * 3) % 5 == 0
          let reacts = customer < customers / 2 && off > 1 && (customer + week) % 2 == 0
          guard isDue || reacts else { continue }
          let coupon = (customer + week) % 7 == 0 ? "0.5" : ""
          lines.append(
            "c\(customer),p\(category),\(day(week, customer % 7)),1,\(4 - off),\(off),\(coupon)")
        }
      }
    }
    lines.append("c9,p0,\(day(weeks - 1, 6)),1,4,0,")
    try write("bought.csv", lines, to: workspace)
    try workspace.write(
      """
      {"identity": "sku", "time": "day", "quantity": "units", "amount": "paid", "customer": "who",
       "discount": "off", "coupon": ["coupon"]}
      """, to: "bought.json")
    let ages = (0..<customers).map { "c\($0),\($0 < customers / 2 ? "young" : "old")" }
    try write("ages.csv", ["who,age"] + ages, to: workspace)
    let kinds = (0..<categories).map { "p\($0),kind \($0)" }
    try write("kinds.csv", ["sku,category"] + kinds, to: workspace)
    try write(
      "contacts.csv", ["campaign_id,who", "1,c0", "1,c2", "1,c7", "2,c1", "2,c8"], to: workspace)
    try write(
      "dates.csv",
      [
        "campaign_id,campaign_type,start_date,end_date", "1,A,\(day(5, 0)),\(day(8, 6))",
        "2,B,\(day(6, 0)),\(day(7, 6))",
      ], to: workspace)
    try write("coupons.csv", ["campaign_id,sku", "1,p0", "1,p1", "2,p3"], to: workspace)
  }

  /// The options of a run with all tables.
  static let options = [
    "--customers", "ages.csv", "--segment", "age=young", "--products", "kinds.csv", "--campaigns",
    "contacts.csv", "--campaign-periods", "dates.csv", "--coupons", "coupons.csv",
    "--least-purchases", "1", "--rank", "2",
  ]

  private static func write(_ name: String, _ lines: [String], to workspace: Workspace) throws {
    try workspace.write(lines.map { $0 + "\n" }.joined(), to: name)
  }

  private static func day(_ week: Int, _ day: Int) -> String {
    let start = Date(timeIntervalSince1970: 1_704_067_200)  // 2024-01-01
    let date = start.addingTimeInterval(Double(7 * week + day) * 86_400)
    return date.formatted(.iso8601.year().month().day())
  }
}
