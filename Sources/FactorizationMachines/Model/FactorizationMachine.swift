import SIMDKernels
import Tensor

/// A factorization machine of second order (Rendle 2010), or a field-aware one (Juan et al. 2016).
///
/// The score of a row x is w₀ + Σ wⱼ xⱼ + Σ_{i<j} ⟨vᵢ, vⱼ⟩ xᵢ xⱼ. The factors vⱼ have K elements, so
/// that the weight of a pair of features can be estimated even if they never occurred together.
/// Scoring a row with n entries takes O(nK) operations. In a field-aware machine, a feature has
/// factors for each field of the other one, ⟨v_{i, field j}, v_{j, field i}⟩, which takes O(n²K).
/// With a rank of K = 0, the model is a linear or logistic regression.
///
/// Train it with a ``FactorizationTrainer``.
public struct FactorizationMachine: Sendable, Equatable {
  /// The loss that the model is for.
  public let loss: FactorizationLoss
  /// A Boolean value that indicates whether the factors depend on the other feature's field.
  public let isFieldAware: Bool
  /// The bias w₀.
  public var bias: Float
  /// The linear weights w, [D].
  public var linear: Tensor<Float>
  /// The factors V: [D, K], or [D, F, K] if the model is field-aware.
  public var factors: Tensor<Float>

  /// Creates a model from its parameters. Stops the program if their shapes do not match.
  public init(
    loss: FactorizationLoss, bias: Float, linear: Tensor<Float>, factors: Tensor<Float>
  ) {
    guard linear.rank == 1, 2...3 ~= factors.rank, factors.shape[0] == linear.shape[0] else {
      fatalError(
        "FactorizationMachine: expected linear weights [D] and factors [D, K] or [D, F, K], but got "
          + "shapes \(linear.shape) and \(factors.shape)")
    }
    self.loss = loss
    self.bias = bias
    self.linear = linear
    self.factors = factors
    isFieldAware = factors.rank == 3
  }

  /// The number of columns, D.
  public var columnCount: Int { linear.elementCount }
  /// The number of fields, F, or `nil` if the model is not field-aware.
  public var fieldCount: Int? { isFieldAware ? factors.shape[1] : nil }
  /// The rank K: the number of factors of a feature, for each field if the model is field-aware.
  public var rank: Int { factors.shape[-1] }

  /// Returns the scores of rows, [N]: for classification, the log-odds of the positive class.
  ///
  /// Stops the program if the rows have more columns or fields than the model.
  public func scores(of rows: SparseRows) -> Tensor<Float> {
    Tensor(Tensor<Double>(rawScores(of: rows)))
  }

  /// Returns the predictions for rows, [N]: values for regression, and probabilities of the positive
  /// class for classification.
  ///
  /// Stops the program if the rows have more columns or fields than the model.
  public func predictions(for rows: SparseRows) -> Tensor<Float> {
    Tensor(Tensor<Double>(rawScores(of: rows).map(loss.prediction)))
  }

  /// Returns the mean loss of rows, weighted by their weights. Returns 0 if there are no rows.
  ///
  /// Stops the program if the rows have more columns or fields than the model.
  public func meanLoss(of data: LabeledRows) -> Double {
    var (sum, total) = (0.0, 0.0)
    for (row, score) in rawScores(of: data.rows).enumerated() {
      let weight = Double(data.weights?[row] ?? 1)
      sum += weight * loss.valueWithSlope(score, label: data.labels[row]).value
      total += weight
    }
    return total > 0 ? sum / total : 0
  }

  /// Returns the scores of rows in double precision.
  private func rawScores(of rows: SparseRows) -> [Double] {
    checkColumns(of: rows)
    return rows.withView { view in
      withParameters { parameters in
        let chunk = 256
        return parallelMap((rows.count + chunk - 1) / chunk) { index in
          var sums = [Float](repeating: 0, count: max(1, parameters.rank))
          let end = min(rows.count, (index + 1) * chunk)
          return (index * chunk..<end).map { row in
            sums.withUnsafeMutableBufferPointer {
              parameters.score(of: row, view, sums: $0.baseAddress!)
            }
          }
        }.flatMap(\.self)
      }
    }
  }

  /// Stops the program if rows have more columns or fields than the model.
  func checkColumns(of rows: SparseRows) {
    guard rows.columnCount <= columnCount, rows.fieldCount <= fieldCount ?? .max else {
      let fields = fieldCount.map { " and \($0) fields" } ?? ""
      fatalError(
        "FactorizationMachine: expected rows of at most \(columnCount) columns\(fields), but got "
          + "\(rows.columnCount) columns and \(rows.fieldCount) fields")
    }
  }

  /// Calls a closure with the parameters' memory.
  func withParameters<Result>(_ body: (ParameterView) throws -> Result) rethrows -> Result {
    // A tensor without elements can be without an address.
    let factors = factors.elementCount > 0 ? factors : .zeros([1])
    let linear = linear.elementCount > 0 ? linear : .zeros([1])
    return try linear.withUnsafeBufferPointer { weights in
      try factors.withUnsafeBufferPointer { elements in
        try body(
          ParameterView(
            bias: bias, weights: SendablePointer(weights.baseAddress!), weightStride: 1,
            factors: SendablePointer(elements.baseAddress!),
            factorStride: (fieldCount ?? 1) * rank, rank: rank, isFieldAware: isFieldAware))
      }
    }
  }
}
