import Foundation
import FactorizationMachines
import ReferenceKernels
import TestSupport
import Testing

// Ten steps of each optimizer, pinned to PyTorch 2.15:
//
//     import torch
//     from torch.nn.functional import binary_cross_entropy_with_logits
//
//     def wave(shape, phase):
//         n = torch.Size(shape).numel()
//         return (torch.sin(torch.arange(n, dtype=torch.float64) * 0.7 + phase) * 0.5).reshape(shape)
//
//     entries = [[(0, 1.0), (3, 0.5)], [(1, -2.0), (2, 1.0), (4, 0.25)],
//                [(0, 0.5), (1, 1.0), (2, 2.0), (3, 1.0)], []]
//     x = torch.zeros(4, 5, dtype=torch.float64)
//     for r, row in enumerate(entries):
//         for c, value in row: x[r, c] = value
//     y = torch.tensor([1, 0, 1, 0], dtype=torch.float64)
//     weight = torch.tensor([1, 2, 0.5, 1], dtype=torch.float64)
//     field = [0, 1, 0, 1, 1]
//
//     def plain(w0, w, v):
//         return w0 + x @ w + 0.5 * ((x @ v) ** 2 - x ** 2 @ v ** 2).sum(1)
//
//     def field_aware(w0, w, v):
//         pairs = [x[:, i] * x[:, j] * (v[i, field[j]] * v[j, field[i]]).sum()
//                  for i in range(5) for j in range(i + 1, 5)]
//         return w0 + x @ w + sum(pairs)
//
//     def objective(score, w, v, loss, lw=0.05, lv=0.1):
//         l = (binary_cross_entropy_with_logits(score, y, reduction="none") if loss == "logistic"
//              else (score - y) ** 2)
//         has = (x != 0).double()
//         penalty = lw / 2 * has @ w ** 2 + lv / 2 * has @ (v.reshape(5, -1) ** 2).sum(1)
//         return (weight * (l + penalty)).mean()
//
//     def run(score, shape, loss, make):
//         p = [torch.nn.Parameter(t) for t in
//              (torch.tensor([0.3], dtype=torch.float64), wave((5,), 0.2), wave(shape, 1.1))]
//         optimizer = make(p)
//         for _ in range(10):
//             optimizer.zero_grad()
//             s = score(*p)
//             print(objective(s, p[1], p[2], loss, 0, 0) * 4 / weight.sum())
//             objective(s, p[1], p[2], loss).backward()
//             optimizer.step()
//         print(p)
//
//     for score, shape in [(plain, (5, 3)), (field_aware, (5, 2, 3))]:
//         for loss in ["logistic", "squaredError"]:
//             run(score, shape, loss, lambda p: torch.optim.SGD(p, lr=0.1))
//             run(score, shape, loss,
//                 lambda p: torch.optim.Adagrad(p, lr=0.1, initial_accumulator_value=0.01))
//             run(score, shape, loss, lambda p: torch.optim.Adam(p, lr=0.1))
@Suite struct FactorizationTrainingTests {
  private static func start(
    _ loss: FactorizationLoss, isFieldAware: Bool
  ) -> FactorizationMachine {
    FactorizationMachine(
      loss: loss, bias: 0.3, linear: .wave([5], phase: 0.2),
      factors: .wave(isFieldAware ? [5, 2, 3] : [5, 3], phase: 1.1))
  }

  private static func trainer(
    _ loss: FactorizationLoss, isFieldAware: Bool, _ optimizer: FactorizationOptimizer
  ) -> FactorizationTrainer {
    var trainer = FactorizationTrainer(loss, rank: 3)
    trainer.isFieldAware = isFieldAware
    trainer.optimizer = optimizer
    trainer.linearRegularization = 0.05
    trainer.factorRegularization = 0.1
    trainer.epochs = 10
    return trainer
  }

  @Test(arguments: FactorizationFigures.cases)
  func tenStepsFollowPyTorch(_ figures: FactorizationFigures.Case) throws {
    let trainer = Self.trainer(
      figures.loss, isFieldAware: figures.isFieldAware, figures.optimizer)
    var generator = Xoshiro256(seed: 1)
    let fit = try trainer.fit(
      .small(), from: Self.start(figures.loss, isFieldAware: figures.isFieldAware),
      using: &generator)
    expectClose(Tensor(fit.epochs.map(\.trainingLoss)), Tensor(figures.losses), within: 2e-6)
    expectClose(Tensor([Double(fit.model.bias)]), [figures.bias], within: 5e-6)
    expectClose(Tensor<Double>(fit.model.linear), figures.linear, within: 5e-6)
    expectClose(Tensor<Double>(fit.model.factors), figures.factors, within: 5e-6)
  }

  // print(plain(*p), field_aware(*p)) of the parameters at the start.
  @Test func scoresFollowPyTorch() {
    let rows = LabeledRows.small().rows
    let plain = Self.start(.squaredError, isFieldAware: false)
    expectClose(
      plain.scores(of: rows), [0.847700570, -0.078547878, 1.221210696, 0.3], within: 2e-7)
    #expect(plain.predictions(for: rows) == plain.scores(of: rows))
    let fieldAware = Self.start(.logistic, isFieldAware: true)
    expectClose(
      fieldAware.scores(of: rows), [0.425182936, -0.632653833, 1.342315825, 0.3], within: 2e-7)
    expectClose(
      fieldAware.predictions(for: rows),
      fieldAware.scores(of: rows).scalars.map { 1 / (1 + exp(-$0)) })
  }

  /// A step of gradient descent with a rate of 1 subtracts the gradient, which central differences
  /// in double precision give, too.
  @Test(arguments: [false, true]) func gradientsAreThoseOfDifferences(isFieldAware: Bool) throws {
    let start = Self.start(.logistic, isFieldAware: isFieldAware)
    var trainer = Self.trainer(.logistic, isFieldAware: isFieldAware, .sgd(learningRate: 1))
    trainer.epochs = 1
    var generator = Xoshiro256(seed: 1)
    let model = try trainer.fit(.small(), from: start, using: &generator).model
    let initial = Self.parameters(of: start)
    let trained = Self.parameters(of: model)
    for place in initial.indices {
      var values: [Double] = []
      for offset in [1e-5, -1e-5] {
        var moved = initial
        moved[place] += offset
        values.append(Self.objective(moved, isFieldAware: isFieldAware))
      }
      let difference = (values[0] - values[1]) / 2e-5
      #expect(abs(initial[place] - trained[place] - difference) < 2e-6, "parameter \(place)")
    }
  }

  private static func parameters(of model: FactorizationMachine) -> [Double] {
    let elements: [Float] = [model.bias] + model.linear.scalars + model.factors.scalars
    return elements.map { Double($0) }
  }

  /// The objective of ``LabeledRows/small(_:)`` in terms of all parameters, in double precision.
  private static func objective(_ parameters: [Double], isFieldAware: Bool) -> Double {
    let data = LabeledRows.small()
    let (linear, factors) = (Array(parameters[1..<6]), Array(parameters[6...]))
    let width = factors.count / 5
    let terms = (0..<4).map { row in
      let entries = data.rows[row]
      let (columns, x) = (entries.map { Int($0.column) }, entries.map { Double($0.value) })
      let pairs =
        isFieldAware
        ? Reference.fieldFactorization(
          columns: columns, fields: entries.map { Int($0.field) }, x: x, v: factors, F: 2, K: 3)
        : Reference.factorization(columns: columns, x: x, v: factors, K: 3).value
      let sum = zip(columns, x).reduce(0.0) { $0 + linear[$1.0] * $1.1 }
      let score = parameters[0] + pairs + sum
      let penalty = columns.reduce(0.0) { sum, column in
        let own = factors[column * width..<(column + 1) * width]
        let squares = own.reduce(0.0) { $0 + $1 * $1 }
        return sum + 0.025 * linear[column] * linear[column] + 0.05 * squares
      }
      let loss = log(1 + exp(data.labels[row] > 0 ? -score : score))
      return Double(data.weights![row]) * (loss + penalty)
    }
    return terms.reduce(0, +) / 4
  }

  /// Products of features, which a linear model cannot learn.
  @Test(arguments: [false, true]) func learnsAnInteraction(isFieldAware: Bool) throws {
    let training = LabeledRows.parities(4000, seed: 1)
    let validation = LabeledRows.parities(1000, seed: 2)
    let test = LabeledRows.parities(2000, seed: 3)
    func auc(rank: Int) throws -> Double {
      var trainer = FactorizationTrainer(.logistic, rank: rank)
      trainer.isFieldAware = isFieldAware
      var generator = Xoshiro256(seed: 4)
      let model = try trainer.fit(training, validation: validation, using: &generator).model
      return ClassificationScores(
        of: model.predictions(for: test.rows), against: Tensor(test.classes)
      ).auc!
    }
    #expect(try auc(rank: 4) > 0.999)
    #expect(abs(try auc(rank: 0) - 0.5) < 0.05)
  }

  /// A machine of rank 0 is a logistic regression.
  ///
  ///     x = [[1, 0], [0, 1], [1, 1], [1, 0], [0, 1], [0, 0]]; y = [1, 0, 1, 1, 1, 0]
  ///     m = LogisticRegression(C=1 / 0.6, tol=1e-12, max_iter=10000).fit(x, y)
  ///     print(m.intercept_, m.coef_)
  ///
  /// Scikit-learn adds ‖w‖² / 2C to the sum of the losses. Each column is in half of the six rows, so
  /// the sum of the penalties is 6 · λ_w/2 · ‖w‖² / 2, the same for λ_w = 0.2.
  @Test func withoutFactorsItIsALogisticRegression() throws {
    var rows = SparseRows(columnCount: 2)
    for columns in [[0], [1], [0, 1], [0], [1], []] {
      rows.append(columns.map { .init(column: $0) })
    }
    var trainer = FactorizationTrainer(.logistic, rank: 0)
    trainer.linearRegularization = 0.2
    trainer.optimizer = .sgd(learningRate: 0.5)
    trainer.epochs = 3000
    var generator = Xoshiro256(seed: 1)
    let model = try trainer.fit(
      LabeledRows(rows, labels: [1, -1, 1, 1, 1, -1]), using: &generator
    ).model
    expectClose(Tensor([model.bias]), [0.12682512], within: 1e-4)
    expectClose(model.linear, [1.09849522, 0.12943466], within: 1e-4)
    #expect(model.rank == 0 && model.factors.elementCount == 0)
  }

  @Test(arguments: [false, true]) func threadsDoNotMatter(isFieldAware: Bool) throws {
    let data = LabeledRows.parities(1500, seed: 5)
    let before = Parallelism.threadCount
    defer { Parallelism.threadCount = before }
    let models = try [1, 2, 5].map { threads in
      Parallelism.threadCount = threads
      var trainer = FactorizationTrainer(.logistic, rank: 5)
      trainer.isFieldAware = isFieldAware
      trainer.epochs = 2
      trainer.batchSize = 700
      var generator = Xoshiro256(seed: 6)
      return try trainer.fit(data, using: &generator).model
    }
    #expect(models[0] == models[1] && models[0] == models[2])
  }

  @Test func trainingStopsEarly() throws {
    var trainer = FactorizationTrainer(.logistic, rank: 6)
    (trainer.epochs, trainer.patience) = (200, 2)
    trainer.factorRegularization = 0
    // Classes that have no relation to the features.
    var training = LabeledRows.parities(300, seed: 7)
    var generator = Xoshiro256(seed: 8)
    training.labels = training.labels.map { _ in Bool.random(using: &generator) ? 1 : 0 }
    let validation = LabeledRows.parities(300, seed: 9)
    let fit = try trainer.fit(training, validation: validation, using: &generator)
    #expect(fit.epochs.count < 200)
    #expect(fit.epochs.count == fit.bestEpoch + 2)
    let lowest = fit.epochs.map { $0.validationLoss! }.min()!
    #expect(fit.epochs[fit.bestEpoch - 1].validationLoss == lowest)
    #expect(abs(fit.model.meanLoss(of: validation) - lowest) < 1e-12)
  }

  /// A feature that no row has does not change a prediction.
  @Test func unknownColumnsAreNeutral() throws {
    var data = LabeledRows.parities(200, seed: 1)
    var rows = SparseRows(columnCount: data.rows.columnCount + 1, fieldCount: 3)
    for row in 0..<data.count { rows.append(data.rows[row]) }
    data.rows = rows
    var generator = Xoshiro256(seed: 2)
    let model = try FactorizationTrainer(.logistic).fit(data, using: &generator).model
    var pair = SparseRows(columnCount: rows.columnCount, fieldCount: 3)
    pair.append(data.rows[0])
    pair.append(data.rows[0] + [.init(column: rows.columnCount - 1, value: 3)])
    let scores = model.scores(of: pair).scalars
    #expect(scores[0] == scores[1])
  }

  @Test func faultyRowsAreErrors() throws {
    func error(_ data: LabeledRows, _ validation: LabeledRows? = nil) -> FactorizationError? {
      var generator = Xoshiro256(seed: 1)
      do throws(FactorizationError) {
        _ = try FactorizationTrainer(.logistic).fit(data, validation: validation, using: &generator)
        return nil
      } catch {
        return error
      }
    }
    var data = LabeledRows.small()
    #expect(error(LabeledRows(SparseRows(columnCount: 5), labels: [])) == .noRows)
    data.labels = [1, 0, 1, -1]
    #expect(error(data) == .labelNotOfClass(row: 3, value: -1))
    data.labels[3] = .nan
    #expect(error(data) == .labelNotFinite(row: 3))
    data.labels = [1, 1, 1, 1]
    #expect(error(data) == .singleClass(1))
    data = .small()
    data.weights![2] = -1
    #expect(error(data) == .invalidWeight(row: 2, value: -1))
    #expect(
      error(.small(), .parities(10, seed: 1)) == .otherColumns(training: 5, validation: 29))
    var generator = Xoshiro256(seed: 1)
    var trainer = FactorizationTrainer(.squaredError)
    trainer.optimizer = .sgd(learningRate: 1e20)
    #expect {
      _ = try trainer.fit(.small(), using: &generator)
    } throws: { "\($0)".contains("train with a learning rate below 1e+20") }
  }
}
