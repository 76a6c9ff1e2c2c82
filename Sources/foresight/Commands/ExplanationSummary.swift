import Explanation

/// The results of `foresight explain` as JSON.
struct ExplanationSummary: Encodable {
  /// The error of the forecasts as a share of the sales.
  let error: Double
  /// A Boolean value that indicates whether the model was trained before the explained windows.
  let heldOut: Bool
  let groups, inputs: [Increase]
  let tree, linear: Fidelity?
  let contributions: Contributions

  struct Increase: Encodable {
    let input: String
    /// The increase of the error, or nil if the input is the same in all windows.
    let increase, standardError: Double?
  }

  struct Fidelity: Encodable {
    let r2, r2OfSales: Double?
    let forecasts: Int
  }

  struct Contributions: Encodable {
    let id: String
    let forecast, baseline: [Double]
    /// The mean contribution of each input to a forecast step.
    let means: [String: Double]
    let residual: Double
  }

  init(_ explanation: ModelExplanation) {
    func increases(_ all: [PermutationImportance.Increase]) -> [Increase] {
      all.map {
        Increase(
          input: $0.input.name, increase: $0.isJudged ? $0.increase : nil,
          standardError: $0.isJudged ? $0.standardError : nil)
      }
    }
    func fidelity(_ fidelity: ForecastSurrogates.Fidelity) -> Fidelity {
      Fidelity(r2: fidelity.r2, r2OfSales: fidelity.r2OfSales, forecasts: fidelity.count)
    }
    error = explanation.importance.error
    heldOut = explanation.windows.areHeldOut
    groups = increases(explanation.importance.groups)
    inputs = increases(explanation.importance.inputs)
    tree = explanation.surrogates.map { fidelity($0.treeFidelity) }
    linear = explanation.surrogates.map { fidelity($0.linearFidelity) }
    let parts = explanation.contributions
    let means = parts.means(over: explanation.openSteps)
    contributions = Contributions(
      id: parts.id, forecast: parts.forecast, baseline: parts.baseline,
      means: Dictionary(zip(parts.inputs.map(\.name), means)) { first, _ in first },
      residual: parts.residual)
  }
}
