extension ScenarioComparison {
  /// Returns both forecasts as CSV by RFC 4180, with a row for each series and step, and with the
  /// prices if there are any.
  public func csv(idColumn: String = "unique_id", timeColumn: String = "ds") -> String {
    var text = "\(csvField(idColumn)),\(csvField(timeColumn)),plan,scenario,change"
    text += prices == nil ? "\n" : ",plan-price,scenario-price\n"
    for (index, id) in plan.ids.enumerated() {
      for step in 0..<plan.horizon {
        let cell = index * plan.horizon + step
        let (before, after) = (plan.values[cell], scenario.values[cell])
        var fields = [csvField(id), plan.calendar.label(at: step)]
        fields += [before, after, after - before].map(\.plainDecimal)
        if let prices {
          fields += [prices.plan[cell], prices.scenario[cell]].map {
            $0.isNaN ? "" : $0.plainDecimal
          }
        }
        text += fields.joined(separator: ",") + "\n"
      }
    }
    return text
  }

  /// Returns the sums of each series over the horizon as CSV, those first that change most.
  public func csvOfSeries(idColumn: String = "unique_id") -> String {
    var text = "\(csvField(idColumn)),plan,scenario,change,relative_change"
    text += prices == nil ? "\n" : ",plan_revenue,scenario_revenue,revenue_change\n"
    for index in order {
      let units = units(at: index)
      var fields = [csvField(plan.ids[index])]
      fields += [units.plan, units.scenario, units.change].map(\.plainDecimal)
      fields.append(units.relativeChange?.plainDecimal ?? "")
      if let revenue = revenue(at: index) {
        fields += [revenue.plan, revenue.scenario, revenue.change].map(\.plainDecimal)
      }
      text += fields.joined(separator: ",") + "\n"
    }
    return text
  }
}
