import RealModule

extension Reference {
  /// The extents of an attention of several heads.
  public struct AttentionExtents: Sendable {
    /// The number of sequences in the batch.
    public var B: Int
    /// The number of queries of a sequence.
    public var T: Int
    /// The number of keys of a sequence, each with a value.
    public var S: Int
    /// The number of features of a query, a key, or a value, which the heads divide.
    public var E: Int
    /// The number of heads.
    public var heads: Int
    /// A Boolean value that indicates whether query t sees the keys 0...t only.
    public var isCausal = false

    /// Creates the extents of queries [B, T, E] and of keys and values [B, S, E].
    public init(B: Int, T: Int, S: Int, E: Int, heads: Int) {
      (self.B, self.T, self.S, self.E, self.heads) = (B, T, S, E, heads)
    }
  }

  /// The queries, keys, and values of an attention, or their gradients.
  public struct AttentionOperands<Scalar: Sendable>: Sendable {
    /// The queries, [B, T, E].
    public var queries: [Scalar]
    /// The keys and the values, [B, S, E].
    public var keys, values: [Scalar]

    /// Creates operands.
    public init(queries: [Scalar], keys: [Scalar], values: [Scalar]) {
      (self.queries, self.keys, self.values) = (queries, keys, values)
    }
  }

  /// Returns the softmax of each row of scores [rows, columns] over the keys that its query sees,
  /// and 0 for other keys.
  ///
  /// - Parameters:
  ///   - ignored: Numbers that are not 0 for keys that no query sees, [columns]; nil for none.
  ///   - isCausal: A Boolean value that indicates whether row r sees the keys 0...first + r only.
  @inlinable
  public static func attentionWeights<Scalar: Real & BinaryFloatingPoint>(
    _ scores: [Scalar], ignored: [Scalar]?, isCausal: Bool, first: Int, rows: Int, columns: Int
  ) -> [Scalar] {
    require(scores, "scores", count: rows * columns, in: "attentionWeights")
    return (0..<rows).flatMap { row in
      let seen = (0..<columns).filter { key in
        (ignored?[key] ?? 0) == 0 && (!isCausal || key <= first + row)
      }
      let weights = softmax(
        seen.map { scores[row * columns + $0] }, rows: 1, columns: seen.count)
      var result = [Scalar](repeating: 0, count: columns)
      for (key, weight) in zip(seen, weights) { result[key] = weight }
      return result
    }
  }

  /// Returns softmax(q kᵀ / √d) v of each head, [B, T, E], where d = E / heads.
  ///
  /// - Parameter ignored: Numbers that are not 0 for keys that no query sees, [B, S]; nil for none.
  @inlinable
  public static func attention<Scalar: Real & BinaryFloatingPoint>(
    _ operands: AttentionOperands<Scalar>, ignored: [Scalar]?, _ extents: AttentionExtents
  ) -> [Scalar] {
    var output = [Scalar](repeating: 0, count: operands.queries.count)
    forEachQuery(operands, ignored, extents) { query, keys, weights in
      for (key, weight) in zip(keys, weights) {
        for j in 0..<extents.E / extents.heads {
          output[query + j] += weight * operands.values[key + j]
        }
      }
    }
    return output
  }

  /// Returns the gradients of queries, keys, and values, given the gradient `dy` of the result.
  @inlinable
  public static func attentionBackward<Scalar: Real & BinaryFloatingPoint>(
    _ operands: AttentionOperands<Scalar>, dy: [Scalar], ignored: [Scalar]?,
    _ extents: AttentionExtents
  ) -> AttentionOperands<Scalar> {
    let size = extents.E / extents.heads
    let scale = 1 / Scalar(size).squareRoot()
    var gradients = AttentionOperands(
      queries: operands.queries.map { _ in Scalar(0) }, keys: operands.keys.map { _ in Scalar(0) },
      values: operands.values.map { _ in Scalar(0) })
    forEachQuery(operands, ignored, extents) { query, keys, weights in
      let slopes = keys.map { key in
        (0..<size).reduce(Scalar(0)) { $0 + dy[query + $1] * operands.values[key + $1] }
      }
      let scores = softmaxBackward(y: weights, dy: slopes, rows: 1, columns: keys.count)
      for (place, key) in keys.enumerated() {
        for j in 0..<size {
          gradients.values[key + j] += weights[place] * dy[query + j]
          gradients.queries[query + j] += scale * scores[place] * operands.keys[key + j]
          gradients.keys[key + j] += scale * scores[place] * operands.queries[query + j]
        }
      }
    }
    return gradients
  }

  /// Calls a closure for each query of each head, with the index of its first feature, those of the
  /// keys, and the weights of the keys.
  @inlinable
  static func forEachQuery<Scalar: Real & BinaryFloatingPoint>(
    _ operands: AttentionOperands<Scalar>, _ ignored: [Scalar]?, _ extents: AttentionExtents,
    _ body: (_ query: Int, _ keys: [Int], _ weights: [Scalar]) -> Void
  ) {
    let (T, S, E) = (extents.T, extents.S, extents.E)
    require(operands.queries, "queries", count: extents.B * T * E, in: "attention")
    require(operands.keys, "keys", count: extents.B * S * E, in: "attention")
    require(operands.values, "values", count: extents.B * S * E, in: "attention")
    let size = E / extents.heads
    for b in 0..<extents.B {
      for head in 0..<extents.heads {
        let keys = (0..<S).map { (b * S + $0) * E + head * size }
        for t in 0..<T {
          let query = (b * T + t) * E + head * size
          let scores = keys.map { key in
            (0..<size).reduce(Scalar(0)) {
              $0 + operands.queries[query + $1] * operands.keys[key + $1]
            } / Scalar(size).squareRoot()
          }
          let weights = attentionWeights(
            scores, ignored: ignored.map { Array($0[b * S..<(b + 1) * S]) },
            isCausal: extents.isCausal, first: t, rows: 1, columns: S)
          body(query, keys, weights)
        }
      }
    }
  }
}
