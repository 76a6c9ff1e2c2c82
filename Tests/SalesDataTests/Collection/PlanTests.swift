import SalesData
import SalesTestSupport
import Testing

/// Plans: tables with values of known columns that a panel lacks.
@Suite struct PlanTests {
  /// Two series over four days, of which only a has a price on the fifth.
  private let panel: Panel

  init() throws {
    panel = try readTable(
      """
      unique_id,ds,y,price,event
      a,2024-03-01,1,5,
      a,2024-03-02,2,5,fair
      a,2024-03-03,3,6,
      a,2024-03-04,4,6,
      b,2024-03-03,7,9,
      b,2024-03-04,8,9,
      a,2024-03-05,,6.5,

      """
    ) {
      $0.schema.covariates = [
        CovariateColumn("price", role: .known), CovariateColumn("event", role: .known),
      ]
    }.panel
  }

  private func plan(
    _ text: String, _ names: [String] = ["price"], isShared: Bool = false
  ) throws -> Panel {
    try planWithReport(text, names, isShared: isShared).panel
  }

  private func planWithReport(
    _ text: String, _ names: [String] = ["price"], isShared: Bool = false
  ) throws -> CovariatePanel {
    var reader = CovariateTableReader(names.map { CovariateColumn($0, role: .known) })
    reader.series = isShared ? .all : .identity(["unique_id"])
    reader.time = .date("ds")
    let source = try DelimitedRecordSource(MemoryByteSource(Array(text.utf8), name: "plan.csv"))
    return try reader.readPlan(source, for: panel)
  }

  @Test func aPlanFillsWhatIsMissing() throws {
    let planned = try plan(
      "unique_id,ds,price\na,2024-03-06,7\nb,2024-03-05,8\nb,2024-03-04,9\na,2024-03-02,\n")
    let price = try planned.knownCovariate("price")
    #expect(price.futureSteps == 2)
    let (first, lacking) = try price.numberWindow(of: 0, over: 0..<6)
    #expect(first == [5, 5, 6, 6, 6.5, 7] && !lacking.contains(true))
    let (second, missing) = try price.numberWindow(of: 1, over: 2..<6)
    #expect(second == [9, 9, 8, 0] && missing == [false, false, false, true])
    // The order of the columns, and with it the network's, stays as it is.
    #expect(planned.knownCovariates.map(\.name) == ["price", "event"])
    #expect(try planned.knownCovariate("event") == panel.knownCovariate("event"))
  }

  /// Of four values on the two days ahead, the one of b on the second is missing.
  @Test func theReportCountsTheStepsAhead() throws {
    let report = try planWithReport(
      "unique_id,ds,price\na,2024-03-06,7\nb,2024-03-05,8\na,2024-03-02,\n"
    ).report
    let price = try #require(report.columns.first)
    #expect(price.values == 4 && price.missing == 1 && price.futureSteps == 2)
  }

  @Test func aPlanForAllSeries() throws {
    let planned = try plan(
      "ds,event,open\n2024-03-05,fete,1\n2024-03-02,fair,0\n2024-03-06,,1\n", ["event", "open"],
      isShared: true)
    let event = try planned.knownCovariate("event")
    #expect(!event.isShared && event.futureSteps == 2)
    #expect(event.vocabulary?.names == ["fair", "fete"])
    #expect(try event.codes(of: 0, over: 0..<6) == [0, 1, 0, 0, 2, 0])
    #expect(try event.codes(of: 1, over: 2..<6) == [0, 0, 2, 0])
    let open = try planned.knownCovariate("open")
    #expect(open.isShared && open.kind == .numeric)
    #expect(try open.numberWindow(of: 1, over: 1..<6).values == [0, 0, 0, 1, 1])
  }

  @Test func aPlanMustAgreeWithTheSales() {
    let error = #expect(throws: CovariateError.self) {
      try plan("unique_id,ds,price\nb,2024-03-04,9\na,2024-03-05,6.25\n")
    }
    #expect(
      error?.description
        == "covariate \"price\" of series \"a\" on 2024-03-05 is 6.5 in the sales, but 6.25 in the plan; "
        + "correct one of them")
    let other = #expect(throws: CovariateError.self) {
      try plan("ds,event\n2024-03-02,fete\n", ["event"], isShared: true)
    }
    #expect(other?.description.contains("\"fair\" in the sales, but \"fete\" in the plan") == true)
  }

  @Test func aPlanHasTheKindOfTheColumn() {
    let error = #expect(throws: TableError.self) {
      try plan("unique_id,ds,price\na,2024-03-06,cheap\n")
    }
    #expect(error?.line == 2 && error?.column == "price")
  }
}
