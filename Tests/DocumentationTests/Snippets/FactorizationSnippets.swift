// The snippets are laid out as the comments that show them:
// swift-format-ignore-file

import FactorizationMachines
import Testing

/// The examples of the module FactorizationMachines.
@Suite struct FactorizationSnippets {
  @Test func creatingRows() {
    // begin
    var rows = SparseRows(columnCount: 5)                  // D = 5
    rows.append([.init(column: 0), .init(column: 3, value: 0.5)])
    rows.append([.init(column: 4)])
    print(rows.count, rows.entryCount)                     // 2 3
    // end
    #expect(rows.count == 2 && rows.entryCount == 3)
  }

  @Test func namingFeatures() {
    // begin
    var index = FeatureIndex(fields: ["customer", "item"])
    let anna = index.entry("customer", "anna")             // column 0, field 0
    let tea = index.entry("item", "tea")                   // column 1, field 1
    // end
    #expect(anna.column == 0 && tea.column == 1 && tea.field == 1)
  }

  @Test func scoringClasses() {
    // begin
    let probabilities = Tensor<Float>([0.1, 0.4, 0.35, 0.8])
    let classes = Tensor<Float>([0, 0, 1, 1])
    print(ClassificationScores(of: probabilities, against: classes))
    // AUC 0.7500, average precision 0.8333, log loss 0.4723, Brier score 0.1581
    // end
    #expect(
      "\(ClassificationScores(of: probabilities, against: classes))"
        == "AUC 0.7500, average precision 0.8333, log loss 0.4723, Brier score 0.1581")
  }

  private func readingFiles() throws -> [LabeledRows] {
    // begin
    var reader = SparseRowsReader()
    let training = try reader.read("train.svm.gz")
    reader.columnCount = training.rows.columnCount
    let test = try reader.read("test.svm.gz")
    // end
    return [training, test]
  }

  private func readingOrders(_ schema: TableSchema) throws -> LabeledRows {
    // begin
    var generator = Xoshiro256(seed: 1)
    var purchases = PurchaseRows(negatives: 4)
    try purchases.read("orders.csv.gz", OrderLineReader(schema))
    let rows = purchases.rows(using: &generator)
    // end
    return rows
  }

  private func training(
    _ training: LabeledRows, _ validation: LabeledRows, _ test: LabeledRows
  ) throws -> Tensor<Float> {
    // begin
    var trainer = FactorizationTrainer(.logistic, rank: 8)
    trainer.optimizer = .adaGrad(learningRate: 0.1)
    trainer.patience = 3
    var generator = Xoshiro256(seed: 1)
    let fit = try trainer.fit(training, validation: validation, using: &generator)
    let probabilities = fit.model.predictions(for: test.rows)      // [N]
    // end
    return probabilities
  }

  private func ranking(_ fit: FactorizationFit, _ index: inout FeatureIndex) {
    // begin
    let items = ["tea", "coffee", "milk"].map { [index.entry("item", $0)] }
    let ranking = ItemRanking(fit.model, items: items)
    let best = ranking.top(2, for: [index.entry("customer", "anna")])
    print(best.map(\.item), best.map(\.score))
    // end
  }
}
