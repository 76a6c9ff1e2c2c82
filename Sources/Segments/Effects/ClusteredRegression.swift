import Tensor

/// An ordinary least squares regression on demeaned panels, with standard errors that allow for any
/// correlation within a customer and within a second kind of cluster, such as a category (Cameron,
/// Gelbach & Miller 2011).
///
/// Many rows of one customer say little more than one of them if its habits make them alike, and a
/// discount applies to all customers at once. Counting the rows as independent would make intervals
/// far too narrow.
package struct ClusteredRegression {
  let regressorCount: Int
  /// The sums of products of the regressors, [P, P], and with the outcome, [P].
  private var normal: Moments
  /// The same sums of each customer, second cluster, and combination of both.
  private var ofCustomers: [Int: Moments] = [:]
  private var ofSecond: [Int: Moments] = [:]
  private var ofBoth: [Moments] = []

  private struct Moments {
    var products: [Double]
    var outcomes: [Double]

    init(_ count: Int) {
      products = Array(repeating: 0, count: count * count)
      outcomes = Array(repeating: 0, count: count)
    }

    mutating func add(_ other: Moments) {
      for index in products.indices { products[index] += other.products[index] }
      for index in outcomes.indices { outcomes[index] += other.outcomes[index] }
    }

    /// Returns the sum of regressor times residual, [P].
    func score(_ coefficients: [Double]) -> [Double] {
      let count = outcomes.count
      return outcomes.indices.map { row in
        outcomes[row]
          - (0..<count).reduce(0) { $0 + products[row * count + $1] * coefficients[$1] }
      }
    }
  }

  package init(regressors: Int) {
    regressorCount = regressors
    normal = Moments(regressors)
  }

  /// Adds a demeaned panel, whose units are each in a customer's cluster and, optionally, in a second
  /// one. No two units of all panels have both in common.
  package mutating func add(
    _ panel: TwoWayPanel, customer: (_ unit: Int) -> Int, second: ((_ unit: Int) -> Int)? = nil
  ) {
    let outcome = panel.variables[regressorCount]
    for unit in 0..<panel.unitCount {
      var moments = Moments(regressorCount)
      let row = panel.place(unit, 0)..<panel.place(unit + 1, 0)
      for left in 0..<regressorCount {
        let values = panel.variables[left]
        for right in left..<regressorCount {
          let others = panel.variables[right]
          let sum = row.reduce(0.0) { $0 + values[$1] * others[$1] }
          moments.products[left * regressorCount + right] = sum
          moments.products[right * regressorCount + left] = sum
        }
        moments.outcomes[left] = row.reduce(0.0) { $0 + values[$1] * outcome[$1] }
      }
      normal.add(moments)
      ofCustomers[customer(unit), default: Moments(regressorCount)].add(moments)
      guard let second else { continue }
      ofSecond[second(unit), default: Moments(regressorCount)].add(moments)
      ofBoth.append(moments)
    }
  }

  /// The fitted regression, or `nil` if a regressor does not vary or there are fewer than two
  /// clusters.
  package func fit() -> Fit? {
    let count = regressorCount
    // A regressor without variation, but for rounding, has no effect to estimate.
    let diagonal = (0..<count).map { normal.products[$0 * count + $0] }
    let clusters = min(ofCustomers.count, ofSecond.isEmpty ? .max : ofSecond.count)
    guard clusters >= 2, diagonal.allSatisfy({ $0 > 1e-9 }),
      let inverse = try? inverse(Tensor(shape: [count, count], scalars: normal.products)),
      inverse.scalars.allSatisfy(\.isFinite)
    else { return nil }
    let matrix = inverse.scalars
    func product(_ vector: [Double]) -> [Double] {
      (0..<count).map { row in
        (0..<count).reduce(0) { $0 + matrix[row * count + $1] * vector[$1] }
      }
    }
    let coefficients = product(normal.outcomes)
    // Hash tables have no order, and the order of sums must not change between runs.
    func influences(_ moments: [Int: Moments]) -> [Int: [Double]] {
      moments.mapValues { product($0.score(coefficients)) }
    }
    return Fit(
      coefficients: coefficients, ofCustomers: influences(ofCustomers),
      ofSecond: influences(ofSecond), ofBoth: ofBoth.map { product($0.score(coefficients)) })
  }

  /// The coefficients, and the influence of each cluster on them.
  package struct Fit {
    let coefficients: [Double]
    fileprivate let ofCustomers: [Int: [Double]]
    fileprivate let ofSecond: [Int: [Double]]
    fileprivate let ofBoth: [[Double]]

    /// Returns the difference of a coefficient from that of a fit to other customers.
    ///
    /// - Parameter place: The regressor of the other fit.
    package func difference(_ regressor: Int, from other: Fit, _ place: Int) -> EffectEstimate {
      // No customer is in both fits, but second clusters, such as categories, are.
      let second = Set(ofSecond.keys).union(other.ofSecond.keys).sorted().map { key in
        [(ofSecond[key]?[regressor] ?? 0) - (other.ofSecond[key]?[place] ?? 0)]
      }
      let customers =
        Self.variance(ofCustomers.ordered, regressor)
        + Self.variance(other.ofCustomers.ordered, place)
      let categories = Self.variance(second, 0)
      let both = Self.sum(ofBoth, regressor) + Self.sum(other.ofBoth, place)
      let variance = max(customers + categories - both, max(customers, categories))
      let clusters = [
        ofCustomers.count, other.ofCustomers.count, second.isEmpty ? .max : second.count,
      ]
      return EffectEstimate(
        value: coefficients[regressor] - other.coefficients[place],
        standardError: variance.squareRoot(), degreesOfFreedom: max(1, clusters.min()! - 1))
    }

    /// Returns the coefficient of a regressor.
    package func estimate(_ regressor: Int) -> EffectEstimate {
      let (customers, second) = (ofCustomers.ordered, ofSecond.ordered)
      let byCustomer = Self.variance(customers, regressor)
      let bySecond = Self.variance(second, regressor)
      // The sum can be too small, or negative, if there are few clusters.
      let variance = max(
        byCustomer + bySecond - Self.sum(ofBoth, regressor), max(byCustomer, bySecond))
      let clusters = min(customers.count, second.isEmpty ? .max : second.count)
      return EffectEstimate(
        value: coefficients[regressor], standardError: variance.squareRoot(),
        degreesOfFreedom: clusters - 1)
    }

    /// Returns the sum of the squared influences, with the correction for few clusters.
    private static func variance(_ influences: [[Double]], _ regressor: Int) -> Double {
      let count = Double(influences.count)
      return count < 2 ? 0 : sum(influences, regressor) * count / (count - 1)
    }

    private static func sum(_ influences: [[Double]], _ regressor: Int) -> Double {
      influences.reduce(0) { $0 + $1[regressor] * $1[regressor] }
    }
  }
}

extension [Int: [Double]] {
  /// The values in the order of their keys.
  fileprivate var ordered: [[Double]] { keys.sorted().map { self[$0]! } }
}
