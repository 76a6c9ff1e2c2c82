import FactorizationMachines
import NeuralNetwork
import ReferenceKernels

extension Suites {
  /// Factorization machines over rows of one category for each of several fields: scores, and a step
  /// of gradient descent on all rows. The references follow the definitions, which take more
  /// operations, and are not timed.
  static var factorization: [Case] {
    [8, 16].flatMap { rank in
      [false, true].flatMap { FactorizationSize(rank: rank, isFieldAware: $0).cases }
    }
  }
}

private struct FactorizationSize {
  let rank: Int
  let isFieldAware: Bool

  private var rowCount: Int { 4096 }
  private var fields: Int { 12 }
  private var columnCount: Int { fields * 500 }

  var cases: [Case] {
    let sizes = "N\(rowCount) F\(fields) D\(columnCount) K\(rank)"
    let form = isFieldAware ? ", field-aware" : ""
    return [
      Case(
        suite: "factorization", name: "scores\(form) \(sizes)", isReferenceTimed: false,
        make: scores),
      Case(
        suite: "factorization", name: "training step\(form) \(sizes)", isReferenceTimed: false,
        make: step),
    ]
  }

  private func scores() -> any Workload {
    let (rows, model) = (rows, model)
    let table = FactorizationRows(rows, model)
    return Computation(
      { model.scores(of: rows) }, reference: { table.scores },
      metrics: Metric.perElement(rowCount))
  }

  private func step() -> any Workload {
    let (rows, model) = (rows, model)
    let table = FactorizationRows(rows, model)
    let labels = (0..<rowCount).map { Float($0 % 3) }
    let data = LabeledRows(rows, labels: labels)
    var trainer = FactorizationTrainer(.squaredError, rank: rank)
    trainer.isFieldAware = isFieldAware
    trainer.optimizer = .sgd(learningRate: 1)
    trainer.factorRegularization = 0
    (trainer.batchSize, trainer.epochs) = (rowCount, 1)
    return Computation(
      {
        var generator = Xoshiro256(seed: 1)
        guard let fit = try? trainer.fit(data, from: model, using: &generator) else {
          fatalError("factorization: expected a loss that is finite")
        }
        return fit.model.factors
      },
      reference: { table.factors(afterStepTowards: labels) }, metrics: Metric.perElement(rowCount))
  }

  private var rows: SparseRows {
    var generator = Xoshiro256(seed: 2)
    var rows = SparseRows(columnCount: columnCount, fieldCount: fields)
    for _ in 0..<rowCount {
      rows.append(
        (0..<fields).map { field in
          let column = field * 500 + Int.random(in: 0..<500, using: &generator)
          let value = Float.random(in: 0.5..<1, using: &generator)
          return SparseRows.Entry(column: column, value: value, field: field)
        })
    }
    return rows
  }

  private var model: FactorizationMachine {
    FactorizationMachine(
      loss: .squaredError, bias: 0.1, linear: .random([columnCount], in: -0.1..<0.1, seed: 3),
      factors: .random(
        isFieldAware ? [columnCount, fields, rank] : [columnCount, rank], in: -0.3..<0.3, seed: 4))
  }
}

/// The definition of a model on rows, in terms of the reference kernels.
private struct FactorizationRows {
  private let entries: [(columns: [Int], fields: [Int], x: [Float])]
  private let model: FactorizationMachine
  private let linear: [Float]
  private let v: [Float]

  init(_ rows: SparseRows, _ model: FactorizationMachine) {
    entries = (0..<rows.count).map { row in
      let entries = rows[row]
      return (
        entries.map { Int($0.column) }, entries.map { Int($0.field) }, entries.map(\.value)
      )
    }
    self.model = model
    (linear, v) = (model.linear.scalars, model.factors.scalars)
  }

  private var K: Int { model.rank }
  private var F: Int { model.fieldCount ?? 1 }

  /// The scores of all rows.
  var scores: [Float] {
    entries.map { columns, fields, x in
      let pairs =
        model.isFieldAware
        ? Reference.fieldFactorization(columns: columns, fields: fields, x: x, v: v, F: F, K: K)
        : Reference.factorization(columns: columns, x: x, v: v, K: K).value
      return zip(columns, x).reduce(model.bias + pairs) { $0 + linear[$1.0] * $1.1 }
    }
  }

  /// Returns the factors after a step of gradient descent with a rate of 1.
  func factors(afterStepTowards labels: [Float]) -> [Float] {
    var result = v
    for (row, (score, label)) in zip(scores, labels).enumerated() {
      let (columns, fields, x) = entries[row]
      let slope = 2 * (score - label) / Float(entries.count)
      let sums =
        model.isFieldAware ? [] : Reference.factorization(columns: columns, x: x, v: v, K: K).sums
      for (place, column) in columns.enumerated() {
        let start = column * F * K
        let gradient =
          model.isFieldAware
          ? Reference.fieldFactorizationGradient(
            columns: columns, fields: fields, x: x, place: place, slope: slope, v: v, F: F, K: K)
          : Reference.factorizationGradient(
            rows: [0], x: [x[place]], slopes: [slope], sums: sums,
            v: Array(v[start..<start + K]))
        for (index, element) in gradient.enumerated() { result[start + index] -= element }
      }
    }
    return result
  }
}
