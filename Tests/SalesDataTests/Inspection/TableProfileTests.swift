import SalesData
import SalesTestSupport
import Testing

@Suite struct TableProfileTests {
  @Test func columnsHaveTypesRangesAndCounts() throws {
    let profile = try profile(
      """
      sku,when,n,share,word,none
      a,2024-01-31 07:45,1,0.5,x,
      b,2024-02-29,-2,NA,"y,1",n/a
      a,2024-01-30,0,-1e-2,x,
      """)
    #expect(profile.rowCount == 3)
    #expect(profile.columns.map(\.type) == [.text, .date, .integer, .number, .text, .empty])
    #expect(profile.columns.map(\.missing) == [0, 0, 0, 1, 0, 3])
    #expect(profile.columns.map(\.distinct) == [2, 3, 3, 2, 2, 0])
    #expect(profile.columns.map(\.zeros) == [0, 0, 1, 0, 0, 0])
    #expect(profile.columns.map(\.negatives) == [0, 0, 1, 1, 0, 0])
    #expect(profile.columns[2].least == -2 && profile.columns[2].greatest == 1)
    let time = profile.columns[1]
    #expect(time.dateFormats == [.iso] && time.hasTimeOfDay)
    #expect(time.first?.description == "2024-01-30" && time.last?.description == "2024-02-29")
    #expect(profile.columns[4].examples == ["x", "y,1"])
  }

  /// The reader takes "a" and "a " for two series, as pandas does: whoever looks through the table is told.
  @Test func saysThatValuesHaveBlanksAround() throws {
    let profile = try profile("sku,n,on\na,1,2024-01-30\na , 2,2024-01-31 \n b,3,2024-02-01\n")
    #expect(profile.columns.map(\.padded) == [2, 0, 0])
    #expect(profile.columns.map(\.distinct) == [2, 3, 3])
    #expect(
      profile.description.contains(
        "\n\"sku\": 2 values with surrounding whitespace; in an identity, \"a\" and \"a \" are different\n"
      ))
  }

  @Test func bothDateFormsAreNamedUntilOneIsRuledOut() throws {
    #expect(try formats("1/2/2024", "3/4/2024") == [.dayMonthYear, .monthDayYear])
    #expect(try formats("1/2/2024", "13/4/2024") == [.dayMonthYear])
    #expect(try formats("1/2/2024", "3/14/2024") == [.monthDayYear])
    #expect(try formats("1/2/2024", "soon") == [])
  }

  /// Exact up to 4096; beyond, three standard errors of 1.6 %.
  @Test(arguments: [4096, 4097, 65_537]) func countsDistinctValues(count: Int) throws {
    let rows = (0..<count).map { "v\($0)\nv\($0)\n" }.joined()
    let column = try profile("v\n" + rows).columns[0]
    #expect(column.isDistinctEstimated == (count > 4096))
    #expect(abs(column.distinct - count) <= (count > 4096 ? count * 48 / 1000 : 0))
  }

  @Test func stepsOfAWideTableAreOneColumn() throws {
    let names = (5...14).map { "d_\($0)" }
    let header = (["id", "dept"] + names + ["note"]).joined(separator: ",")
    let fields = (0..<10).map { "\($0 - 1)" }.joined(separator: ",")
    let profile = try profile("\(header)\na,x,\(fields),\nb,x,\(fields),\n")
    #expect(profile.columns.map(\.name) == ["id", "dept", "d_5", "note"])
    #expect(profile.columns.map(\.columnCount) == [1, 1, 10, 1])
    #expect(profile.columns[2].lastName == "d_14")
    #expect(profile.columns[2].zeros == 2 && profile.columns[2].negatives == 2)
    let guess = try #require(profile.guess)
    #expect(guess.kind == .wide && guess.identity == "id" && guess.levels == ["dept"])
    #expect(guess.schema == nil, "steps without dates cannot be read")
  }

  @Test func namedDatesAreReadAsTheyAre() throws {
    let days = (1...9).map { "2024-02-0\($0)" }.joined(separator: ",")
    let guess = try #require(try profile("shop,\(days)\nn,1,2,3,4,5,6,7,8,9\n").guess)
    #expect(
      guess.schema == DataSchema(.wide(WideSchema(identity: ["shop"], steps: .dates(.iso)))))
  }

  @Test func guessesWhatColumnsMean() throws {
    let long = try profile("ds,unique_id,y\n2024-01-30,a,1\n").guess
    var schema = TableSchema(identity: "unique_id", time: "ds")
    schema.target = "y"
    #expect(long?.schema == DataSchema(.long(schema)))
    let orders = try DelimitedRecordSource(path: linesPath)
    let guess = try #require(try TableProfile(of: orders).guess)
    schema = TableSchema.onlineRetail
    schema.timeZone = nil
    #expect(guess.schema == DataSchema(.orders(schema, OrderRules())))
    #expect(try profile("a,b\n1,2\n").guess == nil)
    // A calendar has dates and words and numbers, and is no table of sales.
    #expect(try profile("date,weekday,month\n2024-01-30,Tuesday,1\n").guess == nil)
  }

  @Test func panelsAreProfiled() throws {
    let profile = try PanelProfile(of: SampleShop.panel)
    #expect(
      profile.columns.map(\.name)
        == ["category", "store", "weight", "visits", "weather", "price", "event", "payday"])
    #expect(profile.columns[0].missing == 1 && profile.columns[0].categories == 2)
    #expect(profile.columns.map(\.futureSteps) == [0, 0, 0, 0, 0, 14, 7, 3])
    #expect(profile.quality.seriesCount == SampleShop.panel.seriesCount)
  }

  private func profile(_ text: String) throws -> TableProfile {
    try TableProfile(
      of: DelimitedRecordSource(MemoryByteSource(Array(text.utf8), name: "t.csv")))
  }

  private func formats(_ dates: String...) throws -> [DateFormat] {
    try profile("d\n" + dates.joined(separator: "\n")).columns[0].dateFormats
  }
}
