import ArgumentParser
import Forecasting
import Tuning

/// The name of a network's architecture on the command line, in lower case.
struct NetworkName: CaseIterable {
  let type: any ForecastArchitecture.Type

  static let allCases = KnownTypes.builtIn.architectures.map { NetworkName(type: $0) }

  var argument: String { type.name.lowercased() }

  fileprivate init(type: any ForecastArchitecture.Type) { self.type = type }

  init?(argument: String) {
    guard let found = Self.allCases.first(where: { $0.argument == argument }) else { return nil }
    self = found
  }
}

/// A list of networks, separated by commas, such as `lstm,mlp`.
struct NetworkList: ExpressibleByArgument {
  let names: [NetworkName]

  /// The networks that are trained unless others are named.
  ///
  /// The two err differently. With the LSTM alone, the RMSSE of the combination of all models was 1.3 %
  /// (Walmart), 1.8 % (Australian retail), 2.0 % (M4 weekly), and 6.0 % (M4 hourly) higher in five windows of
  /// `foresight backtest`.
  static let standard = NetworkList(names: [
    NetworkName(type: LSTMArchitecture.self), NetworkName(type: TiDEArchitecture.self),
  ])

  /// The networks of a search unless others are named.
  static let searched = NetworkList(
    names: AutomaticRun.searchedArchitectures.map { NetworkName(type: $0) })

  private init(names: [NetworkName]) { self.names = names }

  init?(argument: String) {
    let texts = argument.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    let names = texts.compactMap { NetworkName(argument: $0) }
    guard names.count == texts.count, Set(texts).count == texts.count else { return nil }
    self.names = names
  }

  var text: String { names.map(\.argument).joined(separator: ",") }

  static var defaultCompletionKind: CompletionKind {
    .list(of: NetworkName.allCases.map(\.argument))
  }

  static var allNames: String {
    NetworkName.allCases.map(\.argument).joined(separator: ", ")
  }
}
