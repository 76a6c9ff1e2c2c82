import ArgumentParser

@main
struct Foresight: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "foresight",
    abstract: "Prepares tables of sales, and forecasts them with neural networks.",
    version: "0.1.0",
    subcommands: [InspectCommand.self, PrepareCommand.self, ForecastCommand.self])
}
