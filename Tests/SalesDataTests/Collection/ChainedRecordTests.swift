import SalesData
import Testing

/// Several sources that are read as one.
@Suite struct ChainedRecordTests {
  private let header = OrderLineTests.header
  /// The lines of five orders: an order with two lines that are alike, and days in order.
  private let lines = [
    "1,tea,Tea,2,2024-01-01 09:00,1.25,ann", "1,tea,Tea,2,2024-01-01 09:00,1.25,ann",
    "2,cup,\"Cup\nlarge\",1,2024-01-01 17:30,4,bob", "3,tea,Tea,5,2024-01-02 10:00,1.25,",
    "4,pot,Pot,3,2024-01-03 08:00,9,bob", "5,cup,Cup,2,2024-01-03 11:00,4,ann",
  ]

  @Test func aTableInPartsIsTheWhole() throws {
    var rules = OrderRules()
    rules.doubledLines = .setAsideRepeatedRuns
    let whole = try read([lines], rules)
    let parts = try read([Array(lines[..<2]), Array(lines[2..<3]), Array(lines[3...])], rules)
    #expect(parts.lines == whole.lines && whole.lines.count == 6)
    #expect(parts.book.items == ["tea", "cup", "pot"])
    #expect(parts.book.descriptions == ["Tea", "Cup\nlarge", "Pot"])
    #expect(parts.book.report == whole.book.report)
    #expect(parts.book.report.counts.doubledInRun == 1)
    #expect(
      parts.chain.parts.map(\.description)
        == ["2 rows of 1.csv", "1 row of 2.csv", "3 rows of 3.csv"])
    #expect(parts.chain.name == "1.csv and 2 more")
  }

  /// The second file begins with the last day of the first, of which one line is new.
  @Test(arguments: [
    (OrderRules.DoubledLines.keep, 8), (.setAsideRepeatedRuns, 6), (.setAsideAll, 5),
  ])
  func linesThatTwoFilesHaveInCommonAreFound(
    _ policy: OrderRules.DoubledLines, _ kept: Int
  ) throws {
    var rules = OrderRules()
    rules.doubledLines = policy
    let new = "6,jug,Jug,1,2024-01-03 08:00,7,"
    let read = try read([Array(lines[..<5]), [lines[4], new, lines[4]]], rules)
    #expect(read.lines.count == kept)
    let report = read.book.report
    #expect(report.rowsRead == 8 && report.rowsRead == report.rowsKept + report.rowsSetAside)
    #expect(report.counts.doubledAcrossRuns == 2 && report.counts.doubledInRun == 1)
    // The time does not go back: what ends the run is the end of the file.
    #expect(report.counts.timeGoesBack == 0)
    if policy == .setAsideRepeatedRuns {
      #expect(report.setAside.map { $0.examples.map(\.line) } == [[2, 4]])
      #expect(report.setAside[0].examples.map(\.source) == ["2.csv", "2.csv"])
      #expect("\(report.setAside[0])".hasSuffix("(2.csv:2, 2.csv:4)"))
    }
  }

  /// Runs that overlap in time as no export does, against every line compared with all of earlier runs.
  @Test func runsInAnyOrder() throws {
    var random = SplitMix(state: 17)
    var rules = OrderRules()
    rules.doubledLines = .setAsideRepeatedRuns
    for _ in 0..<65 {
      var files: [[String]] = []
      var expected: (kept: Int, inRun: Int, acrossRuns: Int) = (0, 0, 0)
      var earlier: Set<String> = []
      for _ in 0..<1 + random.next(below: 3) {
        var (run, file, latest): (Set<String>, [String], Int) = ([], [], 0)
        for _ in 0..<random.next(below: 17) {
          let day = 1 + random.next(below: 5)
          if day < latest {
            earlier.formUnion(run)
            run = []
          }
          latest = day
          let line = "1,i\(random.next(below: 3)),,1,2024-01-0\(day) 00:00,1,"
          file.append(line)
          if earlier.contains(line) {
            expected.acrossRuns += 1
          } else {
            expected.kept += 1
            if !run.insert(line).inserted { expected.inRun += 1 }
          }
        }
        earlier.formUnion(run)
        files.append(file)
      }
      if files.allSatisfy(\.isEmpty) { continue }
      let report = try read(files, rules).book.report
      #expect(report.rowsKept == expected.kept)
      #expect(report.counts.doubledInRun == expected.inRun)
      #expect(report.counts.doubledAcrossRuns == expected.acrossRuns)
    }
  }

  @Test func columnsMayStandInAnotherOrder() throws {
    let first = source("a.csv", "unique_id,ds,y\na,2024-01-01,1\n")
    let second = source("b.csv", "y;unique_id;ds\n2;a;2024-01-02\n")
    let panel = try LongTableReader().read(chain([first, second])).panel
    #expect(panel.series(at: 0).values == [1, 2])
    #expect(panel.ids == ["a"])
  }

  @Test(arguments: [
    (
      "unique_id,day,y\n",
      "b.csv:1: has different columns than a.csv: it lacks \"ds\", and it also has "
        + "\"day\"; all sources must have the same columns, in any order"
    ),
    ("unique_id,ds\n", "b.csv:1: has different columns than a.csv: it lacks \"y\"; all"),
    ("unique_id,ds,y,z\n", "b.csv:1: has different columns than a.csv: it also has \"z\"; all"),
    (
      "unique_id,y,ds,y\n",
      "b.csv:1: has different columns than a.csv: one of them more than once;"
    ),
    ("", "b.csv: is empty"),
    ("y,ds,unique_id\n1,2024-01-02\n", "b.csv:2: has 2 fields where the header has 3"),
    ("unique_id,ds,y\na,2024-01-02,x\n", "b.csv:2: column \"y\": \"x\" is not a number"),
    ("y,unique_id,ds\nx,a,2024-01-02\n", "b.csv:2: column \"y\": \"x\" is not a number"),
    (
      "unique_id,ds,y\n\na,2024-01-01,2\n",
      "b.csv:3: a second row for \"a\" on 2024-01-01, after a.csv:2; sum the rows"
    ),
    (
      "unique_id,ds,y\na,2125-01-01,2\n",
      "a.csv and 1 more: no row is between 2024-01-01 (a.csv:2) and 2125-01-01 (b.csv:2), 36890 days"
    ),
    (
      "unique_id,ds,y\na,2024-01-02T00:00Z,2\n",
      "b.csv:2: column \"ds\": the date has another offset from UTC than that of a.csv:2; write"
    ),
    (
      "unique_id,ds,y\na,2024-01-02,1\na,2024-01-02,2\n",
      "b.csv:3: a second row for \"a\" on 2024-01-02, after line 2; sum the rows"
    ),
  ])
  func errorsNameTheSource(_ text: String, _ message: String) throws {
    let error = try #require(throws: TableError.self) {
      let first = source("a.csv", "unique_id,ds,y\na,2024-01-01,1\n")
      _ = try LongTableReader().read(chain([first, source("b.csv", text)]))
    }
    #expect("\(error)".hasPrefix(message), "\(error)")
  }

  @Test func sourcesWithoutRowsAreNoError() throws {
    let header = "unique_id,ds,y\n"
    let sources = [
      source("a.csv", header), source("b.csv", header),
      source("c.csv", header + "a,2024-01-01,1\n"),
      source("d.csv", header),
    ]
    #expect(try LongTableReader().read(chain(sources)).report.rowsRead == 1)
    let error = try #require(throws: TableError.self) {
      _ = try LongTableReader().read(chain(Array(sources[..<2])))
    }
    #expect("\(error)" == "a.csv and 1 more: has a header but no rows below it")
  }

  @Test func seriesOfAWideTableMayBeInSeveral() throws {
    let sources = [source("a.csv", "id,d_1,d_2\na,1,2\n"), source("b.csv", "id,d_1,d_2\nb,3,4\n")]
    var reader = WideTableReader(identity: "id", steps: .numbered(prefix: "d_", first: 1))
    #expect(try reader.read(chain(sources)).values == [1, 2, 3, 4])
    reader.policy.negativeValues = .keep
    let error = try #require(throws: TableError.self) {
      _ = try reader.read(chain([sources[0], source("b.csv", "id,d_1,d_2\na,3,4\n")]))
    }
    #expect(
      "\(error)" == "b.csv:2: a second row for \"a\", after a.csv:2; every series has one row")
  }

  /// What the lines of two chained texts become.
  private func read(
    _ files: [[String]], _ rules: OrderRules
  ) throws -> (lines: [OrderLine], book: OrderBook, chain: ChainedRecordSource) {
    let chain = try chain(
      files.enumerated().map { index, lines in
        source("\(index + 1).csv", header + lines.map { $0 + "\n" }.joined())
      })
    var read: [OrderLine] = []
    let book = try OrderLineReader(OrderLineTests.schema, rules: rules).read(chain) {
      read.append($0)
    }
    return (read, book, chain)
  }

  private func source(_ name: String, _ text: String) -> (name: String, text: String) {
    (name, text)
  }

  private func chain(_ texts: [(name: String, text: String)]) throws -> ChainedRecordSource {
    try ChainedRecordSource(texts) { text throws(TableError) in
      try DelimitedRecordSource(MemoryByteSource(Array(text.text.utf8), name: text.name))
    }
  }
}
