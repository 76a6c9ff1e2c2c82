import ArgumentParser
import Forecasting

/// The name of a network's architecture on the command line, in lower case.
struct NetworkName: ExpressibleByArgument, CaseIterable {
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

  static var allValueStrings: [String] { allCases.map(\.argument) }
}
