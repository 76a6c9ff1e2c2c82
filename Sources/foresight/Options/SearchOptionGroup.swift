import ArgumentParser
import Forecasting

/// Options for a search over the hyperparameters of networks.
struct SearchOptionGroup: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      The time of the whole run, such as 90s, 10m, or 1h30m. Three fifths of it are for the search. The \
      results then depend on the speed of the machine. (default: 10m, or no limit with --trials)
      """, valueName: "time"))
  var budget: DurationArgument?

  @Option(
    parsing: .unconditional,
    help: "The maximum number of trials. Without --budget, the results only depend on the seed.")
  var trials: Int?

  @Option(
    help: ArgumentHelp(
      """
      The networks of the search, separated by commas: \(NetworkList.allNames). (default: \
      \(NetworkList.searched.text))
      """, valueName: "networks"))
  var network: NetworkList?

  @Option(
    parsing: .unconditional,
    help: """
      The maximum number of windows before the held-out steps on which trials are scored. There are fewer \
      if the history is short.
      """)
  var windows = 3

  @Option(parsing: .unconditional, help: "The seed of the search and of the trainings.")
  var seed: UInt64 = 0

  @Flag(
    help: """
      Continue the search in trials.jsonl of the --output directory, after the process was killed or to \
      add trials. The data and the options must be the same.
      """)
  var resume = false

  func validate() throws {
    try check(trials, "--trials", in: OptionRange.rounds)
    try check(windows, "--windows", in: OptionRange.windows)
  }

  /// The time limit, or nil for none.
  var timeLimit: Duration? { budget?.duration ?? (trials == nil ? .seconds(600) : nil) }

  /// The architectures of the networks.
  var architectures: [any ForecastArchitecture.Type] {
    (network ?? .searched).names.map(\.type)
  }
}
