// The snippets are laid out as the comments that show them:
// swift-format-ignore-file

import GradientBoosting
import Testing

/// The examples of the module GradientBoosting.
@Suite struct BoostingSnippets {
  @Test func fitting() throws {
    let columns = Tensor<Float>([1, 2, 3, 4]).reshaped(to: [4, 1])
    let targets = Tensor<Float>([5, 5, 5, 5])
    // begin
    var rows = BinnedRows(binsOf: columns)
    rows.append(columns)
    let trees = try BoostedTrees(fittedTo: rows, targets, loss: .squaredError)
    let predictions = trees(columns)
    // end
    #expect(predictions.scalars == [5, 5, 5, 5])
  }

  @Test func fittingParts() throws {
    let sample = Tensor<Float>([1, 2, 3, 4]).reshaped(to: [4, 1])
    let (parts, targets, newRows) = ([sample, sample], Tensor<Float>.ones([8]), sample)
    // begin
    var binned = BinnedRows(binsOf: sample)               // [S, F]
    for part in parts { binned.append(part) }             // [M, F] each
    var options = BoostingOptions()
    options.treeCount = 400
    options.learningRate = 0.05
    let trees = try BoostedTrees(
      fittedTo: binned, targets, loss: .tweedie(power: 1.5), options: options)
    let predictions = trees(newRows)                      // [N]
    // end
    #expect(predictions.scalars.allSatisfy { abs($0 - 1) < 1e-5 })
  }
}
