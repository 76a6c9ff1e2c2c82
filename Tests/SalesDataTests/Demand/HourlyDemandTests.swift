import SalesData
import SalesTestSupport
import Testing

/// Order lines summed by the hour.
@Suite struct HourlyDemandTests {
  private func prepare(_ lines: String, _ frequency: Frequency) throws -> Panel {
    var schema = TableSchema(identity: "sku", time: "t")
    schema.quantity = "n"
    var preparation = Preparation(DataSchema(.orders(schema, OrderRules())))
    preparation.frequency = frequency
    let source = try DelimitedRecordSource(
      MemoryByteSource(Array(("sku,t,n\n" + lines).utf8), name: "o.csv"))
    return try preparation.prepare(source) { name, _ throws(TableError) in
      fatalError("there is no table \(name)")
    }.panel
  }

  @Test func linesCountInTheHourOfTheirTime() throws {
    let lines = """
      cup,2024-01-05 22:59:59,1
      tea,2024-01-05 23:00,2
      cup,2024-01-05 22:00,4
      cup,2024-01-06 01:30,8

      """
    let panel = try prepare(lines, .hour)
    #expect(
      panel.calendar
        == RegularCalendar(start: date(2024, 1, 5), startHour: 22, count: 4, frequency: .hour))
    #expect(Array(panel.series(at: 0).values) == [5, 0, 0, 8])
    #expect(panel.steps(at: 1) == 1..<4 && Array(panel.series(at: 1).values) == [2, 0, 0])
  }

  @Test func datesShowNoHour() {
    let error = #expect(throws: TableError.self) {
      try prepare("cup,2024-01-05,1\ncup,2024-01-06,2\n", .hour)
    }
    #expect(error?.fault == .coarserDates(named: .day, frequency: .hour))
  }

  @Test func weekendsHaveNoBusinessDay() {
    let error = #expect(throws: PreparationError.self) {
      try prepare("cup,2024-01-06,1\n", .businessDay)
    }
    #expect(error == .coarserTable(table: .day, frequency: .businessDay))
  }
}
