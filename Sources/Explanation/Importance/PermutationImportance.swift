import Forecasting

/// The increase of a model's error if the values of an input are exchanged between the examples
/// (Breiman 2001; Fisher, Rudin & Dominici 2019).
///
/// An input that the model doesn't use, or that tells nothing, can be exchanged without an increase.
/// The definition is that of scikit-learn's `permutation_importance`: the mean over several random
/// orders. A group of inputs is exchanged as a whole, in the same orders.
///
/// ```swift
/// let examples = try WindowExamples(of: model, on: panel)
/// let importance = try PermutationImportance(of: examples, repeats: 5, seed: 1)
/// print(importance.inputs[0].input.name, importance.inputs[0].increase)
/// ```
///
/// Two limits follow from the definition. Inputs that tell the same share their importance: if one of
/// them is exchanged, the model still has the other, so look at the group. And importance is about
/// the model, not about causes: an input can be important because it goes along with what sells.
public struct PermutationImportance: Sendable {
  /// The increase of the error for one input or group.
  public struct Increase: Sendable {
    /// The input, or the group under its name.
    public let input: ExplainedInput
    /// The increase of the error in each random order.
    public let increases: [Double]
    /// A Boolean value that indicates whether the input differs between the examples. An input that
    /// doesn't can't be judged.
    public let isJudged: Bool

    /// The mean increase of the error, in its unit.
    public var increase: Double { increases.reduce(0, +) / Double(increases.count) }

    /// The standard deviation of the increases, with the count as the divisor, as scikit-learn's
    /// `importances_std`.
    public var deviation: Double {
      let mean = increase
      return
        (increases.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(increases.count))
        .squareRoot()
    }

    /// The standard error of the increase for an input that tells nothing: s · √(1 + 1 / R) with the
    /// sample deviation s of R orders. The original order counts as one of the possible orders. It
    /// is 0 for a single order.
    public var standardError: Double {
      let count = Double(increases.count)
      guard count > 1 else { return 0 }
      return deviation * (count / (count - 1)).squareRoot() * (1 + 1 / count).squareRoot()
    }

    /// A Boolean value that indicates whether the increase is larger than twice its standard error.
    public var isClear: Bool { isJudged && increase > 2 * standardError }
  }

  /// The error of the examples as they are.
  public let error: Double
  /// The increase for each input, the largest first.
  public let inputs: [Increase]
  /// The increase for each group, the largest first.
  public let groups: [Increase]

  /// Computes the importance of all inputs and groups.
  ///
  /// - Parameters:
  ///   - examples: The examples, preferably ones that the model wasn't trained on.
  ///   - repeats: The number of random orders. Stops the program if it is less than 1.
  ///   - seed: The seed of the orders, which are the same for all inputs.
  /// - Throws: `CancellationError` if the surrounding task is canceled.
  public init(
    of examples: some ExchangeableExamples, repeats: Int = 5, seed: UInt64 = 0
  ) throws {
    guard repeats >= 1 else {
      fatalError("PermutationImportance: expected at least 1 repeat, got \(repeats)")
    }
    var generator = Xoshiro256(seed: seed)
    let orders = (0..<repeats).map { _ in
      Array(0..<examples.count).shuffled(using: &generator)
    }
    try self.init(of: examples, orders: orders)
  }

  /// Computes the importance of all inputs and groups in given orders of the examples.
  package init(of examples: some ExchangeableExamples, orders: [[Int]]) throws {
    let error = examples.error(exchanging: [], by: Array(0..<examples.count))
    func increase(_ input: ExplainedInput, _ places: [Int]) throws -> Increase {
      let varying = places.filter(examples.varies)
      let increases = try orders.map { order in
        try Task.checkCancellation()
        return varying.isEmpty ? 0 : examples.error(exchanging: varying, by: order) - error
      }
      return Increase(input: input, increases: increases, isJudged: !varying.isEmpty)
    }
    let inputs = try examples.inputs.enumerated().map { try increase($0.element, [$0.offset]) }
    let groups = try InputGroup.allCases.compactMap { group -> Increase? in
      let places = examples.inputs.indices.filter { examples.inputs[$0].group == group }
      guard !places.isEmpty else { return nil }
      let named = ExplainedInput(name: group.rawValue, group: group)
      if places.count == 1 {
        let single = inputs[places[0]]
        return Increase(input: named, increases: single.increases, isJudged: single.isJudged)
      }
      return try increase(named, places)
    }
    self.error = error
    self.inputs = inputs.sortedByIncrease
    self.groups = groups.sortedByIncrease
  }
}

extension [PermutationImportance.Increase] {
  /// The increases in descending order, those that can't be judged last.
  fileprivate var sortedByIncrease: Self {
    sorted { ($1.isJudged ? 1 : 0, $1.increase) < ($0.isJudged ? 1 : 0, $0.increase) }
  }
}
