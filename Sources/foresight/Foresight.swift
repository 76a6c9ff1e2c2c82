import ArgumentParser
import NeuralNetwork

@main
struct Foresight: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "foresight",
    abstract: "Prepares tables of sales, and forecasts them with neural networks.",
    discussion: """
      Results go to files and to standard output; progress and reports go to standard error. No \
      output replaces an input of the same run, and a run that fails or is interrupted changes no \
      file.

      Exit status: 0 for success, also when Ctrl-C ended a training early; 1 for an input or an \
      output that cannot be used; 64 for options that cannot be followed; 130 when Ctrl-C ended the \
      program.
      """,
    version: "0.1.0",
    subcommands: [InspectCommand.self, PrepareCommand.self, ForecastCommand.self])

  static func main() {
    RunFiles.begin()
    TemporaryFiles.removeOnSignals()
    main(nil)
  }
}
