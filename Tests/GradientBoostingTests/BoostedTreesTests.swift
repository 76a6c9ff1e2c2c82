import GradientBoosting
import TestSupport
import Testing

@Suite struct BoostedTreesTests {
  private let example = ExampleRows()

  private func fitted(
    _ options: BoostingOptions = .ofFigures, _ loss: BoostingLoss = .squaredError
  ) throws -> BoostedTrees {
    try BoostedTrees(fittedTo: example.binned, example.targets, loss: loss, options: options)
  }

  @Test func anyNumberOfThreadsGivesTheSameTrees() throws {
    var options = BoostingOptions.ofFigures
    options.rowShare = 0.6
    options.columnShare = 0.5
    let before = Parallelism.threadCount
    defer { Parallelism.threadCount = before }
    let predictions = try [1, 2, 3].map { threads in
      Parallelism.threadCount = threads
      return try fitted(options)(example.rows).scalars
    }
    #expect(predictions[0] == predictions[1] && predictions[0] == predictions[2])
  }

  @Test func aSeedDrawsRowsAndColumns() throws {
    var options = BoostingOptions.ofFigures
    options.columnShare = 0.5
    let first = try fitted(options)(example.rows).scalars
    #expect(try fitted(options)(example.rows).scalars == first)
    options.seed = 1
    let other = try fitted(options)(example.rows).scalars
    #expect(other != first)
    options.columnShare = 1
    options.rowShare = 0.5
    #expect(try fitted(options)(example.rows).scalars != other)
  }

  /// A row whose weight is 2 counts like two rows.
  @Test func weightsCountRows() throws {
    let binned = example.binned
    var twice = binned
    twice.append(example.rows)
    var options = BoostingOptions.ofFigures
    options.minimumLeafSize = 1
    let doubled = try BoostedTrees(
      fittedTo: twice, .concatenated([example.targets, example.targets]),
      loss: .tweedie(power: 1.3), options: options)
    let weighted = try BoostedTrees(
      fittedTo: binned, example.targets, weights: .full([303], 2), loss: .tweedie(power: 1.3),
      options: options)
    let difference = (doubled(example.rows) - weighted(example.rows)).scalars.map(abs).max() ?? .nan
    #expect(difference < 1e-4)
  }

  /// Missing values are on the lower side of any question, and can be asked for.
  @Test func missingValuesAreLow() throws {
    let values: [Float] = (0..<90).map { $0 % 3 == 0 ? .nan : Float($0 % 3) }
    let rows = Tensor(values).reshaped(to: [90, 1])
    var options = BoostingOptions()
    options.treeCount = 1
    options.learningRate = 1
    options.minimumLeafSize = 5
    func predictions(missing: Float) throws -> [Float] {
      var binned = BinnedRows(binsOf: rows)
      binned.append(rows)
      let targets = values.map { $0.isNaN ? missing : $0 }
      let trees = try BoostedTrees(
        fittedTo: binned, Tensor(targets), loss: .squaredError, options: options)
      return trees(Tensor<Float>([.nan, 0, 1, 2]).reshaped(to: [4, 1])).scalars
    }
    #expect(try predictions(missing: -7).map { $0.rounded() } == [-7, 1, 1, 2])
    options.maximumLeafCount = 2
    // The only question separates 2 from 1 and the missing values.
    #expect(try predictions(missing: 1).map { $0.rounded() } == [1, 1, 1, 2])
  }

  @Test func valuesOutsideTheSampleBelongToTheOuterBins() throws {
    let trees = try fitted()
    let inside = trees(Tensor([0, 0, 0, 0, 10, 12, 16, 1] as [Float]).reshaped(to: [2, 4]))
    let outside = trees(
      Tensor([-1e30, -5, -.infinity, -1, 99, 1e30, .infinity, 3] as [Float]).reshaped(to: [2, 4]))
    #expect(inside.scalars == outside.scalars)
  }

  /// Targets without a difference, rows without a column, and one row leave the mean.
  @Test func nothingToLearnGivesTheMean() throws {
    for loss in [BoostingLoss.squaredError, .tweedie(power: 1.5)] {
      let equal = try BoostedTrees(
        fittedTo: example.binned, .full([303], 2.5), loss: loss, options: .ofFigures)
      #expect(equal(example.rows).scalars.allSatisfy { abs($0 - 2.5) < 1e-5 })
      let zero = try BoostedTrees(
        fittedTo: example.binned, .zeros([303]), loss: loss, options: .ofFigures)
      #expect(zero(example.rows).scalars.allSatisfy { abs($0) < 1e-30 })
      let rows = Tensor<Float>([3]).reshaped(to: [1, 1])
      var one = BinnedRows(binsOf: rows)
      one.append(rows)
      let single = try BoostedTrees(fittedTo: one, Tensor([4]), loss: loss)
      #expect(abs(single(rows).scalars[0] - 4) < 1e-5)
    }
  }

  @Test func missingColumnsTellNothing() throws {
    let rows = Tensor<Float>.full([50, 2], .nan)
    var binned = BinnedRows(binsOf: rows)
    binned.append(rows)
    let targets = Tensor((0..<50).map(Float.init))
    let trees = try BoostedTrees(fittedTo: binned, targets, loss: .squaredError)
    #expect(trees(rows).scalars.allSatisfy { abs($0 - 24.5) < 1e-4 })
  }

  @Test func cancellationEndsTheTraining() async {
    let example = example
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try BoostedTrees(fittedTo: example.binned, example.targets, loss: .squaredError)
    }
    await #expect(throws: CancellationError.self) { try await task.value }
  }

  @Test func wrongInputStops() async {
    let shape = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let example = ExampleRows()
      _ = try BoostedTrees(fittedTo: example.binned, .ones([7]), loss: .squaredError)
    }
    expectStopped(
      shape, "BoostedTrees: expected targets and weights [N] of N rows, at least 1, got [7]")
    let negative = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let example = ExampleRows()
      _ = try BoostedTrees(
        fittedTo: example.binned, example.targets - 1, loss: .tweedie(power: 1.5))
    }
    expectStopped(negative, "BoostedTrees: the target of row 0 is -1")
    let weights = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let example = ExampleRows()
      _ = try BoostedTrees(
        fittedTo: example.binned, example.targets, weights: .zeros([303]), loss: .squaredError)
    }
    expectStopped(weights, "BoostedTrees: all weights are 0")
    let power = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let example = ExampleRows()
      _ = try BoostedTrees(fittedTo: example.binned, example.targets, loss: .tweedie(power: 2))
    }
    expectStopped(power, "BoostedTrees: expected a Tweedie power from 1 up to 2, got 2")
    let width = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let example = ExampleRows()
      let trees = try BoostedTrees(
        fittedTo: example.binned, example.targets, loss: .squaredError)
      _ = trees(.zeros([2, 3]))
    }
    expectStopped(width, "BoostedTrees: expected rows [M, 4], got [2, 3]")
  }

  @Test(arguments: [
    (\BoostingOptions.treeCount, 0), (\.maximumLeafCount, 0), (\.minimumLeafSize, -1),
  ]) func countsBelowOneAreFaults(
    _ path: WritableKeyPath<BoostingOptions, Int> & Sendable, _ count: Int
  ) {
    var options = BoostingOptions()
    #expect(options.fault == nil)
    options[keyPath: path] = count
    #expect(options.fault?.contains("\(count)") == true)
  }

  @Test(arguments: [
    (\BoostingOptions.learningRate, 0), (\.learningRate, .infinity), (\.regularization, -1),
    (\.rowShare, 0), (\.columnShare, 1.5), (\.rowShare, .nan),
  ]) func numbersOutOfRangeAreFaults(
    _ path: WritableKeyPath<BoostingOptions, Double> & Sendable, _ number: Double
  ) {
    var options = BoostingOptions()
    options[keyPath: path] = number
    #expect(options.fault?.contains("\(number)") == true)
  }
}
