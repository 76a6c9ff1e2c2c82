import Foundation
import SalesData
import Tabular
import Testing

/// Random damage to small tables: each time a reader gives a result whose counts add up, or a typed
/// error, and never crashes, hangs or takes memory without bound.
///
/// FORESIGHT_FUZZ_COUNT says how many damaged tables each reader gets; `make check-fuzz` gives a million
/// to all together.
@Suite struct ReaderFuzzTests {
  static let count =
    ProcessInfo.processInfo.environment["FORESIGHT_FUZZ_COUNT"].flatMap(Int.init) ?? 500

  static let long =
    "unique_id,ds,y,note\n\"a \"\"b\"\"\",2024-01-01,1,x\n"
    + "caf\u{E9},2024-01-02,2.5e1,\"line\nbreak\"\n"
    + "c,2024-01-03,NaN,\r\nc,2024-01-04,-0.0,\"\"\n"

  static let wide = "id;g;d_1;d_2;d_3\na;x;1;;2,5\n\"b\";y;;3;\n\"c;\"\"d\";;4;5e1;NaN\n"

  static let orders =
    "Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID\n"
    + "1,85123A,\"LIGHT, 7\"\"\",6,2010-12-01 08:26,2.55,17850\n"
    + "1,POST,POSTAGE,1,2010-12-01 08:26,18,17850\nC2,85123A,,-6,2010-12-02 09:00,2.55,\n"
    + "1,85123A,\"LIGHT, 7\"\"\",6,2010-12-01 08:26,2.55,17850\n"

  /// What makes a reader go wrong more often than a random byte does.
  static let tokens: [[UInt8]] =
    [
      "\"", "\"\"", ",", ";", "\t", "\n", "\r", "\r\n", "\0", "\u{FEFF}", "-", ".", "e", "1e999",
      "inf", "9999-12-31", "0000-00-00", "2024-02-29", " 00:00", "+99:99", "Z", " 1:30 PM", "NaN",
      "99999999999999999999", "unique_id", "d_99999999", "C", "2010-03-28 01:30",
      "1/2/2024", "13.1.2024", "20240101", "1704067200", "1e18", "45292.5", "2020-W53", "1990-Q1",
      "Jan", "31", "UTC", "1,234", "1.234,50", "'", "$", "%", "(", ")", "#N/A", "?",
    ].map { Array($0.utf8) } + [[0xFF], [0xC3], [0xE2, 0x82], [0x1F, 0x8B, 8]]

  @Test func longTables() {
    fuzz(Array(Self.long.utf8), seed: 1) { bytes, random throws(TableError) in
      var reader = LongTableReader()
      reader.policy.negativeValues = .clip
      reader.policy.missingDays = random.next(below: 2) == 0 ? .zero : .gap
      reader.policy.missingValues = random.next(below: 2) == 0 ? .reject : .gap
      reader.schema.covariates = [CovariateColumn("note", role: .past, kind: .categorical)]
      reader.format = format(&random)
      let table = try reader.read(MemoryByteSource(bytes, name: "t.csv"))
      #expect(table.report.rowsRead == table.report.rowsKept + table.report.rowsSetAside)
      let kept = table.panel.allSeries.reduce(0) { $0 + $1.observedCount }
      #expect(kept == table.report.rowsKept + table.report.stepsFilledWithZero)
    }
  }

  @Test func wideTables() {
    fuzz(Array(Self.wide.utf8), seed: 2) { bytes, random throws(TableError) in
      var reader = WideTableReader(identity: "id", steps: .numbered(prefix: "d_", first: 1))
      reader.policy.negativeValues = .keep
      reader.categories = ["g"]
      reader.format = format(&random)
      reader.format.decimalMark = .comma
      let table = try reader.read(MemoryByteSource(bytes, name: "t.csv"))
      let report = table.report
      #expect(report.valuesRead == report.values + report.gaps + report.valuesOutside)
      #expect(table.steps.reduce(0) { $0 + $1.count } == table.values.count)
      #expect(table.steps.allSatisfy { $0.upperBound <= table.stepCount })
    }
  }

  @Test func orderLines() {
    fuzz(Array(Self.orders.utf8), seed: 3) { bytes, random throws(TableError) in
      var rules = OrderRules.onlineRetail
      rules.doubledLines = OrderRules.DoubledLines.allCases[random.next(below: 3)]
      rules.faultyLines = random.next(below: 2) == 0 ? .reject : .setAside
      var reader = OrderLineReader(.onlineRetail, rules: rules)
      reader.format = format(&random)
      var demand = DemandAccumulator([.day, .week(), .month][random.next(below: 3)])
      var customers = CustomerAccumulator()
      var lines = 0
      let book = try reader.read(MemoryByteSource(bytes, name: "t.csv")) { line in
        demand.add(line)
        customers.add(line)
        lines += 1
      }
      #expect(lines == book.report.rowsKept)
      #expect(book.report.rowsRead == book.report.rowsKept + book.report.rowsSetAside)
      let table = demand.table(book)
      #expect(table.sum(of: .orders) <= Double(book.report.sales))
      if !table.cells.isEmpty {
        let units = table.panel(of: .netUnits).allSeries.flatMap(\.values)
        #expect(units.allSatisfy { $0.isFinite })
      }
      #expect(customers.behavior(book).customers.count <= book.customers.count)
    }
  }

  @Test func compressedTables() {
    fuzz(Array(Self.long.utf8), seed: 4) { bytes, random throws(TableError) in
      var bytes = gzipped(bytes)
      if random.next(below: 2) == 0 { bytes = damaged(bytes, &random) }
      let size = 1 + random.next(below: 65)
      var reader = LongTableReader()
      reader.policy.missingValues = .gap
      reader.policy.negativeValues = .keep
      _ = try reader.read(PiecewiseByteSource(bytes, size: size))
    }
  }

  @Test func numbers() {
    fuzz(Array("a\tb\n1\t2\n-3.5\t\n1e3\t.5\n".utf8), seed: 5) { bytes, random throws(TableError) in
      var reader = NumericTableReader(columns: ["a", "b"])
      reader.format = format(&random)
      let report = try reader.read(MemoryByteSource(bytes, name: "t.csv")).report
      #expect(report.rowsRead == report.rowsKept + report.rowsDropped)
    }
  }

  /// Every form of dates and numbers, a few rows of each.
  @Test func datesAndNumbersOfAnyForm() {
    let dates = [
      "1/2/2024", "1.12.2024", "2024/1/2", "20240102", "2 Jan 2024", "Jan 2024", "2020-W01",
      "1990-Q1", "1990", "1704067200", "1704067200000", "45292.25", "2024-01-02 07:45 UTC",
    ]
    let numbers = [
      "1.234,50", "1,234.50", "1 234", "2'300", "$12", "12 €", "35 %", "(28)", "5-", "1,234", "-",
      "2",
    ]
    for (place, date) in dates.enumerated() {
      let rows = (0..<4).map { row in
        "s\(row);\(date);\(numbers[(place + row * 5) % numbers.count])\n"
      }
      fuzz(
        Array(("a;b;c\n" + rows.joined()).utf8), seed: UInt64(100 + place), mustBeReadable: false
      ) {
        bytes, random throws(TableError) in
        var schema = TableSchema(identity: "a", time: "b")
        schema.target = "c"
        if random.next(below: 5) == 0 {
          schema.timeFormat = DateFormat.allCases[random.next(below: DateFormat.allCases.count)]
        }
        var reader = LongTableReader(schema)
        reader.policy.negativeValues = .keep
        reader.policy.missingValues = .gap
        reader.policy.missingDays = .gap
        if random.next(below: 4) == 0 {
          reader.format.decimalMark = DecimalMark.allCases[random.next(below: 2)]
        }
        let report = try reader.read(MemoryByteSource(bytes, name: "t.csv")).report
        #expect(report.rowsRead == report.rowsKept + report.rowsSetAside)
      }
    }
  }

  private func format(_ random: inout SplitMix) -> DelimitedFormat {
    var format = DelimitedFormat(
      separator: random.next(below: 3) == 0 ? Separator.allCases[random.next(below: 3)] : nil,
      encoding: TextEncoding.allCases[random.next(below: 3)])
    if random.next(below: 17) == 0 { format.recordLimit = 65 }
    return format
  }

  /// Reads damaged copies of a table, and expects that neither all of them nor none can be read.
  private func fuzz(
    _ bytes: [UInt8], seed: UInt64, mustBeReadable: Bool = true,
    _ read: ([UInt8], inout SplitMix) throws(TableError) -> Void
  ) {
    var random = SplitMix(state: seed)
    var readable = 0
    var faults: Set<String> = []
    for _ in 0..<Self.count {
      do throws(TableError) {
        try read(damaged(bytes, &random), &random)
        readable += 1
      } catch {
        #expect(!error.description.isEmpty)
        faults.insert(String("\(error.fault)".prefix { $0.isLetter }))
      }
    }
    #expect(readable > Self.count / 100 || !mustBeReadable)
    #expect(faults.count > 3, "\(faults)")
  }

  private func damaged(_ original: [UInt8], _ random: inout SplitMix) -> [UInt8] {
    var bytes = original
    for _ in 0...random.next(below: 4) {
      let place = random.next(below: bytes.count + 1)
      switch random.next(below: 6) {
      case 0 where place < bytes.count: bytes[place] = UInt8(random.next(below: 256))
      case 1 where place < bytes.count:
        bytes.removeSubrange(place..<min(bytes.count, place + 1 + random.next(below: 8)))
      case 2 where random.next(below: 4) == 0: bytes.removeSubrange(place...)
      case 3:
        let end = min(bytes.count, place + random.next(below: 40))
        bytes.insert(contentsOf: bytes[place..<end], at: random.next(below: bytes.count + 1))
      default:
        bytes.insert(contentsOf: Self.tokens[random.next(below: Self.tokens.count)], at: place)
      }
    }
    return bytes
  }
}
