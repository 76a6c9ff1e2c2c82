import ArgumentParser
import Forecasting

/// A list of baselines, separated by commas, such as `naive,theta`; `none` for none.
struct BaselineList: ExpressibleByArgument {
  let names: [String]

  /// The baselines by default.
  static let standard = BaselineList(["naive", "seasonal-naive", "theta", "ets", "mstl", "ridge"])

  init(_ names: [String]) { self.names = names }

  init?(argument: String) {
    let names = argument == "none" ? [] : argument.split(separator: ",").map(String.init)
    guard names.allSatisfy({ Baseline.named($0) != nil }), Set(names).count == names.count else {
      return nil
    }
    self.names = names
  }

  var defaultValueDescription: String { names.joined(separator: ",") }

  static var defaultCompletionKind: CompletionKind {
    .list(of: Baseline.all.map(\.name) + ["none"])
  }

  static var allNames: String { Baseline.all.map(\.name).joined(separator: ", ") }

  /// Returns the forecasters, with quantiles at some levels.
  func forecasters(seasonLength: Int?, quantileLevels: [Double]) -> [any Forecaster] {
    names.compactMap { Baseline.named($0) }.map {
      $0.forecaster(seasonLength: seasonLength, quantileLevels: quantileLevels)
    }
  }
}
