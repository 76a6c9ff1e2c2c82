import CSQLiteShim
import Foundation
import Testing

/// An input and an output of one run, which are to be the same file.
struct ConflictCase: Sendable, CustomTestStringConvertible {
  /// A file that a command reads.
  struct Input: Sendable {
    /// The option or argument that names it, or names the file that names it.
    let option: String
    /// The file.
    let file: String
    /// A Boolean value that indicates whether the file exists.
    var exists = true
    /// The arguments that take the place of the usual ones.
    var arguments: [String]?
  }

  /// A file that a command writes.
  struct Output: Sendable {
    let option: String
    /// The name in the directory that the option names; nil where it names the file.
    var name: String?
  }

  let command: String
  let input: Input
  let output: Output

  var testDescription: String {
    "\(command): \(input.file) as --\(output.option) \(output.name ?? "")"
  }

  static let all =
    pairs("prepare", prepareInputs, prepareOutputs)
    + pairs("forecast", forecastInputs, forecastOutputs)
    + pairs("auto", autoInputs, autoOutputs)
    + pairs("backtest", backtestInputs, backtestOutputs)
    + pairs("score", scoreInputs, [Output(option: "output")])
    + pairs("reconcile", reconcileInputs, reconcileOutputs)
    + pairs("simulate", simulateInputs, [Output(option: "output")])
    + pairs("report", reportInputs, [Output(option: "output")])
    + pairs("stock", stockInputs, stockOutputs)
    + pairs("season", seasonInputs, seasonOutputs)
    + pairs("explain", explainInputs, explainOutputs)
    + pairs("what-if", whatIfInputs, whatIfOutputs)
    + pairs("segments", segmentInputs, segmentOutputs)

  private static func pairs(
    _ command: String, _ inputs: [Input], _ outputs: [Output]
  ) -> [ConflictCase] {
    inputs.flatMap { input in
      outputs.map { ConflictCase(command: command, input: input, output: $0) }
    }
  }

  private static let database = ["prepare", "sqlite:shop.db#days"]
  private static let prepareInputs = [
    Input(option: "sources", file: "sales.csv"), Input(option: "sources", file: "more.csv.gz"),
    Input(option: "schema", file: "schema.json"), Input(option: "schema", file: "events.csv"),
    Input(option: "schema", file: "periods.csv"),
    Input(option: "sources", file: "shop.db", arguments: database),
    Input(option: "sources", file: "shop.db-wal", exists: false, arguments: database),
    Input(option: "sources", file: "shop.db-shm", exists: false, arguments: database),
    Input(option: "sources", file: "shop.db-journal", exists: false, arguments: database),
  ]
  private static let prepareOutputs = [Output(option: "output"), Output(option: "report")]

  private static let forecastInputs = [
    Input(option: "sources", file: "sales.csv"), Input(option: "sources", file: "more.csv.gz"),
    Input(option: "names", file: "names.csv"),
    Input(
      option: "names", file: "shop.db",
      arguments: ["forecast", "sales.csv", "--names", "sqlite:shop.db#names"]),
    Input(
      option: "model", file: "model", arguments: ["forecast", "sales.csv", "--model", "model"]),
    Input(option: "sources", file: "panel", arguments: ["forecast", "panel"]),
    Input(option: "sums", file: "sums", arguments: ["forecast", "panel", "--sums", "sums"]),
    Input(
      option: "future", file: "plan.csv",
      arguments: ["forecast", "sales.csv", "--known", "open", "--future", "plan.csv"]),
  ]
  private static let forecastOutputs = [
    "forecasts.csv", "next.csv", "forecast.html", "model.safetensors",
  ].map { Output(option: "output", name: $0) }

  private static let autoInputs = [
    Input(option: "sources", file: "sales.csv"), Input(option: "sources", file: "more.csv.gz"),
    Input(option: "sources", file: "panel", arguments: ["auto", "panel"]),
    Input(
      option: "future", file: "plan.csv",
      arguments: ["auto", "sales.csv", "--known", "open", "--future", "plan.csv"]),
  ]
  private static let autoOutputs = [
    "forecasts.csv", "next.csv", "forecast.html", "model.safetensors", "trials.csv", "trials.jsonl",
  ].map { Output(option: "output", name: $0) }

  private static let backtestInputs = [
    Input(option: "sources", file: "sales.csv"), Input(option: "sources", file: "more.csv.gz"),
    Input(option: "sources", file: "panel", arguments: ["backtest", "panel"]),
    Input(
      option: "future", file: "plan.csv",
      arguments: ["backtest", "sales.csv", "--known", "open", "--future", "plan.csv"]),
  ]
  private static let backtestOutputs = [
    "leaderboard.csv", "windows.csv", "series.csv", "steps.csv", "groups.csv", "levels.csv",
    "backtest.json", "backtest.html",
  ].map { Output(option: "output", name: $0) }

  private static let scoreInputs = [
    Input(option: "forecasts", file: "forecasts.csv"), Input(option: "sources", file: "sales.csv"),
    Input(option: "sources", file: "more.csv.gz"),
  ]

  private static let simulateInputs = [
    Input(option: "forecasts", file: "next.csv"), Input(option: "past", file: "forecasts.csv"),
    Input(option: "sources", file: "sales.csv"), Input(option: "sources", file: "more.csv.gz"),
  ]

  private static let reconcileInputs = [
    Input(option: "sources", file: "sales.csv"), Input(option: "sources", file: "more.csv.gz"),
    Input(option: "sources", file: "panel", arguments: ["reconcile", "panel"]),
  ]
  private static let reconcileOutputs = [
    "coherent.csv", "next.csv", "forecasts.csv", "scores.csv",
  ].map { Output(option: "output", name: $0) }

  private static let report = [
    "report", "sales.csv", "more.csv.gz", "--forecasts", "forecasts.csv", "--next", "next.csv",
    "--names", "names.csv", "--orders", "orders.csv", "--schema", "orders.json",
    "--cleaning", "cleaning.json", "--explanation", "explanation.json", "--stock", "advice.csv",
  ]
  private static let reportInputs = [
    Input(option: "sources", file: "sales.csv"), Input(option: "sources", file: "more.csv.gz"),
    Input(option: "forecasts", file: "forecasts.csv"), Input(option: "next", file: "next.csv"),
    Input(option: "names", file: "names.csv"), Input(option: "orders", file: "orders.csv"),
    Input(option: "schema", file: "orders.json"), Input(option: "cleaning", file: "cleaning.json"),
    Input(option: "explanation", file: "explanation.json"),
    Input(option: "stock", file: "advice.csv"),
    Input(
      option: "future", file: "plan.csv",
      arguments: [
        "report", "sales.csv", "--next", "next.csv", "--known", "open", "--future", "plan.csv",
      ]),
  ]

  private static let stockInputs = [
    Input(option: "sources", file: "sales.csv"), Input(option: "sources", file: "more.csv.gz"),
    Input(option: "stock", file: "levels.csv"),
    Input(
      option: "future", file: "plan.csv",
      arguments: ["stock", "sales.csv", "--known", "open", "--future", "plan.csv"] + lead),
  ]
  private static let stockOutputs = ["stock.csv", "simulation.csv", "stock.html"].map {
    Output(option: "output", name: $0)
  }
  private static let seasonInputs = [
    Input(option: "sources", file: "sales.csv"), Input(option: "sources", file: "more.csv.gz"),
    Input(option: "schema", file: "schema.json"), Input(option: "schema", file: "events.csv"),
    Input(option: "sources", file: "panel", arguments: ["season", "panel"] + season),
  ]
  private static let seasonOutputs = ["season.csv", "steps.csv", "season.html"].map {
    Output(option: "output", name: $0)
  }
  private static let season = ["--from", "2024-03-21", "--to", "2024-03-30"]
  private static let lead = ["--lead-time", "2", "--review", "5"]

  private static let explainInputs = [
    Input(option: "model", file: "model"),
    Input(option: "sources", file: "sales.csv"), Input(option: "sources", file: "more.csv.gz"),
    Input(option: "sources", file: "panel", arguments: ["explain", "model", "panel"]),
    Input(
      option: "future", file: "plan.csv",
      arguments: ["explain", "model", "sales.csv", "--known", "open", "--future", "plan.csv"]),
  ]
  private static let explainOutputs = [
    "importances.csv", "contributions.csv", "contributions_over_time.csv",
    "partial_dependence.csv", "explanation.json", "explanation.html",
  ].map { Output(option: "output", name: $0) }

  private static let whatIf = [
    "what-if", "seen", "sales.csv", "more.csv.gz", "--future", "plan.csv", "--changes",
    "changes.csv",
  ]
  private static let whatIfInputs = [
    Input(option: "model", file: "seen"), Input(option: "sources", file: "sales.csv"),
    Input(option: "sources", file: "more.csv.gz"), Input(option: "future", file: "plan.csv"),
    Input(option: "changes", file: "changes.csv"),
  ]
  private static let whatIfOutputs = ["scenario.csv", "series.csv", "scenario.html"].map {
    Output(option: "output", name: $0)
  }

  private static let segments = [
    "segments", "bought.csv", "--schema", "bought.json", "--customers", "ages.csv", "--segment",
    "age=young", "--products", "kinds.csv", "--campaigns", "contacts.csv", "--campaign-periods",
    "dates.csv", "--coupons", "coupons.csv",
  ]
  private static let segmentInputs = [
    Input(option: "sources", file: "bought.csv"), Input(option: "schema", file: "bought.json"),
    Input(option: "customers", file: "ages.csv"), Input(option: "products", file: "kinds.csv"),
    Input(option: "campaigns", file: "contacts.csv"),
    Input(option: "campaign-periods", file: "dates.csv"),
    Input(option: "coupons", file: "coupons.csv"),
  ]
  private static let segmentOutputs = [
    "rates.csv", "strategies.csv", "levers.csv", "segments.json",
  ].map { Output(option: "output", name: $0) }

  /// A run of a command with all of its inputs.
  static func arguments(of command: String) -> [String] {
    command == "prepare"
      ? inputArguments(of: command) + ["--output", "out", "--report", "out.json"]
      : inputArguments(of: command) + ["--output", "out"] + shortRun(of: command)
  }

  private static func inputArguments(of command: String) -> [String] {
    switch command {
    case "prepare": ["prepare", "sales.csv", "more.csv.gz", "--schema", "schema.json"]
    case "forecast": ["forecast", "sales.csv", "more.csv.gz", "--names", "names.csv"]
    case "score": ["score", "forecasts.csv", "sales.csv", "more.csv.gz"]
    case "simulate":
      ["simulate", "next.csv", "sales.csv", "more.csv.gz", "--past", "forecasts.csv"]
    case "report": report
    case "explain": ["explain", "model", "sales.csv", "more.csv.gz"]
    case "segments": segments
    case "what-if": whatIf
    case "stock": ["stock", "sales.csv", "more.csv.gz", "--stock", "levels.csv"] + lead
    case "season": ["season", "sales.csv", "more.csv.gz", "--schema", "schema.json"] + season
    default: [command, "sales.csv", "more.csv.gz"]
    }
  }

  /// The options of a run that takes a moment.
  private static func shortRun(of command: String) -> [String] {
    switch command {
    case "auto": AutoTests.options
    case "backtest": ["--horizon", "9", "--windows", "2", "--no-network", "--baselines", "naive"]
    case "reconcile": ["--horizon", "9", "--baselines", "naive"]
    case "report", "score", "what-if": []
    case "simulate": ["--paths", "9"]
    case "season": ["--no-network", "--baselines", "naive"]
    case "explain": ["--windows", "16"]
    case "segments": ["--least-purchases", "1", "--rank", "1"]
    case "stock": ["--backtest", "3", "--no-network", "--baselines", "naive"]
    default: SmallRun.options
    }
  }

  /// The ways in which the output can name the input.
  var spellings: [FileSpelling] {
    // With a model that is given, none is written.
    if input.option == "model", output.name == "model.safetensors" { return [] }
    let all = FileSpelling.allCases.filter { input.exists || $0.isForNewFiles }
    // The results of a forecast are written in one way: one of them stands for the others' spellings.
    let first = ["next.csv", "leaderboard.csv", "importances.csv", "rates.csv", "scenario.csv"]
    guard let name = output.name, !first.contains(name) else {
      return all
    }
    return [.same, .hardLink]
  }

  /// The run in which the output names the input's file.
  func arguments(_ spelling: FileSpelling, in workspace: Workspace) throws -> [String] {
    let inputs = input.arguments ?? Self.inputArguments(of: command)
    let path = try spelling.path(of: input.file, in: workspace)
    guard let name = output.name else {
      let output = output.option == "output" ? [] : ["--output", "panel.new"]
      return inputs + output + ["--" + self.output.option, path]
    }
    // The directory of the results has a link to the file.
    let directory = workspace.directory.appending(path: "out")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: false)
    try FileManager.default.createSymbolicLink(
      atPath: directory.appending(path: name).path,
      withDestinationPath: path.hasPrefix("/") ? path : "../" + path)
    let isTrained = command == "forecast" && input.option == "model"
    let training = isTrained ? ["--horizon", "9"] : Self.shortRun(of: command)
    return inputs + ["--output", spelling == .absolute ? directory.path : "./out"] + training
  }
}

extension Workspace {
  /// A directory with a file for every input of every command.
  static func ofConflicts() throws -> Workspace {
    let workspace = try Workspace()
    for (name, data) in try ConflictFiles.all.get() { try workspace.write(data, to: name) }
    return workspace
  }

  /// The bytes of all files, and what links say.
  func snapshot() throws -> [String: String] {
    var snapshot: [String: String] = [:]
    for name in try contents() {
      let path = directory.appending(path: name).path
      if let target = try? FileManager.default.destinationOfSymbolicLink(atPath: path) {
        snapshot[name] = "-> " + target
      } else {
        snapshot[name] = (try? Data(contentsOf: URL(filePath: path)))?.base64EncodedString() ?? ""
      }
    }
    return snapshot
  }

  /// Replaces a file by what a program such as `gzip` makes of it.
  func compress(_ name: String, with program: String) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [program, name]
    process.currentDirectoryURL = directory
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
  }
}

/// The inputs of all commands, made once.
private enum ConflictFiles {
  static let all = Result { try files() }

  private static func files() throws -> [String: Data] {
    let workspace = try Workspace()
    try workspace.write(SalesTable().csv, to: "sales.csv")
    try workspace.write("unique_id,description\na,Tea\n", to: "names.csv")
    try workspace.write("unique_id,on_hand\na,3\nb,4\nc,5\nd,6\n", to: "levels.csv")
    try workspace.write(SmallReport.advice, to: "advice.csv")
    try workspace.write(SmallReport.explanation, to: "explanation.json")
    try workspace.write(
      SalesTable.csv((0..<70).map { [SalesTable().date($0), "1"] }, header: "ds,open"),
      to: "plan.csv")
    try workspace.write("ds,open\n2024-04-02,0\n", to: "changes.csv")
    try workspace.write("day,week\n2024-01-30,w5\n2024-02-06,w6\n", to: "periods.csv")
    try workspace.write("week,event\nw5,1\nw6,0\n", to: "events.csv")
    try workspace.write(
      """
      {"identity": "unique_id", "time": "ds", "target": "y", "tables": [
        {"source": "events.csv",
         "period": {"column": "week", "source": "periods.csv", "date": "day"},
         "covariates": [{"column": "event", "role": "past", "kind": "numeric"}]}]}
      """, to: "schema.json")
    let database = workspace.directory.appending(path: "shop.db").path
    var handle: OpaquePointer?
    try #require(sqlite3_open(database, &handle) == SQLITE_OK)
    let sql = """
      CREATE TABLE days (unique_id TEXT, ds TEXT, y INTEGER);
      CREATE TABLE names (unique_id TEXT, description TEXT);
      INSERT INTO days VALUES ('tea', '2024-01-01', 2);
      INSERT INTO names VALUES ('a', 'Tea');
      """
    try #require(sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK)
    sqlite3_close(handle)
    try workspace.write(SalesTable(ids: ["d"]).csv, to: "more.csv")
    try workspace.compress("more.csv", with: "gzip")
    try workspace.write(
      "item,day,units,customer\na,2024-02-05,2,x\na,2024-02-06,1,y\n", to: "orders.csv")
    try workspace.write(
      #"{"identity": "item", "time": "day", "quantity": "units", "customer": "customer"}"#,
      to: "orders.json")
    try SmallShop.write(to: workspace)
    expectSuccess(
      try workspace.run(
        ["prepare", "sales.csv", "--output", "out.panel", "--report", "cleaning.json"]))
    for panel in ["panel", "sums"] {
      expectSuccess(try workspace.run(["prepare", "sales.csv", "--output", panel]))
    }
    expectSuccess(try workspace.run(SmallRun.arguments()))
    var files: [String: Data] = ["model": try workspace.data("out/model.safetensors")]
    expectSuccess(
      try workspace.run(
        [
          "forecast", "sales.csv", "--known", "open", "--future", "plan.csv", "--output",
          "out.seen",
        ]
          + SmallRun.options))
    files["seen"] = try workspace.data("out.seen/model.safetensors")
    for table in ["forecasts.csv", "next.csv"] { files[table] = try workspace.data("out/" + table) }
    for name in try workspace.contents() where !name.hasPrefix("out") {
      files[name] = try workspace.data(name)
    }
    return files
  }
}
