import ArgumentParser
import Forecasting
import Foundation

/// A command that trains the forecasting model for one epoch on a table, in a process of its own,
/// for comparison with `neuralforecast_epoch.py`.
@main
struct ForecastEpoch: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ForecastEpoch",
    abstract: "Trains the forecasting model for one epoch, and forecasts the days after it.",
    discussion: """
      The last days of the table, as many as the horizon, are held out. Prints a JSON object with \
      the seconds of the training and the mean absolute error on the held-out days.
      """)

  @Argument(help: "The table: a CSV file with columns unique_id, ds, and y.")
  var table: String

  @Option(help: "The network: lstm or deepar.")
  var network: Network

  @Option(help: "The number of days to forecast.")
  var horizon: Int

  @Option(help: "The number of past days in a window.")
  var inputLength: Int

  @Option(help: "The number of units of each LSTM layer.")
  var hiddenSize: Int

  @Option(help: "The number of LSTM layers of the encoder and of a recurrent decoder.")
  var layers: Int

  @Option(help: "The decoder of an LSTM: recurrent or direct.")
  var decoder = LSTMArchitecture.Decoder.direct

  @Option(help: "The number of windows in a step.")
  var batchSize: Int

  @Option(help: "The number of steps in the epoch.")
  var steps: Int

  func run() throws {
    let holdOut = try HoldOut(LongTableReader().read(table).panel, horizon: horizon)
    let forecaster = forecaster()
    let start = ContinuousClock.now
    let model = try forecaster.fit(holdOut.history)
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    let forecast = try model.forecast(from: holdOut.history, horizon: horizon)
    let result = Result(
      trainingSeconds: seconds, steps: steps, batchSize: batchSize,
      meanAbsoluteError: holdOut.evaluate(forecast).overall.mae)
    print(String(decoding: try JSONEncoder().encode(result), as: UTF8.self))
  }

  private func forecaster() -> any Forecaster {
    let windows = WindowSpecification(horizon: horizon, inputLength: inputLength, seasonLength: 7)
    let training = NetworkTraining(epochs: 1, stepsPerEpoch: steps, batchSize: batchSize)
    return switch network {
    case .lstm:
      LSTMForecaster(
        windows: windows,
        architecture: .init(hiddenSize: hiddenSize, layerCount: layers, decoder: decoder),
        head: PointHead(.huber(delta: 1)), training: training)
    case .deepar:
      NetworkForecaster(
        windows: windows,
        architecture: DeepARArchitecture(hiddenSize: hiddenSize, layerCount: layers),
        head: NegativeBinomialHead(), training: training)
    }
  }
}

/// The network that is trained.
enum Network: String, ExpressibleByArgument {
  case lstm, deepar
}

extension LSTMArchitecture.Decoder: ExpressibleByArgument {}

private struct Result: Encodable {
  let trainingSeconds: Double
  let steps: Int
  let batchSize: Int
  let meanAbsoluteError: Double?
}
