import SalesData
import SalesTestSupport
import Testing

/// The kinds of columns that no schema declares.
@Suite struct ColumnKindTests {
  /// A table of one series, with a column of the given fields.
  private func table(
    _ fields: [String], _ role: CovariateRoleName = .past, kind: CovariateKind? = nil
  ) throws -> LongTable {
    let rows = fields.enumerated().map { row, field in
      "a,\(CalendarDate(year: 2024, month: 1, day: 1)!.advanced(by: row)),\(row),\(field)\n"
    }
    return try readTable("unique_id,ds,y,x\n" + rows.joined()) {
      $0.schema.covariates = [CovariateColumn("x", role: role, kind: kind)]
    }
  }

  private func kind(_ fields: [String]) throws -> CovariateKind {
    try table(fields).panel.pastCovariate("x").kind
  }

  @Test func numbersAreNumbers() throws {
    let read = try table(["1.5", "", "NA", "-3"])
    let column = try read.panel.pastCovariate("x")
    let (values, missing) = try column.numberWindow(of: 0, over: 0..<4)
    #expect(values == [1.5, 0, 0, -3] && missing == [false, true, true, false])
    #expect(read.report.conventions.contains("x: read as numbers"))
    #expect(try kind(["\"1,5\"", "\"2,25\""]) == .numeric)
    #expect(try kind(["12 %", "7 %"]) == .numeric)
    #expect(try kind(["", "", "NaN"]) == .numeric)
  }

  @Test func textsAreCategories() throws {
    let read = try table(["sale", "", "none yet", "sale", "7"])
    let column = try read.panel.pastCovariate("x")
    #expect(column.vocabulary?.names == ["7", "none yet", "sale"])
    #expect(try column.codes(of: 0, over: 0..<5) == [3, 0, 2, 3, 1])
    #expect(
      read.report.conventions.contains(
        "x: read as categories, such as \"sale\", \"none yet\", \"7\""))
    #expect(try kind(["true", "false", "true"]) == .categorical)
  }

  /// Of so many numbers, a text is a mistake rather than a category.
  @Test func aTextAmongNumbersIsAnError() {
    let error = #expect(throws: TableError.self) {
      try table(["1", "2", "unknown", "4", "n/k"])
    }
    #expect(
      error?.description.hasPrefix("sales.csv:4: column \"x\": \"unknown\" is not a number") == true
    )
    #expect(throws: TableError.self) { try table(["sold out", "4"]) }
  }

  /// The first 1,000 values decide: missing ones do not count, and later ones must agree.
  @Test func laterValuesDoNotChangeTheKind() throws {
    let first = Array(repeating: ["", "5"], count: 1_000).flatMap { $0 }
    #expect(try kind(first + ["6"]) == .numeric)
    let error = #expect(throws: TableError.self) { try table(first + ["six"]) }
    #expect(error?.line == 2_002)
    #expect(try kind(["s"] + Array(repeating: "s", count: 1_000) + ["6"]) == .categorical)
  }

  @Test func aKindCanBeDeclared() throws {
    let panel = try table(["2", "2", "2"], .static, kind: .categorical).panel
    #expect(try panel.staticCovariate("x").categories().vocabulary.names == ["2"])
    #expect(throws: TableError.self) { try table(["s", "t"], kind: .numeric) }
  }

  /// A number of a store is a name, since rows of other tables are found by it.
  @Test func columnsOfTheIdentityAreCategories() throws {
    let panel = try readTable("item,store,ds,y\nx,1,2024-01-01,1\nx,2,2024-01-01,2\n") {
      $0.schema = TableSchema(identity: ["item", "store"], time: "ds")
      $0.schema.target = "y"
      $0.schema.covariates = [CovariateColumn("store", role: .static)]
    }.panel
    #expect(try panel.staticCovariate("store").categories().codes == [1, 2])
  }
}
