import Forecasting
import Foundation
import Testing

/// A cancelled task gets a `CancellationError` from whatever runs long.
@Suite struct CancellationTests {
  /// A million records, of which the third cancels the task that reads it.
  private final class Table: RecordSource, @unchecked Sendable {
    let name = "sales"
    let columns: [String]
    private let fields: @Sendable (Int) -> [String]
    private(set) var count = 0

    init(_ columns: [String], fields: @escaping @Sendable (Int) -> [String]) {
      self.columns = columns
      self.fields = fields
    }

    func next(_ record: inout Record) -> Bool {
      guard count < 1_000_000 else { return false }
      count += 1
      if count == 3 { withUnsafeCurrentTask { $0?.cancel() } }
      record.begin(line: count + 1)
      for field in fields(count) { record.append(field) }
      return true
    }
  }

  private static func longTable() -> Table {
    Table(["unique_id", "ds", "y"]) { ["s\($0)", "2024-01-01", "\($0)"] }
  }

  /// - Parameter isError: Whether an error is that of a cancellation.
  private func expectCancellation(
    of table: Table, sourceLocation: SourceLocation = #_sourceLocation,
    _ work: @escaping @Sendable (Table) throws -> Void,
    isError: @escaping @Sendable (any Error) -> Bool = { $0 is CancellationError }
  ) async {
    let run = Task { try work(table) }
    await #expect(sourceLocation: sourceLocation) {
      try await run.value
    } throws: {
      isError($0)
    }
    #expect(table.count < 10_000, sourceLocation: sourceLocation)
  }

  /// Readers throw table errors alone.
  private func expectCancelledReading(
    of table: Table, sourceLocation: SourceLocation = #_sourceLocation,
    _ work: @escaping @Sendable (Table) throws -> Void
  ) async {
    await expectCancellation(of: table, sourceLocation: sourceLocation, work) {
      ($0 as? TableError)?.fault == .cancelled
    }
  }

  @Test func readersOfTables() async {
    await expectCancelledReading(of: Self.longTable()) { _ = try LongTableReader().read($0) }
    await expectCancelledReading(of: Self.longTable()) { _ = try TableProfile(of: $0) }
    await expectCancelledReading(of: Self.longTable()) {
      _ = try SeriesNames($0, idColumn: "unique_id", nameColumn: "y")
    }
    await expectCancelledReading(of: Self.longTable()) {
      _ = try NumericTableReader(columns: ["y"]).read($0)
    }
    await expectCancelledReading(of: Table(["id", "d_1", "d_2"]) { ["s\($0)", "1", "2"] }) {
      _ = try WideTableReader(identity: "id", steps: .numbered(prefix: "d_", first: 1)).read($0)
    }
    await expectCancelledReading(of: Table(["week", "date"]) { _ in ["w", "2024-01-01"] }) {
      _ = try PeriodLabels($0, label: "week", date: "date")
    }
  }

  @Test func preparation() async {
    let columns = ["Invoice", "StockCode", "Description", "Quantity", "InvoiceDate", "Price"]
    let orders = Table(columns + ["Customer ID", "Country"]) {
      [
        "\(500_000 + $0)", "\(20_000 + $0 % 7)", "CUP", "3", "2010-01-04 10:00:00", "1.5", "17",
        "UK",
      ]
    }
    await expectCancellation(of: orders) { table in
      _ = try Preparation(.onlineRetail).prepare(table) { _, _ throws(TableError) in table }
    }
    await expectCancellation(of: Self.longTable()) { table in
      _ = try Preparation(DataSchema(.long(.longTable))).prepare(table) {
        _, _ throws(TableError) in table
      }
    }
  }

  @Test func cleaningAndBaselines() async {
    let panel = LSTMForecasterTests.panel()
    let baselines: [@Sendable () throws -> Void] = Baseline.all.map { baseline in
      { _ = try baseline.forecaster().forecast(from: panel, horizon: 3) }
    }
    for work in baselines + [{ _ = try CleaningPipeline([LeadingZeroRule()]).clean(panel) }] {
      let run = Task {
        withUnsafeCurrentTask { $0?.cancel() }
        try work()
      }
      await #expect(throws: CancellationError.self) { try await run.value }
    }
  }

  @Test func whatIsNotCancelledIsRead() async throws {
    let run = Task {
      let text = "unique_id,ds,y\na,2024-01-01,3\n"
      return try LongTableReader().read(MemoryByteSource(Array(text.utf8), name: "t")).panel
    }
    #expect(try await run.value.seriesCount == 1)
  }
}
