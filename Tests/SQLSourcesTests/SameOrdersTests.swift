import SalesData
import Foundation
import SQLSources
import Testing

/// The order lines of a shop, two weeks of them, from a file and from tables with typed columns.
struct ExampleOrders {
  static let path =
    #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }
    + "/Examples/data/online-retail-lines.csv.gz"

  /// The file's columns with types, in either dialect of SQL.
  static func columns(time: String) -> String {
    """
    "Invoice" TEXT, "StockCode" TEXT, "Description" TEXT, "Quantity" INTEGER, "InvoiceDate" \(time), \
    "Price" DOUBLE PRECISION, "Customer ID" INTEGER, "Country" TEXT
    """
  }

  /// What a source's lines come to.
  struct Demand {
    let table: DemandTable
    let book: OrderBook

    init(_ source: any RecordSource) throws {
      var demand = DemandAccumulator(.day)
      book = try OrderLineReader(.onlineRetail, rules: .onlineRetail).read(source) {
        demand.add($0)
      }
      table = demand.table(book)
    }
  }

  /// Expects a source to give the same demand as the file, down to the last bit.
  static func expectSameDemand(
    _ source: any RecordSource, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let file = try Demand(DelimitedRecordSource(path: path))
    let other = try Demand(source)
    #expect(file.table.cells.count > 400, sourceLocation: sourceLocation)
    #expect(other.table.ids == file.table.ids, sourceLocation: sourceLocation)
    #expect(other.table.descriptions == file.table.descriptions, sourceLocation: sourceLocation)
    #expect(other.table.periodStarts == file.table.periodStarts, sourceLocation: sourceLocation)
    #expect(other.table.cells == file.table.cells, sourceLocation: sourceLocation)
    #expect(other.table.cellsOfItem == file.table.cellsOfItem, sourceLocation: sourceLocation)
    #expect(other.book.orders == file.book.orders, sourceLocation: sourceLocation)
    #expect(other.book.customers == file.book.customers, sourceLocation: sourceLocation)
    #expect(other.book.report.counts == file.book.report.counts, sourceLocation: sourceLocation)
    #expect(
      other.book.report.setAside.map { "\($0.reason): \($0.count)" }
        == file.book.report.setAside.map { "\($0.reason): \($0.count)" },
      sourceLocation: sourceLocation)
    let measures: [DemandMeasure] = [.units, .revenue, .customers, .averagePrice]
    for measure in measures {
      let (left, right) = (other.table.panel(of: measure), file.table.panel(of: measure))
      for place in right.ids.indices {
        #expect(
          left.series(at: place).values.elementsEqual(right.series(at: place).values),
          sourceLocation: sourceLocation)
      }
    }
  }
}

@Suite struct SameOrdersTests {
  @Test func fromSQLite() throws {
    let database = try ScratchDatabase(
      "CREATE TABLE lines (\(ExampleOrders.columns(time: "TEXT")))")
    let lines = try rows(of: DelimitedRecordSource(path: ExampleOrders.path))
    try database.insert(lines, into: "lines", columnCount: 8)
    try ExampleOrders.expectSameDemand(SQLiteSource(path: database.path, .table("lines")))
  }
}

extension PostgreSQLTests {
  @Test func sameOrders() throws {
    let session = try PostgreSQLSession()
    try session.execute(
      "CREATE TABLE lines (\(ExampleOrders.columns(time: "TIMESTAMP")), line BIGSERIAL)")
    let bytes = GzipByteSource(try FileByteSource(path: ExampleOrders.path))
    let columns = """
      "Invoice", "StockCode", "Description", "Quantity", "InvoiceDate", "Price", "Customer ID", \
      "Country"
      """
    try session.copy(allBytes(of: bytes), into: "lines (\(columns))")
    try ExampleOrders.expectSameDemand(
      PostgreSQLSource(
        PostgreSQLServer.shared.connectionString,
        // The table itself has them in another order already, and doubled lines are found by it.
        .query("SELECT \(columns) FROM lines ORDER BY line")))
  }

  private func allBytes(of source: any ByteSource) throws -> [UInt8] {
    var bytes: [UInt8] = []
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 1)
    defer { piece.deallocate() }
    while case let count = try source.read(into: piece), count > 0 { bytes += piece[..<count] }
    return bytes
  }
}
