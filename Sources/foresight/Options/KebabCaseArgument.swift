import ArgumentParser
import Forecasting

/// An option value whose library name, such as `setAside`, is spelled `set-aside` on the command
/// line.
public protocol KebabCaseArgument: ExpressibleByArgument, CaseIterable, RawRepresentable<String> {}

extension KebabCaseArgument {
  public init?(argument: String) {
    guard let found = Self.allCases.first(where: { $0.argument == argument }) else { return nil }
    self = found
  }

  public static var allValueStrings: [String] { allCases.map(\.argument) }

  public var defaultValueDescription: String { argument }

  /// The value's spelling on the command line.
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
extension RecurrentDecoder: KebabCaseArgument {}
extension ReconciliationMethod: KebabCaseArgument {}
extension ShortSeriesPolicy: KebabCaseArgument {}
extension StockOutTreatment: KebabCaseArgument {}
