/// The results of a ``PolicySimulation``.
public struct PolicyResults: Sendable {
  /// The results of the policy with one forecaster.
  public struct Model: Sendable {
    /// The forecaster's name.
    public let name: String
    /// The sums over all series and steps.
    public let total: StockTotals
    /// The sums of each series, in the order of ``ids``.
    public let series: [StockTotals]
    /// The sums of each review period.
    public let periods: [StockTotals]
    /// The ids of the series.
    public let ids: [String]

    /// Creates results from the sums of each series and review period.
    init(name: String, ids: [String], _ courses: [[StockTotals]]) {
      func sum(_ parts: [StockTotals]) -> StockTotals {
        parts.reduce(into: StockTotals()) { $0.add($1) }
      }
      self.name = name
      self.ids = ids
      series = courses.map(sum)
      periods = (courses.first ?? []).indices.map { place in sum(courses.map { $0[place] }) }
      total = sum(series)
    }
  }

  /// The policy.
  public let policy: ReplenishmentPolicy
  /// The costs.
  public let costs: StockCosts
  /// The simulated steps.
  public let calendar: RegularCalendar
  /// The results of each forecaster, in the order of the simulation.
  public let models: [Model]

  /// The models from the least to the highest cost.
  public var ranked: [Model] {
    models.indices.sorted {
      (models[$0].total.cost(costs), $0) < (models[$1].total.cost(costs), $1)
    }.map { models[$0] }
  }

  /// Returns the difference between the costs of a review period of two models.
  ///
  /// A positive mean says that the first model costs more. The periods are not fully independent, since
  /// stock passes from one to the next.
  public func difference(between model: Model, and other: Model) -> PairedDifference {
    PairedDifference(
      zip(model.periods, other.periods).map { $0.cost(costs) - $1.cost(costs) })
  }
}

extension PolicyResults: CustomStringConvertible {
  /// Two aligned tables for a terminal, without a newline at the end: the costs and the service of each
  /// model, and the differences between its cost in a review period and that of the best one.
  public var description: String {
    let ranked = ranked
    let header = [
      "Policy with", "Cost", "of shortages", "of holding", "Fill rate", "Cycle service",
      "Mean stock", "Leftover",
    ]
    let rows = ranked.map { model in
      let total = model.total
      return [
        model.name, money(total.cost(costs)), money(costs.shortage * total.shortage),
        money(costs.holding * total.held), percent(total.fillRate), percent(total.cycleService),
        (total.held / Double(calendar.count)).fixed(0), total.leftover.fixed(0),
      ]
    }
    let table = TextTable([header] + rows)
    guard ranked.count > 1 else { return table.description }
    let differences = ranked.dropFirst().map { model in
      let difference = difference(between: model, and: ranked[0])
      return [
        model.name, money(difference.mean), difference.standardError.map(money) ?? "–",
        difference.interval().map { "\(money($0.lowerBound)) to \(money($0.upperBound))" } ?? "–",
      ]
    }
    let second = [
      "Cost of a period above \(ranked[0].name)", "Mean", "Standard error", "95 % interval",
    ]
    return "\(table)\n\n\(TextTable([second] + differences))"
  }

  private func money(_ amount: Double) -> String {
    amount.fixed(abs(amount) < 100 ? 2 : 0)
  }

  private func percent(_ share: Double?) -> String {
    share.map { ($0 * 100).fixed(1) + " %" } ?? "–"
  }
}

extension PolicyResults {
  /// Returns a table with a row for each model and series as CSV by RFC 4180, with LF line ends. Fields
  /// without a value are empty.
  public func csv(idColumn: String = "unique_id") -> String {
    var text = "model,\(csvField(idColumn)),demand,shortage,mean_stock,leftover,ordered,orders"
    text += ",fill_rate,cycle_service,cost\n"
    for model in ranked {
      for (id, totals) in zip(model.ids, model.series) {
        let numbers: [Double?] = [
          totals.demand, totals.shortage, totals.held / Double(calendar.count), totals.leftover,
          totals.ordered, Double(totals.orderCount), totals.fillRate, totals.cycleService,
          totals.cost(costs),
        ]
        text += ([csvField(model.name), csvField(id)] + numbers.map { $0?.plainDecimal ?? "" })
          .joined(separator: ",")
        text += "\n"
      }
    }
    return text
  }
}
