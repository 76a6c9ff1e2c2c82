import SalesData
import SalesTestSupport
import Testing

/// Numbers as people write them. What the separators mean is found from the whole column.
@Suite struct NumberFormTests {
  static let columns: [(texts: [String], values: [Double])] = [
    (["1,234.50", "7"], [1234.5, 7]), (["1.234,50", "7"], [1234.5, 7]),
    (["1 234,50"], [1234.5]), (["1\u{A0}234,50"], [1234.5]), (["1\u{202F}234,50"], [1234.5]),
    (["1\u{2009}234.50"], [1234.5]), (["2'300", "2\u{2019}300.5"], [2300, 2300.5]),
    (["12,34,567.25"], [1_234_567.25]), (["1,234,567", "1,234"], [1_234_567, 1234]),
    (["1,234", "12,5"], [1.234, 12.5]), (["1,234", "1,234.5"], [1234, 1234.5]),
    (["1,234", "5", "1.234,5"], [1.234, 5, 1234.5]), (["0,125", "1,234"], [0.125, 1.234]),
    (["1.234", "1.234.567"], [1234, 1_234_567]), (["1.234", "0.5"], [1.234, 0.5]),
    (["$12", "$1,000.25"], [12, 1000.25]), (["12 €", "€12"], [12, 12]), (["GBP 12"], [12]),
    (["R$ 1.234,50"], [1234.5]), (["CHF 2'300.50"], [2300.5]), (["12 kr."], [12]),
    (["35 %", "7%", "0.5 %"], [35, 7, 0.5]), (["(28)", "3"], [-28, 3]), (["($28)"], [-28]),
    (["-$28.50"], [-28.5]), (["5-"], [-5]), (["\u{2212}5"], [-5]), (["- 5"], [-5]),
    (["8.40E+12", "1e3"], [8.4e12, 1000]), (["+5"], [5]), ([".5"], [0.5]), ([",5"], [0.5]),
  ]

  @Test(arguments: columns) func readsNumbers(texts: [String], values: [Double]) throws {
    #expect(try read(texts).values == values)
  }

  @Test(arguments: [
    "#N/A", "-", "–", "—", "n/a", "NA", "null", "NULL", "None", "NaN", "#DIV/0!", "?", "#REF!",
    "..",
    "\\N", "(blank)", "<NA>", "",
  ])
  func readsMissingValues(text: String) throws {
    let read = try read(["1", text, "3"])
    #expect(read.values == [1, 0, 3])
    #expect(read.report.rowsWithoutValue == 1 && read.report.gaps == 1)
  }

  @Test(arguments: [["1,234", "5,678"], ["12", "1,234"], ["-1,234"], ["$1,234"]])
  func twoReadingsAreAnError(texts: [String]) throws {
    let error = #expect(throws: TableError.self) { try read(texts) }
    #expect(
      error?.fault == .ambiguousNumber(text: texts.last { $0.contains(",") }!) || texts.count == 2)
    #expect(error?.description.contains("has two readings") == true)
    #expect(try read(["1,234"], .point).values == [1234])
    #expect(try read(["1,234"], .comma).values == [1.234])
  }

  /// Where commas separate fields, a point is the decimal point; where they do not, it may be either.
  @Test func aPointBeforeThreeDigits() throws {
    let commas = "unique_id,ds,y\na,2024-01-01,1.234\na,2024-01-02,5.678\n"
    let table = try readTable(commas)
    #expect(Array(table.panel.series(at: 0).values) == [1.234, 5.678])
    #expect(table.report.conventions.count == 1)
    #expect(throws: TableError.self) { try readTable(commas.replacing(",", with: ";")) }
  }

  @Test(arguments: [
    ["12,5", "1.5"], ["1,234.5", "1.234,5"], ["12,34"].map { $0 + ".5" }, ["1,234,56"],
    ["12 pcs"], ["1 2"], ["(5", "5"], ["(-5)"], ["--5-"], ["5 %%"], ["$5 €"], ["1.2.3"], ["5-3"],
  ])
  func otherTextsAreNoNumbers(texts: [String]) {
    let error = #expect(throws: TableError.self) { try read(texts) }
    guard case .unparsableNumber? = error?.fault else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test(arguments: [["35 %", "0.4"], ["0.4", "35 %"], ["$5", "€5"]])
  func unitsDoNotMix(texts: [String]) {
    let error = #expect(throws: TableError.self) { try read(texts) }
    guard case .otherUnit? = error?.fault else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func theReportSaysHowNumbersAreWritten() throws {
    #expect(
      try read(["1.234,50 €", "(3) €"]).report.conventions == [
        "y: numbers have a decimal comma, such as \"1.234,50 €\"",
        "y: 1 number with thousands separators, such as \"1.234,50 €\"",
        "y: 1 number in parentheses or with a trailing minus sign, read as negative",
        "y: 2 amounts in €, read without the currency",
      ])
    #expect(
      try read(["35 %"]).report.conventions
        == ["y: 1 percentage, read as the number before the sign: 35 % is 35"])
    #expect(try read(["1.5", "-2"]).report.conventions.isEmpty)
  }

  /// The columns of a wide table's steps are written in one way.
  @Test func stepsOfAWideTableDecideTogether() throws {
    let reader = WideTableReader(identity: "id", steps: .numbered(prefix: "d", first: 1))
    let table = try reader.read(
      MemoryByteSource(Array("id;d1;d2;d3\na;1,234;5;6\nb;7;8;9,5\n".utf8), name: "w.csv"))
    #expect(table.values == [1.234, 5, 6, 7, 8, 9.5])
  }

  private func read(
    _ texts: [String], _ mark: DecimalMark? = nil
  ) throws -> (values: [Double], report: ReadingReport) {
    let rows = texts.enumerated().map { "a\t2024-01-0\($0 + 1)\t\($1)\n" }.joined()
    let table = try readTable("unique_id\tds\ty\n" + rows) {
      $0.format.decimalMark = mark
      $0.policy.negativeValues = .keep
      $0.policy.missingValues = .gap
    }
    return (Array(table.panel.series(at: 0).values), table.report)
  }
}
