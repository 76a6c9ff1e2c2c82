import SalesData
import SalesTestSupport
import Testing

/// Every fault of a table, with the message that a person reads.
@Suite struct LongTableErrorTests {
  typealias Case = (text: String, message: String)

  static let header = "unique_id,ds,y\n"

  static let cases: [Case] = [
    ("", "sales.csv: is empty; expected a header line and rows below it"),
    ("\n\r\n", "sales.csv: is empty; expected a header line and rows below it"),
    (
      header,
      "sales.csv: has a header but no rows below it"
    ),
    (
      "unique_id,date,y\n",
      "sales.csv:1: no column \"ds\"; there are \"unique_id\", \"date\", \"y\"; "
        + "specify the column to use instead"
    ),
    (
      "unique-id,ds,y\n",
      "sales.csv:1: no column \"unique_id\"; there are \"unique-id\", \"ds\", \"y\"; "
        + "did you mean \"unique-id\"?"
    ),
    (
      "unique_id,DS,y\n",
      "sales.csv:1: no column \"ds\"; there are \"unique_id\", \"DS\", \"y\"; did you mean \"DS\"?"
    ),
    (
      "unique_id,ds,y,ds\n",
      "sales.csv:1: column \"ds\" appears more than once in the header; rename all but one"
    ),
    (
      header + "a,2024-01-01,1\nb,2024-01-01\n",
      "sales.csv:3: has 2 fields where the header has 3; "
        + "add the missing fields, or remove the line if it is not a row"
    ),
    (
      header + "a,2024-01-01,1,5\n",
      "sales.csv:2: has 4 fields where the header has 3; "
        + "enclose fields that contain a separator in double quotes"
    ),
    (
      header + "a,2024-01-01,1\n\nb,2024-02-30,1\n",
      "sales.csv:4: column \"ds\": \"2024-02-30\" is not a date; write it as YYYY-MM-DD"
    ),
    (
      header + "a,2023-02-29,1\n",
      "sales.csv:2: column \"ds\": \"2023-02-29\" is not a date; write it as YYYY-MM-DD"
    ),
    (
      header + "a,01/02/2024,1\nb,03/04/2024,1\n",
      "sales.csv:2: column \"ds\": \"01/02/2024\" is 2024-02-01 as day-first or 2024-01-02 as "
        + "month-first, and every date of the column has more than one reading; declare the date format"
    ),
    (
      header + "a,2024-01-02,1\na,3/1/2024,1\n",
      "sales.csv:3: column \"ds\": \"3/1/2024\" is a date of another form than those from line 2 on, "
        + "which are YYYY-MM-DD (iso); write all dates of the column in one form"
    ),
    (
      header + "a,,1\n",
      "sales.csv:2: column \"ds\": \"\" is not a date; write it as YYYY-MM-DD"
    ),
    (
      header + "a,2024-01-01 07:45,1\n",
      "sales.csv:2: column \"ds\": \"2024-01-01 07:45\" has a time of day that is "
        + "not a full hour; steps shorter than an hour are not supported: sum the rows of each hour or day into "
        + "one or, if a day has no more than one, declare the frequency day"
    ),
    (
      header + "a,0202-01-01,1\n",
      "sales.csv:2: column \"ds\": \"0202-01-01\" is not in the years 1000 to 9999; "
        + "correct the date"
    ),
    (
      header + "a,2024-01-01,12 pcs\n",
      "sales.csv:2: column \"y\": \"12 pcs\" is not a number; write it like 1234.5 or "
        + "1,234.5, without other text"
    ),
    (
      header + "a,2024-01-01,\"1,234\"\n",
      "sales.csv:2: column \"y\": \"1,234\" has two readings, with a decimal comma or with a separator "
        + "between thousands, and no number of the column shows which; declare the decimal mark as "
        + "comma or, for thousands, point"
    ),
    (
      header + "a,2024-01-01,-inf\n",
      "sales.csv:2: column \"y\": \"-inf\" is not a finite number of single precision; "
        + "correct it"
    ),
    (
      header + "a,2024-01-01,1e39\n",
      "sales.csv:2: column \"y\": \"1e39\" is not a finite number of single precision; "
        + "correct it"
    ),
    (
      header + "a,2024-01-01,-3\n",
      "sales.csv:2: column \"y\": \"-3\" is negative; net returns against sales, "
        + "clip negative values to 0, or keep them"
    ),
    (
      header + "a,2024-01-01,1\nb,2024-01-01,1\na,2024-01-02,1\na,2024-01-01,5\n",
      "sales.csv:5: a second row for \"a\" on 2024-01-01, after line 2; "
        + "sum the rows of a series and date into one"
    ),
    (
      header + "a,2024-01-01,1\n\"b,2024-01-01,1\nc,2024-01-01,1\n",
      "sales.csv:3: a quoted field begins here and does not end; close it, "
        + "or double the quotes inside it"
    ),
    (
      header + "\"a\"b,2024-01-01,1\n",
      "sales.csv:2: text follows a closing quote; double the quotes inside a quoted field"
    ),
    (
      header + ",2024-01-01,1\n",
      "sales.csv:2: column \"unique_id\": is empty; every row needs the id of its series"
    ),
    (
      header + "a,2024-01-01,1\na,2204-01-01,1\n",
      "sales.csv: no row is between 2024-01-01 (line 2) and 2204-01-01 (line 3), 65743 days, "
        + "more than the 7305 allowed; is one of the dates mistyped?"
    ),
    (
      header + "a,2024-01-01,1\na,2024-01-02,\n",
      "sales.csv:3: column \"y\": there is no value; write 0 for no sale, leave the row out, "
        + "or read missing values as gaps"
    ),
    (
      header + "a,2024-01-01,NaN\n",
      "sales.csv:2: column \"y\": \"NaN\" is not a value; write 0 for no sale, leave the row out, "
        + "or read missing values as gaps"
    ),
    (
      header + "a,\u{1B}[31m2024,1\n",
      "sales.csv:2: column \"ds\": \"\\u{1B}[31m2024\" is not a date; write it as YYYY-MM-DD"
    ),
    (
      header + "a,2024\u{0},1\n",
      "sales.csv:2: contains a NUL byte, so it is not text; is the file in UTF-16, or damaged?"
    ),
    (
      header + "a," + String(repeating: "9", count: 100) + ",1\n",
      "sales.csv:2: column \"ds\": \"" + String(repeating: "9", count: 60)
        + "…\" is not a date; write it as YYYY-MM-DD"
    ),
  ]

  @Test(arguments: cases) func saysWhatIsWrongWhereAndHowToMendIt(text: String, message: String) {
    let error = #expect(throws: TableError.self) { try readTable(text) }
    #expect(error?.description == message)
  }

  @Test func aTableOfGapsAloneIsRefused() {
    let error = #expect(throws: TableError.self) {
      try readTable(Self.header + "a,2024-01-01,\nb,2024-01-01,NA\n") {
        $0.policy.missingValues = .gap
      }
    }
    #expect(
      error?.description
        == "sales.csv: column \"y\": no row has a value; check the column of values")
  }

  @Test func countsLinesWithinQuotedFields() {
    let error = #expect(throws: TableError.self) {
      try readTable("unique_id,ds,y,note\na,2024-01-01,1,\"one\ntwo\nthree\"\nb,x,1,\n")
    }
    #expect(error?.line == 5)
    #expect(error?.fault == .unparsableDate(text: "x", format: .automatic))
  }

  @Test func namesTheSeparatorThatWasProbablyMeant() {
    let error = #expect(throws: TableError.self) {
      try readTable("unique_id;ds;y\na;2024-01-01;1\n") { $0.format.separator = .comma }
    }
    #expect(
      error?.description
        == "sales.csv:1: no column \"unique_id\"; there is \"unique_id;ds;y\"; "
        + "the separator seems to be the semicolon")
  }

  @Test func saysWhichDateFormIsTaken() {
    let error = #expect(throws: TableError.self) {
      try readTable("unique_id,ds,y\na,13/02/2024,1\n") { $0.schema.timeFormat = .monthDayYear }
    }
    #expect(
      error?.description
        == "sales.csv:2: column \"ds\": \"13/02/2024\" is not a date; write it as MM/DD/YYYY")
  }

  @Test func refusesOneColumnForTwoPurposes() {
    let error = #expect(throws: TableError.self) {
      try readTable("a,ds\n") {
        $0.schema.identity = ["a"]
        $0.schema.target = "a"
      }
    }
    #expect(
      error?.description == "sales.csv:1: column \"a\" is used for two "
        + "purposes; specify a different column for each")
  }

  @Test func refusesBytesThatAreNotUTF8() {
    let row = Array("caf".utf8) + [0xE9] + Array(",2024-01-01,1\n".utf8)
    let inRow = #expect(throws: TableError.self) {
      try readTable(bytes: Array(Self.header.utf8) + row)
    }
    #expect(
      inRow?.description == "sales.csv:2: column \"unique_id\": is not UTF-8; "
        + "save the file in that encoding")
    let inHeader = #expect(throws: TableError.self) { try readTable(bytes: row) }
    #expect(
      inHeader?.description == "sales.csv:1: is not UTF-8; save the file in that encoding")
  }

  @Test(arguments: [
    ([0x28, 0xB5, 0x2F, 0xFD], "compressed by Zstandard"),
    ([0x50, 0x41, 0x52, 0x31], "a Parquet file"),
  ])
  func namesFilesThatAreNoText(start: [UInt8], kind: String) {
    let error = #expect(throws: TableError.self) { try readTable(bytes: start + [0, 1, 2]) }
    #expect(error?.description == "sales.csv: is \(kind); convert it to CSV in UTF-8")
  }

  @Test func refusesARowWithoutEnd() {
    let error = #expect(throws: TableError.self) {
      try readTable(Self.header + "a,\"" + String(repeating: "x", count: 9 << 20))
    }
    #expect(
      error?.description == "sales.csv:2: a row begins here that is longer than 4194304 bytes; "
        + "is a quote missing?")
  }

  @Test func refusesACalendarOfMoreValuesThanAllowed() {
    let error = #expect(throws: TableError.self) {
      try readTable(Self.header + "a,2024-01-01,1\nb,2024-01-02,1\nb,2024-01-31,1\n") {
        $0.cellLimit = 60
      }
    }
    #expect(
      error?.description == "sales.csv: 2 series would take a calendar of 61 values in all, "
        + "more than the 60 allowed; are the columns of id and date the right ones?")
  }

  @Test func saysWhyAFileCannotBeRead() {
    let missing = #expect(throws: TableError.self) { try LongTableReader().read("no/such.csv") }
    #expect(missing?.description == "no/such.csv: no such file; check the path")
    let directory = #expect(throws: TableError.self) { try LongTableReader().read("/") }
    #expect(directory?.description == "/: is a directory; name a file in it")
    // A path that no system takes.
    let endless = String(repeating: "x", count: 5000)
    let unreadable = #expect(throws: TableError.self) { try LongTableReader().read(endless) }
    #expect(unreadable?.description == "\(endless): cannot be read: File name too long")
  }
}
