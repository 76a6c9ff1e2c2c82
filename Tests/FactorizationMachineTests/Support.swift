import FactorizationMachines

extension LabeledRows {
  /// Four rows of five columns and two fields, the last one empty, with weights.
  static func small(_ loss: FactorizationLoss = .logistic) -> LabeledRows {
    let fields = [0, 1, 0, 1, 1]
    let entries: [[(column: Int, value: Float)]] = [
      [(0, 1), (3, 0.5)], [(1, -2), (2, 1), (4, 0.25)], [(0, 0.5), (1, 1), (2, 2), (3, 1)], [],
    ]
    var rows = SparseRows(columnCount: 5, fieldCount: 2)
    for row in entries {
      rows.append(row.map { .init(column: $0.column, value: $0.value, field: fields[$0.column]) })
    }
    return LabeledRows(rows, labels: [1, 0, 1, 0], weights: [1, 2, 0.5, 1])
  }

  /// Rows of a customer, an item, and a day, one of each, whose class is 1 exactly if the parities
  /// of the customer and the item are equal: no sum of weights of single features tells it.
  static func parities(_ count: Int, seed: UInt64) -> LabeledRows {
    var generator = Xoshiro256(seed: seed)
    var index = FeatureIndex(fields: ["customer", "item", "day"])
    for (field, size) in zip(index.fields, [12, 10, 7]) {
      for category in 0..<size { _ = index.addColumn(field, "\(category)") }
    }
    var rows = index.emptyRows()
    var labels: [Float] = []
    for _ in 0..<count {
      let customer = Int.random(in: 0..<12, using: &generator)
      let item = Int.random(in: 0..<10, using: &generator)
      let day = Int.random(in: 0..<7, using: &generator)
      rows.append([
        index.entry("customer", "\(customer)"), index.entry("item", "\(item)"),
        index.entry("day", "\(day)"),
      ])
      labels.append((customer + item) % 2 == 0 ? 1 : 0)
    }
    return LabeledRows(rows, labels: labels)
  }
}
