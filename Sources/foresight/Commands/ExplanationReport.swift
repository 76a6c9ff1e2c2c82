import Explanation
import Forecasting

/// An explanation, as lines to print.
struct ExplanationReport: CustomStringConvertible {
  private let explanation: ModelExplanation
  private let names: [String: String]

  init(_ explanation: ModelExplanation, names: [String: String]) {
    self.explanation = explanation
    self.names = names
  }

  var description: String {
    [basis, importance, cautions, tree, linear, dependence, contributions].compactMap { $0 }
      .joined(separator: "\n\n")
  }

  private var unit: String { explanation.panel.calendar.frequency.unit }

  // MARK: - Importance

  /// The windows that the importance is measured on.
  var basis: String {
    let windows = explanation.windows
    let calendar = explanation.panel.calendar
    let (first, last) = (windows.ends.lowerBound, windows.ends.upperBound)
    let extent =
      "\(windows.count.counted("window")) of \(windows.seriesCount) series, forecast from "
      + "\(calendar.label(at: first))"
      + (first == last ? "" : " to \(calendar.label(at: last))")
    let training = explanation.model.trainedUntil.map { "before \($0)" } ?? "until an unknown date"
    let note =
      windows.areHeldOut
      ? "The network was trained on the sales \(training), so it has not seen these forecast steps."
      : "The network was trained on the sales \(training), which include these windows: errors on new "
        + "sales are larger, and so may be the importance of inputs that it memorized."
    return "importance measured on \(extent)\n\(note)"
  }

  private var importance: String {
    let importance = explanation.importance
    let error = (importance.error * 100).fixed(1)
    func rows(_ increases: [PermutationImportance.Increase]) -> [[String]] {
      increases.map { one in
        guard one.isJudged else { return [one.input.name, "same in all windows", ""] }
        return [
          one.input.name, Self.points(one.increase) + Self.remark(one),
          "± " + (one.standardError * 100).fixed(2),
        ]
      }
    }
    func table(_ title: String, _ increases: [PermutationImportance.Increase]) -> String {
      TextTable([[title, "Error grows by", "Std. error"]] + rows(increases)).description
    }
    let inputs = importance.inputs.prefix(Self.shownInputs)
    let others = importance.inputs.count - inputs.count
    return
      "error of the forecasts: \(error) % of the sales; if an input is exchanged between windows, "
      + "it grows by (in points):\n\n"
      + table("Group of inputs", importance.groups) + "\n\n" + table("Input", Array(inputs))
      + (others > 0 ? "\nand \(others) more in importances.csv" : "")
  }

  /// Lines about the limits of importance.
  var cautions: String {
    var lines = [
      "Inputs that tell the same share their importance: look at the group.",
      "Importance is about the network, not about causes.",
    ]
    let unjudged = explanation.importance.inputs.filter { !$0.isJudged }.map(\.input.name)
    if !unjudged.isEmpty {
      lines.append(
        "Not judged, since they are the same in all windows: \(unjudged.joined(separator: ", "))."
          + (explanation.windows.endCount == 1
            ? " All windows have the same dates; sales after the training over more than one horizon "
              + "would show more." : ""))
    }
    return lines.joined(separator: "\n")
  }

  private static let shownInputs = 15

  /// Returns a remark about an increase that isn't clearly above 0.
  private static func remark(_ one: PermutationImportance.Increase) -> String {
    if one.isClear { return "" }
    return one.increase < -2 * one.standardError ? " (better without)" : " (unclear)"
  }

  private static func points(_ increase: Double) -> String {
    (increase < 0 ? "" : "+") + (increase * 100).fixed(2)
  }

  // MARK: - Surrogates

  private var tree: String {
    guard let surrogates = explanation.surrogates else {
      return "surrogates: none, since there are too few windows with sales"
    }
    return treeTitle(surrogates) + ":\n"
      + rules(surrogates).map { "  " + $0 }.joined(separator: "\n")
  }

  private var linear: String? {
    explanation.surrogates.map {
      linearTitle($0) + ":\n\n" + TextTable(coefficients($0)).description
    }
  }

  /// Returns what the decision tree is, and its fidelity.
  func treeTitle(_ surrogates: ForecastSurrogates) -> String {
    "decision tree that imitates the forecasts, " + fidelity(surrogates.treeFidelity)
  }

  /// Returns the lines of the decision tree.
  func rules(_ surrogates: ForecastSurrogates) -> [String] {
    surrogates.tree.rules(surrogates.columns, flags: surrogates.flags) { leaf in
      "\(leaf.mean.fixed(2)) × usual sales (\(leaf.count) forecasts)"
    }
  }

  /// Returns what the linear model is, and its fidelity.
  func linearTitle(_ surrogates: ForecastSurrogates) -> String {
    "linear model that imitates the forecasts, " + fidelity(surrogates.linearFidelity)
      + ", in % of the usual sales"
  }

  /// Returns a table of the largest coefficients of the linear model.
  func coefficients(_ surrogates: ForecastSurrogates) -> [[String]] {
    let model = surrogates.linear
    let order = model.coefficients.indices
      .sorted { abs(model.coefficients[$0]) > abs(model.coefficients[$1]) }
      .prefix(Self.shownCoefficients)
    let rows = order.map { place in
      [
        surrogates.columns[place], model.means[place].fixed(2, leastDigits: 2),
        model.deviations[place].fixed(2, leastDigits: 2),
        Self.points(model.coefficients[place]) + " %",
      ]
    }
    return [["Column", "Mean", "Std. deviation", "Effect of one std. deviation"]] + rows
  }

  private static let shownCoefficients = 10

  private func fidelity(_ fidelity: ForecastSurrogates.Fidelity) -> String {
    func text(_ r2: Double?) -> String { r2?.fixed(3) ?? "undefined" }
    return "R² \(text(fidelity.r2)) relative to the usual sales of each series and "
      + "\(text(fidelity.r2OfSales)) in sales, on \(fidelity.count) forecasts that it was not fitted to"
  }

  // MARK: - Partial dependence

  private var dependence: String? {
    let shown = explanation.dependences.filter { !$0.ids.isEmpty && $0.settings.count > 1 }
    guard !shown.isEmpty else {
      return
        "partial dependence: none, since the network sees no column that is known ahead and has "
        + "different values"
    }
    let rows = shown.map { dependence -> [String] in
      let means = dependence.means
      let (low, high) = (
        means.indices.min { means[$0] < means[$1] }!, means.indices.max { means[$0] < means[$1] }!
      )
      func text(_ place: Int) -> String {
        "\(means[place].fixed(2, leastDigits: 2)) at \(dependence.settings[place])"
      }
      return [dependence.column, text(low), text(high)]
    }
    return
      "mean forecast of a series per \(unit) if a column has another value in all future steps "
      + "(\(shown[0].ids.count) series):\n\n"
      + TextTable([["Column", "Lowest", "Highest"]] + rows).description
  }

  // MARK: - Contributions

  private var contributions: String {
    let contributions = explanation.contributions
    let steps = explanation.openSteps
    func mean(_ values: [Double]) -> Double {
      steps.reduce(0) { $0 + values[$1] } / Double(max(steps.count, 1))
    }
    let means = contributions.means(over: steps)
    let order = means.indices.filter { means[$0] != 0 }
      .sorted { abs(means[$0]) > abs(means[$1]) }
    func number(_ value: Double) -> String { value.fixed(2, leastDigits: 2) }
    let shown = order.prefix(Self.shownInputs)
    let rest = order.dropFirst(shown.count).reduce(0) { $0 + means[$1] }
    let rows =
      [["baseline: nothing changes", number(mean(contributions.baseline))]]
      + shown.map { place in
        [contributions.inputs[place].name, (means[place] < 0 ? "" : "+") + number(means[place])]
      }
      + (rest == 0 ? [] : [["other inputs", (rest < 0 ? "" : "+") + number(rest)]])
      + [["forecast", number(mean(contributions.forecast))]]
    let calendar = contributions.calendar
    let closed = calendar.count - steps.count
    let name = names[contributions.id].map { " (\($0))" } ?? ""
    return "forecast of \(contributions.id)\(name), \(calendar.label(at: 0)) to "
      + "\(calendar.label(at: calendar.count - 1)), sales per \(unit)"
      + (closed > 0 ? " without \(closed.counted("closed \(unit)"))" : "") + ":\n\n"
      + TextTable([["Contribution of", "Sales per \(unit)"]] + rows).description
      + "\n\nThe contributions to each \(unit) add up to forecast − baseline within "
      + Self.share(contributions.residual) + " of the forecast "
      + "(\(contributions.pointCount) points)."
  }

  private static func share(_ residual: Double) -> String {
    residual < 1e-6 ? "0.0001 %" : (residual * 100).fixed(4) + " %"
  }
}
