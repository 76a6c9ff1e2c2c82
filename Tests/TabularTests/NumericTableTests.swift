import Safetensors
import Tabular
import Testing
import TestSupport

@Suite struct NumericTableTests {
  @Test func readsTheNamedColumnsInTheirOrder() throws {
    let table = try read("id;b;note;a\nx;1;\"p;q\";-2.5\n\ny;1e2;r;.5\n", ["a", "b"])
    #expect(table.columns == ["a", "b"])
    #expect(table.rowCount == 2)
    #expect(table["a", "b"] == Tensor([[-2.5, 1], [0.5, 100]]))
    #expect(table["b"] == Tensor([[1], [100]]))
    #expect(table.report.description == "2 rows read, 2 kept")
  }

  @Test func dropsAndCountsRowsThatLackAValue() throws {
    let table = try read("a,b,c\n1,2,\nNaN,4,\n5,,x\n,na,x\n7,8,x\n", ["a", "b"])
    #expect(table["a", "b"] == Tensor([[1, 2], [7, 8]]))
    #expect(table.report.rowsRead == 5)
    #expect(table.report.rowsKept == 2)
    #expect(table.report.rowsDropped == 3)
    #expect(table.report.missingValues == [2, 2])
    #expect(table.report.description == "5 rows read, 2 kept, 3 dropped for a missing value")
  }

  @Test(arguments: [
    ("", "t.csv: is empty; expected a header line and rows below it"),
    ("a,b\n", "t.csv: has a header but no rows below it"),
    (
      "a,c\n1,2\n",
      "t.csv:1: no column \"b\"; there are \"a\", \"c\"; did you mean \"a\"?"
    ),
    (
      "a,b\n1,2\n3\n",
      "t.csv:3: has 1 field where the header has 2; "
        + "add the missing fields, or remove the line if it is not a row"
    ),
    (
      "a,b\n1,2\n3,4 kg\n",
      "t.csv:3: column \"b\": \"4 kg\" is not a number; write it like 1234.5 or "
        + "1,234.5, without other text"
    ),
    (
      "a,b\n1,inf\n",
      "t.csv:2: column \"b\": \"inf\" is not a finite number of single precision; correct it"
    ),
    (
      "a,b\n1,\n,2\n",
      "t.csv: no row has a value in every requested column; check the columns"
    ),
  ])
  func saysWhatIsWrong(text: String, message: String) {
    let error = #expect(throws: TableError.self) { try read(text, ["a", "b"]) }
    #expect(error?.description == message)
  }

  @Test(arguments: [("", "there is no value"), ("NA", "\"NA\" is not a value")])
  func rejectsRowsThatLackAValueIfAsked(field: String, fault: String) {
    let error = #expect(throws: TableError.self) {
      try read("a,b\n1,2\n3,\(field)\n", ["a", "b"]) { $0.missingValues = .reject }
    }
    #expect(
      error?.description
        == "t.csv:3: column \"b\": \(fault); add one, or drop rows with missing values")
  }

  @Test func refusesAColumnAskedForTwice() {
    let error = #expect(throws: TableError.self) { try read("a,b\n1,2\n", ["a", "a"]) }
    #expect(error?.fault == .sharedColumn(name: "a"))
  }

  @Test func stopsAtAColumnItHasNot() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let source = MemoryByteSource(Array("a,b\n1,2\n".utf8), name: "t.csv")
      _ = try NumericTableReader(columns: ["a", "b"]).read(source)["c"]
    }
    expectStopped(result, "NumericTable: expected one of the columns [\"a\", \"b\"], got \"c\"")
  }

  private func read(
    _ text: String, _ columns: [String],
    _ configure: (inout NumericTableReader) -> Void = { _ in }
  ) throws(TableError) -> NumericTable {
    var reader = NumericTableReader(columns: columns)
    configure(&reader)
    return try reader.read(MemoryByteSource(Array(text.utf8), name: "t.csv"))
  }
}
