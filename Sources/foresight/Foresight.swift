import ArgumentParser
import NeuralNetwork

@main
struct Foresight: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "foresight",
    abstract: "Prepares tables of sales and forecasts them with neural networks.",
    discussion: """
      Results go to files and to standard output. Progress and reports go to standard error. Output \
      never replaces an input of the same run, and a run that fails or is interrupted changes no \
      files, except that logs of --tensorboard and the journal of foresight auto remain.

      foresight doctor checks the installation. To complete commands, options, and their values in \
      bash, add this line to ~/.bashrc, and start a new shell (for zsh and fish, see foresight doctor --help):

      source <(foresight --generate-completion-script bash)

      Exit status: 0 for success, also if Ctrl-C ended training early; 1 if an input or output \
      cannot be used; 64 for invalid options; 130 if Ctrl-C ended the program.
      """,
    version: "0.1.0",
    subcommands: [
      InspectCommand.self, PrepareCommand.self, ForecastCommand.self,
      AutoCommand.self, BacktestCommand.self, ScoreCommand.self, ReconcileCommand.self,
      SimulateCommand.self,
      ReportCommand.self,
      StockCommand.self,
      SeasonCommand.self,
      ExplainCommand.self, WhatIfCommand.self,
      SegmentsCommand.self,
      DoctorCommand.self,
    ])

  static func main() {
    RunFiles.begin()
    TemporaryFiles.removeOnSignals()
    main(nil)
  }
}
