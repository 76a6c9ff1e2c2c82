import ArgumentParser
import Forecasting

/// An option's value that the library writes as `setAside` and the command line as `set-aside`.
public protocol KebabCaseArgument: ExpressibleByArgument, CaseIterable, RawRepresentable<String> {}

extension KebabCaseArgument {
  public init?(argument: String) {
    guard let found = Self.allCases.first(where: { $0.argument == argument }) else { return nil }
    self = found
  }

  public static var allValueStrings: [String] { allCases.map(\.argument) }

  public var defaultValueDescription: String { argument }

  /// The value as the command line writes it.
  var argument: String {
    rawValue.reduce(into: "") { $0 += $1.isUppercase ? "-\($1.lowercased())" : "\($1)" }
  }
}

extension DemandMeasure: KebabCaseArgument {}
extension DemandAccumulator.Grouping: KebabCaseArgument {}
extension OrderRules.NegativeQuantities: KebabCaseArgument {}
extension OrderRules.Disposal: KebabCaseArgument {}
extension OrderRules.DoubledLines: KebabCaseArgument {}
extension OrderRules.FaultyLines: KebabCaseArgument {}
extension LSTMArchitecture.Decoder: KebabCaseArgument {}
extension ShortSeriesPolicy: KebabCaseArgument {}
