import Foundation
import Testing

/// The completion script in a real bash.
@Suite(.enabled(if: hasBash, "needs bash"), .timeLimit(.minutes(30)))
struct CompletionTests {
  private let workspace: Workspace

  init() throws {
    workspace = try Workspace()
    let script = try workspace.run(["--generate-completion-script", "bash"])
    expectSuccess(script)
    try workspace.write(script.output, to: "script")
    try workspace.write(
      """
      PATH="$1:$PATH"
      shift
      source ./script
      COMP_WORDS=("$@")
      COMP_CWORD=$(($# - 1))
      COMP_LINE="$*"
      COMP_POINT=${#COMP_LINE}
      _foresight "$1" "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
      printf '%s\\n' "${COMPREPLY[@]}"
      """, to: "complete")
  }

  /// Returns the completions of the last word.
  private func completions(_ words: String...) throws -> [String] {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments =
      ["bash", "complete", Run.command.deletingLastPathComponent().path, "foresight"] + words
    process.currentDirectoryURL = workspace.directory
    process.standardOutput = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return text.split(separator: "\n").map(String.init).sorted()
  }

  @Test func commandsAndOptions() throws {
    #expect(try completions("fore") == ["forecast"])
    #expect(try completions("s") == ["score", "season", "segments", "simulate", "stock"])
    #expect(try completions("forecast", "--tens") == ["--tensorboard"])
    #expect(
      try completions("prepare", "a.csv", "--closed-days", "mask", "--dec") == ["--decimal-mark"])
  }

  @Test(arguments: [
    ("forecast", "--closed-days", "", ["keep", "zero"]),
    ("prepare", "--closed-days", "", ["keep", "mask"]),
    ("forecast", "--decoder", "", ["direct", "recurrent"]),
    ("inspect", "--preset", "on", ["online-retail"]),
    ("prepare", "--frequency", "m", ["month"]),
    ("forecast", "--table-frequency", "b", ["business-day"]),
    ("forecast", "--week-start", "s", ["saturday", "sunday"]),
    ("prepare", "--measure", "net", ["net-revenue", "net-units"]),
    ("prepare", "--time-zone", "Europe/Lon", ["Europe/London"]),
    ("backtest", "--metric", "M", ["MAE", "MAPE", "MASE"]),
    ("stock", "--short-series", "", ["fall-back", "leave-out", "reject"]),
    ("forecast", "--encoding", "", ["latin-1", "utf-8", "windows-1252"]),
    // Lists continue after a comma, with the names that they do not contain yet.
    ("forecast", "--network", "t", ["tcn", "tide"]),
    ("forecast", "--network", "tide,t", ["tide,tcn"]),
    ("season", "--network", "lstm,tcn,m", ["lstm,tcn,mlp"]),
    (
      "forecast", "--baselines", "seasonal-naive,n",
      ["seasonal-naive,naive", "seasonal-naive,none"]
    ),
    ("reconcile", "--method", "bottom-up,m", ["bottom-up,middle-out", "bottom-up,mint-shrinkage"]),
    ("season", "--country", "G", ["GB", "GR"]),
    ("forecast", "--country", "GB,D", ["GB,DE"]),
    ("prepare", "--measures", "average-price,o", ["average-price,orders"]),
  ])
  func values(_ command: String, _ option: String, _ word: String, _ expected: [String]) throws {
    #expect(try completions(command, option, word) == expected)
  }

  @Test func files() throws {
    for name in ["sales.csv", "model.safetensors", "orders.json", "names.xlsx"] {
      try workspace.write("", to: name)
    }
    try FileManager.default.createDirectory(
      at: workspace.directory.appending(path: "out"), withIntermediateDirectories: false)
    let all = [
      "complete", "model.safetensors", "names.xlsx", "orders.json", "out", "sales.csv", "script",
    ]
    #expect(try completions("forecast", "").filter { !$0.hasPrefix("-") } == all)
    #expect(try completions("forecast", "sales.csv", "m") == ["model.safetensors"])
    #expect(try completions("forecast", "sales.csv", "--names", "") == all)
    // Files of other kinds are left out, and directories are not.
    #expect(
      try completions("forecast", "sales.csv", "--model", "") == ["model.safetensors", "out"])
    #expect(try completions("prepare", "--schema", "") == ["orders.json", "out"])
    #expect(try completions("score", "--output", "") == ["out", "sales.csv"])
    #expect(try completions("forecast", "--output", "") == ["out"])
    #expect(try completions("forecast", "--tensorboard", "o") == ["out"])
    #expect(try completions("explain", "m") == ["model.safetensors"])
  }

  /// Every option with a fixed set of values completes them, and every option that names a file or a
  /// directory completes those.
  @Test func everyOptionWithValuesCompletesThem() throws {
    let dump = try workspace.run(["--experimental-dump-help"]).output
    let help = try JSONDecoder().decode(Help.self, from: Data(dump.utf8))
    var count = 0
    for command in try #require(help.command.subcommands) {
      for argument in command.arguments ?? [] {
        guard let values = argument.allValues, argument.kind == "option",
          let name = argument.preferredName?.name
        else { continue }
        #expect(
          try completions(command.commandName, "--" + name, "") == values.sorted(),
          "\(command.commandName) \(name)")
        count += 1
      }
    }
    #expect(count > 100)
  }

  @Test(arguments: ["zsh", "fish"]) func otherShellsHaveScripts(_ shell: String) throws {
    let outcome = try workspace.run(["--generate-completion-script", shell])
    expectSuccess(outcome)
    for text in ["forecast", "tensorboard", "windows-1252"] {
      #expect(outcome.output.contains(text))
    }
  }

  @Test func theHelpSaysHowToInstallThem() throws {
    let line = "source <(foresight --generate-completion-script bash)\n"
    #expect(try workspace.run(["--help"]).output.contains(line))
    #expect(try workspace.run(["doctor", "--help"]).output.contains(line))
  }

  /// What `--experimental-dump-help` writes about values.
  private struct Help: Decodable {
    let command: Command

    struct Command: Decodable {
      let commandName: String
      let arguments: [Argument]?
      let subcommands: [Command]?
    }

    struct Argument: Decodable {
      let kind: String
      let preferredName: Name?
      let allValues: [String]?
    }

    struct Name: Decodable { let name: String }
  }
}

private let hasBash = FileManager.default.isExecutableFile(atPath: "/bin/bash")
