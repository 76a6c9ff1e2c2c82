import CSQLiteShim
import Foundation
import Testing

/// Files of unsupported kinds: every command says what they are, and the command that converts them.
@Suite(.timeLimit(.minutes(30))) struct ForeignFileTests {
  private let workspace: Workspace
  private static let table = SalesTable()

  init() throws { workspace = try Workspace() }

  /// The places that take a table, each with a run that reads the file there.
  @Test(arguments: [
    ["inspect", "file.csv"], ["prepare", "file.csv", "--output", "out"],
    ["prepare", "sales.csv", "file.csv", "--output", "out"],
    ["forecast", "file.csv", "--output", "out"],
    ["forecast", "sales.csv", "--names", "file.csv", "--output", "out"],
    ["prepare", "sales.csv", "--schema", "schema.json", "--output", "out"],
  ])
  func everyPlaceForATableSaysTheSame(_ arguments: [String]) throws {
    try workspace.write(Self.table.csv, to: "sales.csv")
    try workspace.write(
      """
      {"identity": "unique_id", "time": "ds", "target": "y", "tables": [{"source": "file.csv",
        "time": "ds", "covariates": [{"column": "y", "role": "past", "kind": "numeric"}]}]}
      """, to: "schema.json")
    try workspace.write("[{\"ds\": \"2024-01-01\"}]", to: "file.csv")
    try workspace.expectFailure(
      arguments, "file.csv: is JSON; to convert it, run: python3 -c \"import csv, json, sys; ")
    try workspace.write("", to: "file.csv")
    try workspace.expectFailure(arguments, "file.csv: is empty; expected a header line")
    try FileManager.default.removeItem(at: workspace.directory.appending(path: "file.csv"))
    try FileManager.default.createDirectory(
      at: workspace.directory.appending(path: "file.csv"), withIntermediateDirectories: false)
    try workspace.expectFailure(arguments, "file.csv: is a directory; name a file in it")
  }

  @Test func aDatabaseWithoutItsPrefix() throws {
    var handle: OpaquePointer?
    let path = workspace.directory.appending(path: "shop.csv").path
    try #require(sqlite3_open(path, &handle) == SQLITE_OK)
    let sql = "CREATE TABLE days (ds); CREATE VIEW sums AS SELECT * FROM days;"
    try #require(sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK)
    sqlite3_close(handle)
    try workspace.expectFailure(
      ["inspect", "shop.csv"],
      "shop.csv: is an SQLite database; specify one of its tables: \"sqlite:shop.csv#days\" or "
        + "\"sqlite:shop.csv#sums\"")
  }

  @Test(.enabled(if: geteuid() != 0)) func aFileWithoutTheRightToReadIt() throws {
    try workspace.write(Self.table.csv, to: "sales.csv")
    try #require(chmod(workspace.directory.appending(path: "sales.csv").path, 0) == 0)
    try workspace.expectFailure(["inspect", "sales.csv"], "cannot be read: Permission denied")
  }

  /// The advice is a command that works, and what it makes is the same table.
  @Test(arguments: [
    "bzip2 < sales.csv", "xz < sales.csv", "zstd -q < sales.csv", "bzip2 < sales.csv | gzip",
    "gzip < sales.csv | gzip", "tar -c sales.csv", "tar -cz sales.csv",
    "iconv -f UTF-8 -t UTF-32LE < sales.csv",
  ])
  func theCommandConvertsTheFile(_ command: String) throws {
    guard Self.isInstalled(command) else { return }
    try workspace.write(Self.table.csv, to: "sales.csv")
    try shell("\(command) > 'my file'")
    try expectConversion(of: "my file")
  }

  /// What spreadsheet programs and file managers write is read as it is.
  @Test(
    .enabled(if: isInstalled("python3")),
    arguments: [
      "iconv -f UTF-8 -t UTF-16 < sales.csv > 'my file'",
      "iconv -f UTF-8 -t UTF-16BE < sales.csv > 'my file'",
      "iconv -f UTF-8 -t UTF-16LE < sales.csv | gzip > 'my file'",
      "python3 -m zipfile -c 'my file' sales.csv",
    ])
  func theFileIsReadAsItIs(_ command: String) throws {
    try workspace.write(Self.table.csv, to: "sales.csv")
    try shell(command)
    let expected = try workspace.run(["inspect", "sales.csv"]).output
    let outcome = try workspace.run(["inspect", "my file"])
    expectSuccess(outcome)
    #expect(outcome.output == expected.replacing("sales.csv", with: "my file"))
  }

  @Test(.enabled(if: isInstalled("python3"))) func anArchiveOfSeveralFiles() throws {
    try workspace.write(Self.table.csv, to: "a.csv")
    try workspace.write(Self.table.csv, to: "b.csv")
    try shell("python3 -m zipfile -c two.zip a.csv b.csv")
    try workspace.expectFailure(
      ["inspect", "two.zip"],
      "two.zip: is a ZIP archive of 2 files; extract one of them: \"a.csv\", \"b.csv\"")
  }

  @Test(
    .enabled(if: isInstalled("python3")),
    arguments: [
      "r", "{'data': r}", "{k: [x[k] for x in r] for k in r[0]}",
      "{k: {str(i): x[k] for i, x in enumerate(r)} for k in r[0]}",
      "{str(i): x for i, x in enumerate(r)}", "[list(r[0])] + [list(x.values()) for x in r]",
    ])
  func theCommandConvertsJSON(_ shape: String) throws {
    try workspace.write(Self.table.csv, to: "sales.csv")
    for indent in ["", ", indent=2"] {
      try shell(
        "python3 -c \"import csv, json; r = list(csv.DictReader(open('sales.csv'))); "
          + "print(json.dumps(\(shape)\(indent)))\" > sales.json")
      try expectConversion(of: "sales.json")
    }
    try shell("gzip sales.json")
    try expectConversion(of: "sales.json.gz")
  }

  @Test(.enabled(if: isInstalled("python3")), arguments: ["x", "list(x.values())"])
  func theCommandConvertsJSONLines(_ record: String) throws {
    try workspace.write(Self.table.csv, to: "sales.csv")
    let first = record == "x" ? "[]" : "[list(r[0])]"
    try shell(
      "python3 -c \"import csv, json; r = list(csv.DictReader(open('sales.csv'))); "
        + "[print(json.dumps(y)) for y in \(first) + [\(record) for x in r]]\" > sales.jsonl")
    try expectConversion(of: "sales.jsonl")
  }

  /// Runs the command of the message, and compares what it makes with the table.
  private func expectConversion(of name: String) throws {
    let errors = try workspace.run(["inspect", name]).errors
    let parts = errors.split(separator: "; to convert it, run: ", maxSplits: 1)
    try #require(parts.count == 2, "\(errors)")
    let before = Set(try workspace.contents())
    try shell(String(parts[1].prefix { $0 != "\n" }))
    let new = Set(try workspace.contents()).subtracting(before)
    let made = try #require(new.first { $0.hasSuffix(".csv") }, "\(errors)")
    let text = try workspace.text(made).replacing("\r\n", with: "\n")
    #expect(text == Self.table.csv, "\(errors)")
    for file in new {
      try FileManager.default.removeItem(at: workspace.directory.appending(path: file))
    }
  }

  private func shell(_ command: String) throws {
    #expect(try Self.status(command, in: workspace.directory) == 0, "\(command)")
  }

  private static func isInstalled(_ program: String) -> Bool {
    let name = program.prefix { $0 != " " }
    return (try? status("command -v \(name)", in: URL(filePath: "/"))) == 0
  }

  private static func status(_ command: String, in directory: URL) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", command]
    process.currentDirectoryURL = directory
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }
}
