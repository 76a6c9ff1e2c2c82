import Foundation
import TestSupport
import Testing

/// No output of a run replaces one of its inputs, or another output, however the paths are spelled.
@Suite(.timeLimit(.minutes(30))) struct FileConflictTests {
  /// The options and arguments of every command that name files, and what the cases below cover.
  private static let inputs = [
    "inspect": ["file", "schema"],
    "prepare": ["sources", "schema"],
    "forecast": ["sources", "model", "names", "sums", "future"],
    "auto": ["sources", "future"],
    "backtest": ["sources", "future"],
    "score": ["forecasts", "sources"],
    "reconcile": ["sources"],
    "simulate": ["forecasts", "sources", "past"],
    "report": [
      "sources", "forecasts", "next", "names", "orders", "schema", "cleaning", "explanation",
      "stock", "future",
    ],
    "stock": ["sources", "stock", "future"],
    "season": ["sources", "schema"],
    "what-if": ["model", "sources", "changes", "future"],
    "explain": ["model", "sources", "future"],
    "segments": [
      "sources", "customers", "products", "campaigns", "campaign-periods", "coupons", "schema",
    ],
    "doctor": [],
  ]
  private static let outputs = [
    "prepare": ["output", "report"], "forecast": ["output"], "auto": ["output"],
    "backtest": ["output"],
    "score": ["output"], "reconcile": ["output"], "simulate": ["output"],
    "report": ["output"], "stock": ["output"],
    "season": ["output"],
    "explain": ["output"], "what-if": ["output"],
    "segments": ["output"],
  ]

  /// The options that name a directory in which a run creates no file, or only new ones, which replace
  /// nothing.
  private static let directories = [
    "forecast": ["tensorboard"], "backtest": ["tensorboard"], "stock": ["tensorboard"],
    "season": ["tensorboard"], "doctor": ["output"],
  ]

  /// The options that take texts or numbers, none of which names a file.
  private static let others: Set = [
    "amount-column", "anomaly-limit", "backtest", "baselines", "batch-size", "budget",
    "calendar-time-zone",
    "campaign-column", "campaign-type-column", "cancellations", "category", "category-column",
    "cost", "country", "coupon-column", "customer-column", "description-column", "discount-column",
    "discount-depth", "drop-rows", "end-column", "ensemble", "epochs", "exclude", "fill-rate",
    "from", "group", "groups", "hidden-size", "holding-cost", "horizon", "id-column",
    "id-separator",
    "input-length", "interactions", "keep-rows", "known", "later-share", "layers", "lead-time",
    "learning-rate",
    "least-purchases", "leftover-cost", "level", "levels", "measures", "method", "middle-level",
    "minimum-order", "model", "network",
    "order-column", "pack-size", "past", "paths", "price", "price-column", "product", "quantiles",
    "quantity-column",
    "rank", "refit-every", "review", "salvage", "season-length", "seed", "segment", "series",
    "service-level", "set", "sheet", "skip-lines", "start-column", "static", "step", "steps",
    "steps-per-epoch", "stock-column", "sum-lengths", "sums-weight", "target-column", "threads",
    "time-column", "time-zone", "title", "to", "trailing-zeros", "trials", "until", "windows",
  ]

  /// A new option fails here until it is in a list above. One that names a file needs `completion:
  /// .file()` in the command, and cases below.
  @Test func everyOptionThatNamesAFileHasCases() throws {
    let commands = try #require(DumpedHelp.read().command.subcommands).filter {
      $0.commandName != "help"
    }
    #expect(Set(commands.map(\.commandName)) == Set(Self.inputs.keys))
    for command in commands {
      let name = command.commandName
      let files = Set(
        [Self.inputs, Self.outputs, Self.directories].flatMap { $0[name, default: []] })
      let arguments = command.arguments.filter { $0.kind != "flag" && $0.allValues == nil }
      for argument in arguments {
        let isFile = argument.completionKind?.namesFiles == true
        #expect(
          isFile ? files.contains(argument.name) : Self.others.contains(argument.name),
          "\(name) \(argument.name): add it to a list, and cases for it if it names a file")
      }
      let present = Set(arguments.map(\.name))
      #expect(files.isSubset(of: present), "\(files.subtracting(present)) of \(name) is gone")
    }
    // A command without an output has nothing to protect.
    for command in Self.outputs.keys {
      let cases = ConflictCase.all.filter { $0.command == command }
      #expect(Set(cases.map(\.input.option)) == Set(Self.inputs[command]!))
      #expect(Set(cases.map(\.output.option)) == Set(Self.outputs[command]!))
    }
  }

  /// Without a conflict, all options together are a run that works.
  @Test(arguments: [
    "prepare", "forecast", "auto", "backtest", "score", "reconcile", "simulate", "report", "stock",
    "season", "explain", "what-if", "segments",
  ])
  func theRunsWorkOtherwise(command: String) throws {
    let workspace = try Workspace.ofConflicts()
    expectSuccess(try workspace.run(ConflictCase.arguments(of: command)))
  }

  /// A release build tries all spellings of every case. A debug build, in which a run takes about a
  /// second, tries one of them, and the next one in the next case.
  @Test(arguments: zip(ConflictCase.all, ConflictCase.all.indices))
  func anInputIsNoOutput(_ one: ConflictCase, place: Int) throws {
    let all = one.spellings
    for spelling in isOptimized || all.isEmpty ? all : [all[place % all.count]] {
      let workspace = try Workspace.ofConflicts()
      let arguments = try one.arguments(spelling, in: workspace)
      let before = try workspace.snapshot()
      let outcome = try workspace.run(arguments)
      #expect(outcome.hasExited && outcome.status == 1, "\(spelling)")
      let message = outcome.errors
      #expect(
        message.hasPrefix("Error: ") && message.contains("put of this run"),
        "\(arguments): \(message)")
      #expect(try workspace.snapshot() == before, "\(arguments)")
    }
  }

  @Test(arguments: FileSpelling.allCases) func twoOutputsAreTwoFiles(
    _ spelling: FileSpelling
  ) throws {
    for exists in [true, false] where exists || spelling.isForNewFiles {
      let workspace = try Workspace.ofConflicts()
      if exists { try workspace.write("old", to: "panel") }
      let other = try spelling.path(of: "panel", in: workspace)
      let before = try workspace.snapshot()
      let outcome = try workspace.run([
        "prepare", "sales.csv", "--output", "panel", "--report", other,
      ])
      #expect(outcome.status == 1)
      #expect(outcome.errors.contains("name two different outputs"), "\(outcome.errors)")
      #expect(try workspace.snapshot() == before)
    }
  }

  /// Rows of one source would count twice.
  @Test(arguments: ["prepare", "forecast", "backtest"])
  func aSourceIsNamedOnce(command: String) throws {
    for spelling in FileSpelling.allCases {
      let workspace = try Workspace.ofConflicts()
      let other = try spelling.path(of: "sales.csv", in: workspace)
      let outcome = try workspace.run([command, "sales.csv", other, "--output", "out"])
      #expect(outcome.status == 64)
      #expect(outcome.errors.contains("its rows would count twice"), "\(outcome.errors)")
    }
  }

  /// What replaces the output while the run computes is not replaced in turn.
  @Test func anInputThatTakesTheOutputsPlaceMeanwhile() throws {
    let workspace = try Workspace.ofConflicts()
    let pipe = workspace.directory.appending(path: "pipe").path
    try #require(mkfifo(pipe, 0o600) == 0)
    let run = try workspace.start(["prepare", "sales.csv", "pipe", "--output", "late"])
    // Opening waits until the run has begun to read the pipe: the first table is read by then.
    let writer = try FileHandle(forWritingTo: URL(filePath: pipe))
    try FileManager.default.createSymbolicLink(
      atPath: workspace.directory.appending(path: "late").path, withDestinationPath: "sales.csv")
    try writer.write(contentsOf: Data("unique_id,ds,y\nz,2024-02-01,3\n".utf8))
    try writer.close()
    let outcome = try run.outcome()
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("late: is the same file as sales.csv, an input of this run"))
    #expect(try workspace.text("sales.csv") == SalesTable().csv)
  }

  /// The shell would have emptied the file already; one that is appended to still has its rows.
  @Test func standardOutputIsAnOutput() throws {
    let workspace = try Workspace.ofConflicts()
    let outcome = try workspace.start(["inspect", "sales.csv"], appendingOutputTo: "sales.csv")
      .outcome()
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("sales.csv: is the same file as standard output"))
    #expect(try workspace.text("sales.csv") == SalesTable().csv)
  }

  /// A loop of links is no file, and a link to nothing is a new one.
  @Test func linksThatLeadNowhere() throws {
    let workspace = try Workspace.ofConflicts()
    let manager = FileManager.default
    for (link, target) in [("loop", "loop"), ("new", "target")] {
      try manager.createSymbolicLink(
        atPath: workspace.directory.appending(path: link).path, withDestinationPath: target)
    }
    try workspace.expectFailure(
      ["prepare", "sales.csv", "--output", "loop"],
      "loop: cannot be written: Too many levels of symbolic links")
    expectSuccess(try workspace.run(["prepare", "sales.csv", "--output", "new"]))
    #expect(
      try manager.destinationOfSymbolicLink(
        atPath: workspace.directory.appending(path: "new").path) == "target")
    #expect(try workspace.data("target").count > 100)
  }
}
