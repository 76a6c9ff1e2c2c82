import ArgumentParser

@main
struct Foresight: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "foresight",
    abstract: "Forecasts sales with neural networks.",
    version: "0.1.0",
    subcommands: [ForecastCommand.self])
}
