import ArgumentParser
import Forecasting

/// What order lines mean, and what is summed of them. An option that is not given leaves what the schema
/// or the preset says.
struct OrderOptionGroup: ParsableArguments {
  @Option(
    help: """
      What is forecast: units, net-units (less what came back), revenue, net-revenue, orders, \
      customers, average-price, returned-units or returned-revenue. (default: units)
      """)
  var measure: DemandMeasure?

  @Option(help: "Further measures, which become columns of the past: average-price,orders.")
  var with: MeasureList?

  @Option(help: "What lines are summed by: item, or total for all items together. (default: item)")
  var by: DemandAccumulator.Grouping?

  @Option(help: "The ids of orders that cancel others, as a pattern: C*. May be repeated.")
  var cancellations: [String] = []

  @Option(
    help: "Items that are no goods, as a reason and patterns: postage=POST,DOT. May be repeated.")
  var exclude: [ExclusionArgument] = []

  @Option(
    help: "What a negative quantity in no cancellation is: returns or set-aside (a correction).")
  var negativeQuantities: OrderRules.NegativeQuantities?

  @Option(help: "How to handle lines with a price of 0 or less: keep or set-aside.")
  var linesWithoutPrice: OrderRules.Disposal?

  @Option(
    help: """
      How to handle repeated lines: keep, set-aside-repeated-runs (days that the file \
      has twice) or set-aside-all.
      """)
  var doubledLines: OrderRules.DoubledLines?

  @Option(help: "How to handle lines that cannot be read: reject or set-aside.")
  var faultyLines: OrderRules.FaultyLines?

  /// The rules with what was given.
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

  /// The first option that was given, or nil.
  var firstOption: String? {
    firstGiven([
      ("--measure", measure), ("--with", with), ("--by", by),
      ("--cancellations", cancellations.first), ("--exclude", exclude.first),
      ("--negative-quantities", negativeQuantities), ("--lines-without-price", linesWithoutPrice),
      ("--doubled-lines", doubledLines), ("--faulty-lines", faultyLines),
    ])
  }

  func validate() throws {
    let measures = [measure ?? .units] + (with?.measures ?? [])
    for (index, one) in measures.enumerated() where measures[..<index].contains(one) {
      throw ValidationError("--with \(one.argument) is there already.")
    }
  }
}

/// Measures with commas between them.
struct MeasureList: ExpressibleByArgument {
  let measures: [DemandMeasure]

  init?(argument: String) {
    let names = argument.split(separator: ",", omittingEmptySubsequences: false)
    measures = names.compactMap { DemandMeasure(argument: String($0)) }
    if measures.count != names.count { return nil }
  }
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
