import Forecasting
import Foundation
import Testing

@Suite final class OutputTests {
  /// A directory of the test's own.
  let directory = FileManager.default.temporaryDirectory.path + "/" + UUID().uuidString

  init() throws {
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: directory) }

  @Test func writesForecastsThatReadBackExactly() throws {
    let steps = RegularCalendar(start: CalendarDate(year: 2024, month: 2, day: 28)!, count: 2)
    let ids = ["plain", "with, \"quotes\"\nand a line", "15\" rule"]
    let values: [Double] = [0.1, 1e-7, 16_777_216, 3, 0, 1 / 3]
    let forecast = try Forecast(ids: ids, calendar: steps, values: values)
    let doubled = try Forecast(ids: ids, calendar: steps, values: values.map { $0 * 2 })
    let table = ForecastTable([
      .init(name: "LSTM", forecast: forecast), .init(name: "Seasonal naive", forecast: doubled),
    ])
    #expect(
      table.csv() == """
        unique_id,ds,LSTM,Seasonal naive
        plain,2024-02-28,0.1,0.2
        plain,2024-02-29,0.0000001,0.0000002
        "with, ""quotes""
        and a line",2024-02-28,16777216.0,33554432.0
        "with, ""quotes""
        and a line",2024-02-29,3.0,6.0
        "15"" rule",2024-02-28,0.0,0.0
        "15"" rule",2024-02-29,0.3333333333333333,0.6666666666666666

        """)

    let path = directory + "/forecasts.csv"
    try OutputFile(path: path).write(table.csv())
    for (column, expected) in [("LSTM", forecast), ("Seasonal naive", doubled)] {
      var reader = LongTableReader()
      reader.schema.target = column
      let panel = try reader.read(path).panel
      #expect(panel.ids == [ids[2], ids[0], ids[1]])
      #expect(
        panel.allSeries.flatMap { Array($0.values) } == expected.selecting([2, 0, 1]).values)
    }
  }

  @Test func replacesAFileWholeAndLeavesNothingBeside() throws {
    let path = directory + "/page.html"
    let file = try OutputFile(path: path)
    let long = String(repeating: "ä\n", count: 100_003)
    try file.write(long)
    #expect(try String(contentsOfFile: path, encoding: .utf8) == long)
    try file.write("short")
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "short")
    #expect(try FileManager.default.contentsOfDirectory(atPath: directory) == ["page.html"])
  }

  @Test func replacesWhatALinkLeadsTo() throws {
    let target = directory + "/target"
    let link = directory + "/link"
    try OutputFile(path: target).write("old")
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: target)
    try OutputFile(path: link).write("new")
    #expect(try String(contentsOfFile: target, encoding: .utf8) == "new")
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == target)
  }

  @Test func saysAtOnceWhyAFileCannotBeWritten() {
    let missing = directory + "/none/page.html"
    expectFailure(missing, "there is no directory \"\(directory)/none\"; create it first")
    expectFailure(directory, "is a directory; name a file in it")
    expectFailure("/dev/null", "is not a regular file; name a regular file or a new one")
    expectFailure("", "cannot be written: No such file or directory")
  }

  @Test func aFailureWhileWritingLeavesTheOldFile() throws {
    let path = directory + "/inner/page.html"
    let inner = directory + "/inner"
    try FileManager.default.createDirectory(atPath: inner, withIntermediateDirectories: true)
    let file = try OutputFile(path: path)
    try file.write("old")
    // What takes the name of the file meanwhile cannot be replaced.
    try FileManager.default.removeItem(atPath: path)
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    #expect(throws: OutputError.isDirectory(path: path)) {
      try file.write("new")
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: inner) == ["page.html"])
  }

  private func expectFailure(
    _ path: String, _ reason: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let error = #expect(throws: OutputError.self, sourceLocation: sourceLocation) {
      try OutputFile(path: path)
    }
    #expect(error?.description == "\(path): \(reason)", sourceLocation: sourceLocation)
  }
}
