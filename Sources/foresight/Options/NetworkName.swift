import ArgumentParser
import Forecasting

/// The name of a network's architecture on the command line, in lower case.
struct NetworkName: CaseIterable {
  let type: any ForecastArchitecture.Type

  static let allCases = KnownTypes.builtIn.architectures.map { NetworkName(type: $0) }

  /// The network that is trained unless another one is named.
  static var standard: NetworkName { allCases[0] }

  var argument: String { type.name.lowercased() }

  private init(type: any ForecastArchitecture.Type) { self.type = type }

  init?(argument: String) {
    guard let found = Self.allCases.first(where: { $0.argument == argument }) else { return nil }
    self = found
  }
}

/// A list of networks, separated by commas, such as `lstm,mlp`.
struct NetworkList: ExpressibleByArgument {
  let names: [NetworkName]

  /// The networks that are trained unless others are named.
  static let standard = NetworkList(names: [.standard])

  private init(names: [NetworkName]) { self.names = names }

  init?(argument: String) {
    let texts = argument.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    let names = texts.compactMap { NetworkName(argument: $0) }
    guard names.count == texts.count, Set(texts).count == texts.count else { return nil }
    self.names = names
  }

  var text: String { names.map(\.argument).joined(separator: ",") }

  static var allNames: String {
    NetworkName.allCases.map(\.argument).joined(separator: ", ")
  }
}
