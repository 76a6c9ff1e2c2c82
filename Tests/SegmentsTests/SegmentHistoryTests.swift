import Segments
import Testing

@Suite struct SegmentHistoryTests {
  private static func schema() -> TableSchema {
    var schema = TableSchema(identity: "sku", time: "day")
    schema.quantity = "units"
    schema.amount = "paid"
    schema.customer = "customer"
    schema.discounts = ["off", "bonus"]
    return schema
  }

  private static let segment = SegmentDefinition([("age", ["19-24", "25-34"]), ("town", ["Ulm"])])

  private static func read(
    lines: String, customers: String, products: String = "sku,category\ntea,drinks\ncake,\n",
    contacts: String? = nil, periods: String? = nil
  ) throws -> PurchaseHistory {
    let reader = SegmentHistoryReader(OrderLineReader(schema()), segment: segment)
    func source(_ text: String, _ name: String) throws -> any RecordSource {
      try SampleShopTables.source(text, name)
    }
    return try reader.read(
      source(lines, "lines.csv"),
      SegmentSources(
        customers: source(customers, "customers.csv"),
        products: source(products, "products.csv"),
        contacts: try contacts.map { try source($0, "contacts.csv") },
        periods: try periods.map { try source($0, "periods.csv") }))
  }

  private static let customers = """
    customer,age,town
    a,19-24,ulm
    b,25-34,Ulm
    c,65+,Ulm
    d,19-24,Bonn
    e,,Ulm

    """

  private static func lines(_ rows: [String]) -> String {
    let last = "z,tea,2024-03-25,1,2,0,\n"
    return "customer,sku,day,units,paid,off,bonus\n" + rows.map { $0 + "\n" }.joined() + last
  }

  @Test func joinsTables() throws {
    let history = try Self.read(
      lines: Self.lines([
        "a,tea,2024-01-01,1,8,1,1", "b,tea,2024-01-09,2,6,0,", "c,tea,2024-01-09,1,3,1,",
        "d,cake,2024-01-09,1,3,1,", "d,tea,2024-01-20,1,4,,", "e,tea,2024-01-20,1,1,1,",
        "a,tea,2024-01-02,-1,-8,0,0",
      ]), customers: Self.customers)
    #expect(history.customers == ["a", "b", "c", "d"])
    #expect(history.isMember == [true, true, false, false])
    #expect(history.categories == ["drinks"])
    #expect(history.weekCount == 12 && history.report.daysLeftOut == 1)
    #expect(history.report.linesWithoutCategory == 1)
    #expect(history.report.linesOfUnknownCustomers == 1)
    #expect(history.report.customersWithoutTrait == 1)
    #expect(history.hasDiscounts && !history.hasCoupons)
    // Members do not count for the depth: 1 of 4 in the second week, 1 of 6 in the third.
    #expect(history.depths[1] == 0.25)
    #expect(abs(history.depths[2] - 1.0 / 6) < 1e-9)
    #expect(history.depths[0].isNaN)
  }

  /// A week belongs to a campaign that covers four of its days.
  @Test func campaignsCoverWeeks() throws {
    let history = try Self.read(
      lines: Self.lines([
        "a,tea,2024-01-01,1,8,1,1", "b,tea,2024-01-09,2,6,0,", "c,tea,2024-01-09,1,3,1,",
        "d,tea,2024-01-09,1,3,1,",
      ]), customers: Self.customers, contacts: "campaign_id,customer\n1,a\n1,d\n2,z\n3,b\n",
      periods: """
        campaign_id,campaign_type,start_date,end_date
        1,A,2024-01-11,2024-01-25
        2,B,2024-01-12,2024-01-24
        3,A,2023-01-01,2023-02-01

        """)
    #expect(history.campaigns.map(\.id) == ["3", "1", "2"])
    #expect(history.campaigns.map(\.weeks) == [0..<0, 1..<4, 2..<3])
    #expect(history.campaigns.map(\.customers) == [[1], [0, 3], []])
    #expect(history.campaignTypes == ["A", "B"])
  }

  @Test func faultsNameTheirPlace() throws {
    func message(_ read: () throws -> PurchaseHistory) -> String {
      do {
        _ = try read()
        return "none"
      } catch {
        return "\(error)"
      }
    }
    let lines = Self.lines(["a,tea,2024-01-01,1,8,1,1"])
    #expect(
      message { try Self.read(lines: lines, customers: "customer,age\na,19-24\n") }
        .hasPrefix("customers.csv:1: no column \"town\""))
    #expect(
      message { try Self.read(lines: lines, customers: "customer,age,town\na,1,x\na,1,x\n") }
        .hasPrefix("customers.csv:3:"))
    let products = "sku,category\ntea,drinks\ntea,food\n"
    #expect(
      message { try Self.read(lines: lines, customers: Self.customers, products: products) }
        .hasPrefix("products.csv:3:"))
    let contacts = "campaign_id,customer\n7,a\n"
    let periods = "campaign_id,campaign_type,start_date,end_date\n1,A,2024-01-11,2024-01-25\n"
    #expect(
      message {
        try Self.read(
          lines: lines, customers: Self.customers, contacts: contacts, periods: periods)
      }.hasPrefix("contacts.csv: cannot be read: campaign \"7\" is not in the table of periods"))
    let late = "campaign_id,campaign_type,start_date,end_date\n7,A,2024-01-11,2024-01-05\n"
    #expect(
      message {
        try Self.read(lines: lines, customers: Self.customers, contacts: contacts, periods: late)
      }.hasPrefix("periods.csv:2: column \"end_date\": cannot be read: the campaign ends before"))
    #expect(
      message { try Self.read(lines: lines, customers: Self.customers) }
        .hasPrefix("only one customer of the order lines is in the segment"))
    let short = "customer,sku,day,units,paid,off,bonus\na,tea,2024-01-01,1,8,1,1\n"
    #expect(
      message { try Self.read(lines: short, customers: Self.customers) }
        .hasPrefix("the order lines span 0 whole weeks, but the analysis needs at least 12"))
  }
}
