import Forecasts

extension ForecastDrivers {
  /// The drivers as parts of a page without scripts: charts of the importance and of the effects, and
  /// the rules of the tree.
  public var parts: [ChartPage.Part] {
    [.heading("What drove the forecast"), .paragraph(summary)] + importanceParts + treeParts
      + linearParts + effectParts
  }

  private var summary: String {
    let seen =
      basis.areHeldOut
      ? "It was not trained on them."
      : "It was trained on them, too, so that errors on new sales are larger."
    return
      "The network \(model) was tested on \(basis.windows.counted("window")) of \(basis.series) series, "
      + "forecast from \(basis.first)"
      + (basis.first == basis.last ? "" : " to \(basis.last)")
      + ". \(seen)" + (error.map { " Its error was \(($0 * 100).fixed(1)) % of the sales." } ?? "")
  }

  private var importanceParts: [ChartPage.Part] {
    [
      .paragraph(
        "The more the error grows if an input is exchanged between windows, the more the forecast "
          + "depends on it. Inputs that tell the same share their importance: look at the group. "
          + "Importance is about the network, not about causes."),
      .chart(bars("Groups: increase of the error, in points", groups)),
      .chart(bars("Inputs: increase of the error, in points", inputs)),
    ] + unjudged
  }

  private var unjudged: [ChartPage.Part] {
    let names = inputs.filter { $0.increase == nil }.map(\.name)
    return names.isEmpty
      ? []
      : [
        .paragraph(
          "Not judged, since they are the same in all windows: \(names.joined(separator: ", ")).")
      ]
  }

  private func bars(_ title: String, _ importances: [Importance]) -> BarChart {
    let shown = importances.filter { $0.increase != nil }.prefix(20)
    let values = shown.map { ($0.increase ?? 0) * 100 }
    let intervals = zip(values, shown).map { value, one in
      let width = 200 * (one.standardError ?? 0)
      return value - width...value + width
    }
    return BarChart(title: title, labels: shown.map(\.name), values, intervals: Array(intervals))
  }

  private var treeParts: [ChartPage.Part] {
    guard let tree else { return [] }
    return [
      .heading("What the network does, in simple terms"),
      .paragraph("A decision tree that imitates the forecasts, \(Self.text(tree.fidelity))."),
      .lines(tree.rules),
    ]
  }

  private var linearParts: [ChartPage.Part] {
    guard let linear else { return [] }
    let chart = BarChart(
      title: "Change of the forecast in % of the usual sales",
      labels: linear.features.map(\.feature), linear.features.map { $0.change * 100 })
    return [
      .paragraph(
        "A linear model that imitates the forecasts, \(Self.text(linear.fidelity)). The change is that "
          + "if a feature is true instead of false, or larger by one standard deviation."),
      .chart(chart),
    ]
  }

  private static func text(_ fidelity: Fidelity) -> String {
    "R² \(fidelity.r2?.fixed(3) ?? "undefined") on \(fidelity.count) forecasts that it was not fitted to"
  }

  private var effectParts: [ChartPage.Part] {
    guard !effects.isEmpty else { return [] }
    return [
      .heading("Other values of columns that are known ahead"),
      .paragraph(
        "The mean forecast of a series if a column has another value in all future steps."),
    ]
      + effects.map { effect in
        .chart(
          BarChart(
            title: effect.column, labels: effect.settings.map(\.text), effect.means))
      }
  }
}

extension ForecastDrivers.Setting {
  /// The value as a text, such as `0.9 times`.
  var text: String {
    category ?? (number ?? 0).shortDecimal + (isFactor ? " times" : "")
  }
}

extension ForecastDrivers.Tree {
  /// The tree as indented lines, a question before the lines of its two answers.
  var rules: [String] {
    var lines: [String] = []
    func add(_ place: Int, _ question: String?, depth: Int) {
      let node = nodes[place]
      let indent = String(repeating: "  ", count: depth)
      guard let split = node.split else {
        let leaf = "\(node.mean.fixed(2)) × usual sales (\(node.count) forecasts)"
        lines.append(indent + (question.map { "\($0): " } ?? "") + leaf)
        return
      }
      if let question { lines.append("\(indent)\(question):") }
      let inner = question == nil ? depth : depth + 1
      let threshold = split.threshold.fixed(2, leastDigits: 2)
      add(
        split.upper, split.isFlag ? split.feature : "\(split.feature) above \(threshold)",
        depth: inner)
      add(
        split.lower, split.isFlag ? "not \(split.feature)" : "\(split.feature) up to \(threshold)",
        depth: inner)
    }
    add(0, nil, depth: 0)
    return lines
  }
}
