import Foundation
import Testing

/// Preparations that fail: each ends with one message, and nothing is written.
@Suite(.timeLimit(.minutes(30))) struct BadPreparationTests {
  private let workspace: Workspace

  init() throws {
    workspace = try Workspace()
    try workspace.write(SalesTable().csv, to: "sales.csv")
    try workspace.write(PrepareTests.lines, to: "orders.csv")
  }

  @Test(arguments: [
    (
      ["--schema", "s.json", "--preset", "online-retail"],
      "--schema and --preset cannot be combined."
    ),
    (
      ["--schema", "s.json", "--quantity-column", "n"],
      "--quantity-column is for tables without --schema"
    ),
    (["--preset", "online-retail", "--steps", "dates"], "--steps is for tables without --preset"),
    (
      ["--preset", "online-retail", "--id-column", "a"],
      "--id-column is for tables without --preset"
    ),
    (["--preset", "none"], "The value 'none' is invalid for '--preset <preset>'"),
    (
      ["--price-column", "p"],
      "--price-column is for order lines, which need --quantity-column."
    ),
    (
      ["--steps", "dates", "--quantity-column", "n"],
      "--steps and --quantity-column cannot be combined."
    ),
    (["--steps", "d_1"], "--steps must be dates, or a column with a number and its date"),
    (["--steps", "day=2024-01-01"], "--steps must be dates, or a column with a number"),
    (
      ["--steps", "dates", "--target-column", "y"], "--target-column is for tables without --steps."
    ),
    (["--steps", "dates", "--missing-days", "gap"], "--missing-days is not for wide tables."),
    (["--levels", "a"], "--levels is for wide tables, which need --steps."),
    (["--measure", "units"], "--measure is for order lines, but the table has none."),
    (["--doubled-lines", "keep"], "--doubled-lines is for order lines"),
    (
      ["--measures", "orders,profit"],
      "The value 'orders,profit' is invalid for '--measures <measures>'"
    ),
    (["--measures", "orders,orders"], "--measures: orders is already among the measures."),
    (["--exclude", "POST"], "The value 'POST' is invalid for '--exclude <exclude>'"),
    (
      ["--quantity-column", "n", "--missing-values", "gap"],
      "--missing-values is not for order lines."
    ),
    (["--week-start", "monday"], "--week-start is for --frequency week."),
    (
      ["--table-frequency", "week", "--frequency", "month"],
      "--frequency must be --table-frequency or a longer step that it divides evenly, but is month."
    ),
    (
      ["--table-frequency", "month", "--frequency", "day"],
      "--frequency must be --table-frequency or a longer step that it divides evenly, but is day."
    ),
    (
      ["--quantity-column", "n", "--table-frequency", "week"],
      "--table-frequency is not for order lines."
    ),
    (
      ["--frequency", "fortnight"], "The value 'fortnight' is invalid for '--frequency <frequency>'"
    ),
    (["--trailing-zeros", "0"], "--trailing-zeros must be from 1 to 36525, but is 0."),
    (["sales.csv"], "sales.csv is given twice, so its rows would count twice."),
  ])
  func anOptionThatCannotBeFollowed(_ options: [String], _ message: String) throws {
    try workspace.expectFailure(
      ["prepare", "sales.csv", "--output", "panel"] + options, message, isUsage: true)
  }

  @Test func noOutput() throws {
    try workspace.expectFailure(
      ["prepare", "sales.csv"], "Missing expected argument '--output <output>'", isUsage: true)
    try workspace.expectFailure(
      ["prepare", "--output", "panel"], "Missing expected argument '<sources> ...'", isUsage: true)
  }

  @Test(arguments: [
    ("none.csv", [], "none.csv: no such file; check the path"),
    ("orders.csv", [], "orders.csv:1: no column \"unique_id\""),
    ("sales.csv", ["--id-column", "id"], "(see --id-column)"),
    (
      "orders.csv", PrepareTests.columns + ["--time-zone", "Mars"],
      "such as \"Europe/London\" (see --time-zone)"
    ),
    (
      "orders.csv", PrepareTests.columns + ["--calendar-time-zone", "UTC"],
      "as the schema's timeZone (see --time-zone)"
    ),
    (
      "orders.csv", Array(PrepareTests.columns.dropLast(2)) + ["--measures", "customers"],
      "orders.csv: the schema names no column for \"customer\", which measures such as customers "
        + "need (see --customer-column)"
    ),
    (
      "orders.csv", PrepareTests.columns + ["--exclude", "all=*"],
      "orders.csv: no lines remain of 7"
    ),
    ("sales.csv", ["--steps", "d_1=2024-01-01"], "no column is named like \"d_1\""),
    ("sales.csv", ["--schema", "none.json"], "none.json: no such file"),
    ("sales.csv", ["--schema", "sales.csv"], "sales.csv: is not a valid table schema"),
    ("sales.csv", ["--output", "none/panel"], "none/panel: there is no directory \"none\""),
    ("sales.csv", ["--report", "none/report"], "none/report: there is no directory \"none\""),
  ])
  func aTableThatMakesNoPanel(_ file: String, _ options: [String], _ message: String) throws {
    let output = options.contains("--output") ? [] : ["--output", "panel"]
    try workspace.expectFailure(["prepare", file] + output + options, message)
  }

  /// Advice names what the user has in hand: the schema where that says the columns, else the options.
  @Test(arguments: [
    (["--schema", "s.json"], "did you mean \"Artikel\"? (see s.json)"),
    (["--schema", "dates.json"], "declare the date format (see dates.json)"),
    (
      ["--schema", "form.json"],
      "form.json: is not a valid table schema: \"timeFormat\": \"dd.mm.yyyy\" is not one of \"auto\", \"iso\", "
        + "\"year-first\", \"day-first\", \"month-first\""
    ),
    (
      ["--schema", "lacks.json"],
      "lacks.json: is not a valid table schema: the property \"time\" is missing"
    ),
    (
      ["--id-column", "Artikel", "--time-column", "Datum", "--quantity-column", "Menge"],
      "(see --date-format)"
    ),
    (
      ["--id-column", "Artikel", "--time-column", "Zeit", "--quantity-column", "Menge"],
      "(see --time-column)"
    ),
    (
      ["--schema", "good.json", "--decimal-mark", "point"],
      "write it like 1234.5 or 1,234.5, without other text"
    ),
    (
      ["--schema", "good.json", "--decimal-mark", "comma"],
      "export.csv:3: column \"Artikel\": is not UTF-8; save the file in that encoding (see --encoding)"
    ),
    (
      ["--schema", "good.json", "--decimal-mark", "comma", "--encoding", "latin-1"],
      "export.csv:4: column \"Preis\": there is no value; add one, or drop rows with missing "
        + "values (see --faulty-lines of prepare)"
    ),
  ])
  func adviceFitsWhatWasGiven(_ options: [String], _ message: String) throws {
    let rest = #""quantity": "Menge", "price": "Preis"}"#
    for (name, start) in [
      ("s", #""Artikelnr", "time": "Datum", "timeFormat": "day-first", "#),
      ("dates", #""Artikel", "time": "Datum", "#), ("lacks", #""Artikel", "#),
      ("form", #""Artikel", "time": "Datum", "timeFormat": "dd.mm.yyyy", "#),
      ("good", #""Artikel", "time": "Datum", "timeFormat": "day-first", "#),
    ] {
      try workspace.write(#"{"identity": "# + start + rest, to: name + ".json")
    }
    let export =
      "Artikel;Menge;Datum;Preis\nTasse;1;05.02.2024;2,50\nK\u{E4}nnchen;1;05.02.2024;2,50\n"
      + "Tasse;1;06.02.2024;\n"
    try workspace.write(export.data(using: .isoLatin1)!, to: "export.csv")
    try workspace.expectFailure(["prepare", "export.csv", "--output", "panel"] + options, message)
  }

  /// The main table is sound; what is wrong is found late, in a covariate table.
  @Test func aCovariateTableThatContradictsItself() throws {
    try workspace.write("id,day,promoted\na,2024-02-01,1\na,2024-02-01,0\n", to: "promotions.csv")
    try workspace.write(
      """
      {"identity": "unique_id", "time": "ds", "target": "y", "tables": [
        {"source": "promotions.csv", "identity": "id", "time": "day",
         "covariates": [{"column": "promoted", "role": "known", "kind": "numeric"}]}]}
      """, to: "schema.json")
    try workspace.expectFailure(
      ["prepare", "sales.csv", "--schema", "schema.json", "--output", "panel"],
      "promotions.csv:3: a second row for the same series and step, after line 2")
  }

  @Test func anEarlierPanelStaysWhereItIs() throws {
    try expectSuccess(workspace.run(["prepare", "sales.csv", "--output", "panel"]))
    let before = try workspace.data("panel")
    try workspace.write("unique_id,ds,y\na,2024-02-30,1\n", to: "sales.csv")
    try workspace.expectFailure(
      ["prepare", "sales.csv", "--output", "panel"], "\"2024-02-30\" is not a date")
    #expect(try workspace.data("panel") == before)
  }
}
