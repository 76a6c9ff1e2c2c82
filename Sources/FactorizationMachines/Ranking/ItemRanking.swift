import SIMDKernels
import Tensor

/// A ranking of items for a context, such as a customer or a segment, by a factorization machine.
///
/// The score of a context and an item together is a constant of the context, a constant of the item,
/// and the product of the sums of their factors. So the items' constants and sums are computed once,
/// and ranking M items takes O(MK) operations. A field-aware model scores each pair instead.
///
/// ```swift
/// let items = ["tea", "coffee", "milk"].map { [index.entry("item", $0)] }
/// let ranking = ItemRanking(fit.model, items: items)
/// let best = ranking.top(2, for: [index.entry("customer", "anna")])
/// print(best.map(\.item), best.map(\.score))
/// ```
///
/// For a segment, give each of its n customers an entry with the value 1/n: the factors of the
/// context are then the mean of the customers' factors.
public struct ItemRanking: Sendable {
  /// An item and its score.
  public struct RankedItem: Sendable, Hashable {
    /// The index of the item.
    public let item: Int
    /// The score of the context and the item together: for classification, the log-odds.
    public let score: Double
  }

  private let model: FactorizationMachine
  private let items: [[SparseRows.Entry]]
  /// The score of each item without the bias, [M].
  private var constants: [Double] = []
  /// The sums of the factors of each item, [M, K].
  private var sums: [Float] = []

  /// Creates a ranking of items, each given by its entries. Stops the program if an entry does not
  /// match the model.
  public init(_ model: FactorizationMachine, items: [[SparseRows.Entry]]) {
    self.model = model
    self.items = items
    guard !model.isFieldAware else { return }
    sums = Array(repeating: 0, count: max(1, items.count * model.rank))
    for (place, item) in items.enumerated() {
      constants.append(part(item, sums: &sums, at: place * model.rank))
    }
  }

  /// Returns the best items for a context, from the highest score to the lowest. Of equal scores, the
  /// item with the lower index comes first.
  ///
  /// Stops the program if an entry does not match the model, or if the context and an item have a
  /// column in common.
  ///
  /// - Parameters:
  ///   - count: The maximum number of items.
  ///   - context: The entries of the customer, segment, or situation.
  ///   - excluded: The indices of items to leave out, such as those that the customer already has.
  public func top(
    _ count: Int, for context: [SparseRows.Entry], excluding excluded: Set<Int> = []
  ) -> [RankedItem] {
    let ranked = zip(items.indices, scores(for: context))
      .filter { !excluded.contains($0.0) }
      .map { RankedItem(item: $0.0, score: $0.1) }
      .sorted { ($1.score, $0.item) < ($0.score, $1.item) }
    return Array(ranked.prefix(max(0, count)))
  }

  /// Returns the score of the context with each item, [M].
  public func scores(for context: [SparseRows.Entry]) -> [Double] {
    if model.isFieldAware {
      var rows = SparseRows(
        columnCount: model.columnCount, fieldCount: model.fieldCount ?? 1)
      for item in items { rows.append(context + item) }
      return model.scores(of: rows).scalars.map(Double.init)
    }
    let columns = Set(context.map(\.column))
    guard !items.contains(where: { $0.contains { columns.contains($0.column) } }) else {
      fatalError("ItemRanking: expected a context without the columns of items, got \(context)")
    }
    let rank = model.rank
    var own = [Float](repeating: 0, count: max(1, rank))
    let constant = Double(model.bias) + part(context, sums: &own, at: 0)
    return sums.withUnsafeBufferPointer { sums in
      items.indices.map { item in
        constant + constants[item]
          + fs_dot_f32(own, sums.baseAddress! + item * rank, rank)
      }
    }
  }

  /// Returns the score of entries without the bias, and writes the sums of their factors.
  private func part(
    _ entries: [SparseRows.Entry], sums: inout [Float], at start: Int
  ) -> Double {
    var rows = SparseRows(columnCount: model.columnCount, fieldCount: .max)
    rows.append(entries)
    return rows.withView { view in
      model.withParameters { parameters in
        sums.withUnsafeMutableBufferPointer {
          parameters.score(of: 0, view, sums: $0.baseAddress! + start) - Double(model.bias)
        }
      }
    }
  }
}
