import Foundation
import Testing

/// Options that cannot be followed: each ends with one message, and nothing is written.
@Suite(.timeLimit(.minutes(30))) struct BadOptionTests {
  private let workspace: Workspace

  init() throws {
    workspace = try Workspace()
    try workspace.write(SalesTable().csv, to: "sales.csv")
  }

  @Test(arguments: [
    (["--horizon", "0"], "--horizon must be from 1 to 36525, but is 0."),
    (["--horizon", "-3"], "--horizon must be from 1 to 36525, but is -3."),
    (["--horizon", "9223372036854775807"], "--horizon must be from 1 to 36525"),
    (["--horizon", "9223372036854775808"], "is invalid for '--horizon <horizon>'"),
    (["--horizon", "two"], "The value 'two' is invalid for '--horizon <horizon>'"),
    (["--horizon", "2.5"], "The value '2.5' is invalid for '--horizon <horizon>'"),
    (["--horizon"], "Missing value for '--horizon <horizon>'"),
    (["--season-length", "0"], "--season-length must be from 1 to 36525, but is 0."),
    (["--season-length", "9223372036854775807"], "--season-length must be from 1 to 36525"),
    (["--threads", "0"], "--threads must be from 1 to 1024, but is 0."),
    (["--input-length", "0"], "--input-length must be from 1 to 36525, but is 0."),
    (["--hidden-size", "4097"], "--hidden-size must be from 1 to 4096, but is 4097."),
    (["--layers", "-1"], "--layers must be from 1 to 64, but is -1."),
    (["--interactions", "-1"], "--interactions must be from 0 to 256, but is -1."),
    (["--interactions", "257"], "--interactions must be from 0 to 256, but is 257."),
    (["--decoder", "gru"], "The value 'gru' is invalid for '--decoder <decoder>'"),
    (["--decoder", "Direct"], "The value 'Direct' is invalid for '--decoder <decoder>'"),
    (["--epochs", "0"], "--epochs must be from 1 to 1000000, but is 0."),
    (["--steps-per-epoch", "0"], "--steps-per-epoch must be from 1 to 1000000, but is 0."),
    (["--batch-size", "0"], "--batch-size must be from 1 to 1000000, but is 0."),
    (["--learning-rate", "0"], "--learning-rate must be positive, but is 0.0."),
    (["--learning-rate", "nan"], "--learning-rate must be positive, but is nan."),
    (["--seed", "-1"], "The value '-1' is invalid for '--seed <seed>'"),
    (["--budget", "10"], "The value '10' is invalid for '--budget <time>'"),
    (["--budget", "0s"], "The value '0s' is invalid for '--budget <time>'"),
    (["--budget", "5m2h"], "The value '5m2h' is invalid for '--budget <time>'"),
    (
      ["--budget", "5m", "--epochs", "3"],
      "--epochs and --budget both set the time of the training."
    ),
    (
      ["--model", "out/model.safetensors", "--budget", "3s"],
      "--budget is for training, but --model forecasts without it."
    ),
    (["--date-format", "us"], "The value 'us' is invalid for '--date-format <date-format>'"),
    (["--separator", "pipe"], "The value 'pipe' is invalid for '--separator <separator>'"),
    (["--negative-values", "no"], "The value 'no' is invalid for '--negative-values"),
    (["--short-series", "no"], "The value 'no' is invalid for '--short-series"),
    (["--frobnicate"], "Unknown option '--frobnicate'"),
    (
      ["--model", "out/model.safetensors", "--epochs", "3"],
      "--epochs is for training, but --model forecasts without it."
    ),
    (
      ["--model", "out/model.safetensors", "--decoder", "direct"],
      "--decoder is for training, but --model forecasts without it."
    ),
    (
      ["--model", "out/model.safetensors", "--seed", "3"],
      "--seed is for training, but --model forecasts without it."
    ),
  ])
  func anOptionOutOfItsRange(_ options: [String], _ message: String) throws {
    try workspace.expectFailure(
      ["forecast", "sales.csv", "--output", "out"] + options, message, isUsage: true)
  }

  @Test func noTable() throws {
    try workspace.expectFailure(
      ["forecast"], "Missing expected argument '<sources> ...'", isUsage: true)
  }

  @Test func aHorizonLongerThanTheTable() throws {
    try workspace.expectFailure(
      SmallRun.arguments("--horizon", "61"), "the data span 61 steps, so nothing is left")
  }

  @Test func aColumnAskedForTwice() throws {
    try workspace.expectFailure(
      SmallRun.arguments("--id-column", "y"), "column \"y\" is used for two purposes")
  }

  @Test func anOutputDirectoryWithoutItsParent() throws {
    try workspace.expectFailure(
      SmallRun.arguments("--output", "none/out"),
      "none/out: there is no directory \"none\"; create it first")
  }

  @Test func anOutputDirectoryThatIsAFile() throws {
    try workspace.expectFailure(
      SmallRun.arguments("--output", "sales.csv"), "sales.csv: is a file, not a directory")
    try workspace.expectFailure(
      SmallRun.arguments("--output", "sales.csv/out"), "sales.csv/out: cannot be written")
  }

  /// Where not even root can make a file.
  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/proc/self")))
  func anOutputDirectoryThatCannotBeWritten() throws {
    try workspace.expectFailure(
      SmallRun.arguments("--output", "/proc/out"), "/proc/out: cannot be written")
    try workspace.expectFailure(
      SmallRun.arguments("--output", "/proc"), "/proc/forecasts.csv: cannot be written")
  }

  @Test func aResultInWhosePlaceThereIsADirectory() throws {
    try FileManager.default.createDirectory(
      at: workspace.directory.appending(path: "out/forecast.html"),
      withIntermediateDirectories: true)
    try workspace.expectFailure(SmallRun.arguments(), "out/forecast.html: is a directory")
  }

  /// Trained and found to be unusable: what stood in the directory stays as it was.
  @Test func aTrainingThatDivergesLeavesTheEarlierResults() throws {
    try expectSuccess(workspace.run(SmallRun.arguments()))
    let before = try workspace.data("out/forecasts.csv")
    let outcome = try workspace.run(SmallRun.arguments("--learning-rate", "1e300"))
    #expect(outcome.hasExited && outcome.status != 0)
    let last = outcome.errors.split(separator: "\n").last ?? ""
    #expect(last.hasPrefix("Error: ") && last.contains("learning"), "\(outcome.errors)")
    #expect(try workspace.data("out/forecasts.csv") == before)
    #expect(try workspace.contents() == SmallRun.contents)
  }
}
