import FactorizationMachines
import TestSupport
import Testing

@Suite struct ItemRankingTests {
  private static let contexts: [[SparseRows.Entry]] = [
    [.init(column: 0)], [.init(column: 1, value: 0.5), .init(column: 2, value: 0.5)],
  ]
  private static let items: [[SparseRows.Entry]] = (3..<9).map { column in
    [.init(column: column, field: 1), .init(column: 9 + column % 2, value: 0.75, field: 2)]
  }

  private static func model(rank: Int, isFieldAware: Bool) -> FactorizationMachine {
    FactorizationMachine(
      loss: .logistic, bias: -0.5, linear: .wave([11], phase: 0.3),
      factors: .wave(isFieldAware ? [11, 3, rank] : [11, rank], phase: 0.8))
  }

  @Test(arguments: [0, 1, 5, 17], [false, true])
  func scoresAreThoseOfTheWholeRow(rank: Int, isFieldAware: Bool) {
    let model = Self.model(rank: rank, isFieldAware: isFieldAware)
    let ranking = ItemRanking(model, items: Self.items)
    for context in Self.contexts {
      var rows = SparseRows(columnCount: 11, fieldCount: 3)
      for item in Self.items { rows.append(context + item) }
      let expected = model.scores(of: rows)
      expectClose(Tensor(ranking.scores(for: context).map { Float($0) }), expected)
      let best = ranking.top(4, for: context)
      let order = expected.scalars.indices.sorted { expected.scalars[$0] > expected.scalars[$1] }
      #expect(best.map(\.item) == Array(order.prefix(4)))
      #expect(zip(best, best.dropFirst()).allSatisfy { $0.score >= $1.score })
    }
  }

  @Test func someItemsAreLeftOut() {
    let ranking = ItemRanking(Self.model(rank: 2, isFieldAware: false), items: Self.items)
    let best = ranking.top(2, for: Self.contexts[0])
    let others = ranking.top(9, for: Self.contexts[0], excluding: Set(best.map(\.item)))
    #expect(others.count == 4)
    #expect(Set(others.map(\.item)).isDisjoint(with: best.map(\.item)))
    #expect(ranking.top(0, for: Self.contexts[0]).isEmpty)
  }

  @Test func equalScoresAreInTheOrderOfTheItems() {
    let model = FactorizationMachine(
      loss: .squaredError, bias: 1, linear: .zeros([11]), factors: .zeros([11, 3]))
    let best = ItemRanking(model, items: Self.items).top(3, for: Self.contexts[0])
    #expect(best.map(\.item) == [0, 1, 2])
    #expect(best.map(\.score) == [1, 1, 1])
  }

  /// Customers of one parity buy the items of theirs: the model ranks those first.
  @Test func ranksWhatACustomerLikes() throws {
    var purchases = PurchaseRows(negatives: 3)
    for customer in 0..<12 {
      // Each customer lacks one of the items that it likes.
      for item in 0..<20 where (customer + item) % 2 == 0 && item / 2 != customer / 2 {
        purchases.add(customer: "c\(customer)", item: "i\(item)")
      }
    }
    var generator = Xoshiro256(seed: 3)
    let rows = purchases.rows(using: &generator)
    #expect(rows.count == 12 * 9 * 4)
    var trainer = FactorizationTrainer(.logistic, rank: 4)
    trainer.epochs = 60
    let fit = try trainer.fit(rows, using: &generator)
    var index = purchases.index
    let items = (0..<20).map { [index.entry("item", "i\($0)")] }
    let ranking = ItemRanking(fit.model, items: items)
    for customer in 0..<12 {
      let best = ranking.top(10, for: [index.entry("customer", "c\(customer)")]).map(\.item)
      #expect(best.allSatisfy { ($0 + customer) % 2 == 0 }, "customer \(customer): \(best)")
    }
    // A segment of the even customers likes the even items.
    let segment = stride(from: 0, to: 12, by: 2).map {
      index.entry("customer", "c\($0)", value: 1.0 / 6)
    }
    #expect(ranking.top(10, for: segment).allSatisfy { $0.item % 2 == 0 })
  }
}
