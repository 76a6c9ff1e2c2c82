import ArgumentParser
import Forecasting

/// Options for the meaning of order lines and the measures to aggregate. An option that is not
/// given leaves the value from the schema or preset.
struct OrderOptionGroup: ParsableArguments {
  @Option(
    help: """
      The measure to forecast: units, net-units (units minus returns), revenue, net-revenue, orders, \
      customers, average-price, returned-units, or returned-revenue. (default: units)
      """)
  var measure: DemandMeasure?

  @Option(help: "Additional measures, which become past-only columns: average-price,orders.")
  var measures: MeasureList?

  @Option(help: "How to group lines: by item, or total for all items together. (default: item)")
  var by: DemandAccumulator.Grouping?

  @Option(help: "A pattern for the ids of orders that cancel others: C*. Can be repeated.")
  var cancellations: [String] = []

  @Option(
    help: "Items that are not goods, as a reason and patterns: postage=POST,DOT. Can be repeated.")
  var exclude: [ExclusionArgument] = []

  @Option(
    help: "How to handle negative quantities outside of cancellations: returns or set-aside.")
  var negativeQuantities: OrderRules.NegativeQuantities?

  @Option(help: "How to handle lines with a price of 0 or less: keep or set-aside.")
  var linesWithoutPrice: OrderRules.Disposal?

  @Option(
    help: """
      How to handle repeated lines: keep, set-aside-repeated-runs (days that the file contains \
      twice), or set-aside-all.
      """)
  var doubledLines: OrderRules.DoubledLines?

  @Option(help: "How to handle lines that cannot be read: reject or set-aside.")
  var faultyLines: OrderRules.FaultyLines?

  /// Returns the rules, updated with the given options.
  func rules(_ rules: OrderRules) -> OrderRules {
    var rules = rules
    if !cancellations.isEmpty { rules.cancellations = cancellations }
    if !exclude.isEmpty { rules.exclusions = exclude.map(\.exclusion) }
    if let negativeQuantities { rules.negativeQuantities = negativeQuantities }
    if let linesWithoutPrice { rules.linesWithoutPrice = linesWithoutPrice }
    if let doubledLines { rules.doubledLines = doubledLines }
    if let faultyLines { rules.faultyLines = faultyLines }
    return rules
  }

  /// The first option that was given, or `nil`.
  var firstOption: String? {
    firstGiven([
      ("--measure", measure), ("--measures", measures), ("--by", by),
      ("--cancellations", cancellations.first), ("--exclude", exclude.first),
      ("--negative-quantities", negativeQuantities), ("--lines-without-price", linesWithoutPrice),
      ("--doubled-lines", doubledLines), ("--faulty-lines", faultyLines),
    ])
  }

  func validate() throws {
    let measures = [measure ?? .units] + (self.measures?.measures ?? [])
    for (index, one) in measures.enumerated() where measures[..<index].contains(one) {
      throw ValidationError("--measures: \(one.argument) is already among the measures.")
    }
  }
}

/// A list of measures, separated by commas.
struct MeasureList: ExpressibleByArgument {
  let measures: [DemandMeasure]

  init?(argument: String) {
    let names = argument.split(separator: ",", omittingEmptySubsequences: false)
    measures = names.compactMap { DemandMeasure(argument: String($0)) }
    if measures.count != names.count { return nil }
  }

  static var defaultCompletionKind: CompletionKind { .list(of: DemandMeasure.allValueStrings) }
}

/// A reason and patterns of items, such as `postage=POST,DOT`.
struct ExclusionArgument: ExpressibleByArgument {
  let exclusion: OrderRules.Exclusion

  init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1)
    guard parts.count == 2 else { return nil }
    var exclusion = OrderRules.Exclusion(String(parts[0]))
    exclusion.items = parts[1].split(separator: ",").map(String.init)
    self.exclusion = exclusion
  }
}
