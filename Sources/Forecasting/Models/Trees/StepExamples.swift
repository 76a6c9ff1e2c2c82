import GradientBoosting
import NeuralNetwork

/// The rows that boosted trees are fitted to: a few steps in a row of each drawn window.
struct StepExamples {
  private let windows: FeatureWindows
  /// The indices of the drawn windows, and the first step of each that has a row.
  private let drawn: [(window: Int, firstStep: Int)]
  private let stepCount: Int
  private(set) var encoding: StepEncoding

  /// Draws windows, and learns the encoding of their steps.
  ///
  /// There are no more than four rows for each value of the panel, since further ones would be much alike.
  ///
  /// - Throws: `ForecastError.noWindow` if no series is as long as a window, and the errors of the features.
  init(
    of panel: Panel, _ specification: WindowSpecification, maximumRowCount: Int, seed: UInt64
  ) throws {
    let isNonnegative = panel.isAlmostNonnegative
    let layout = specification.treeLayout(for: panel, isForNonnegativeValues: isNonnegative)
    windows = try FeatureWindows(of: panel, layout)
    stepCount = min(layout.horizon, Self.maximumStepCount)
    let valueCount = panel.ids.indices.reduce(0) { $0 + panel.steps(at: $1).count }
    let rowCount = min(maximumRowCount, 4 * valueCount)
    var generator = Xoshiro256(seed: seed)
    let numbers = windows.drawing((rowCount + stepCount - 1) / stepCount, using: &generator).numbers
    let lastFirst = layout.horizon - stepCount
    drawn = numbers.map { ($0, Int.random(in: 0...lastFirst, using: &generator)) }
    encoding = StepEncoding(
      windows.table, layout,
      isNonnegative && layout.base == .seasonalMeans ? .tweedie(power: 1.5) : .squaredError)
    try learnCategories()
  }

  /// The number of neighboring steps of a window that have rows, which share the work of its summary.
  private static let maximumStepCount = 7
  /// The number of windows in a batch, and in the sample that bins and the means of categories come from.
  private static let batchSize = 20_000

  /// Returns the rows and their targets.
  ///
  /// - Throws: `ForecastError.nothingObserved` if no drawn step is observed; `CancellationError` if the
  ///   surrounding task is canceled.
  func rows() throws -> (BinnedRows, Tensor<Float>) {
    let columns = try StepColumns(encoding, of: windows.table)
    var targets: [Float] = []
    var binned: BinnedRows?
    for first in stride(from: 0, to: drawn.count, by: Self.batchSize) {
      try Task.checkCancellation()
      let (batch, steps) = batch(first..<min(first + Self.batchSize, drawn.count), columns)
      guard !steps.isEmpty else { continue }
      let rows = batch.rows(of: steps.map(\.place))
      if binned == nil { binned = BinnedRows(binsOf: rows) }
      binned?.append(rows)
      targets += steps.map(\.target)
    }
    guard let binned else { throw ForecastError.nothingObserved(id: windows.table.panel.ids[0]) }
    return (binned, Tensor(targets))
  }

  /// Returns the windows of a range of the drawn ones, and their steps that have a target.
  private func batch(
    _ range: Range<Int>, _ columns: StepColumns
  ) -> (StepBatch, [(place: StepBatch.Place, target: Float)]) {
    let batch = StepBatch(windows, drawn[range].map(\.window), columns)
    let steps = range.flatMap { place in
      (0..<stepCount).compactMap { step in
        let place = StepBatch.Place(
          window: place - range.lowerBound, step: drawn[place].firstStep + step)
        return batch.target(at: place).map { (place, $0) }
      }
    }
    return (batch, steps)
  }

  /// Gives each category the mean of its targets.
  private mutating func learnCategories() throws {
    guard !encoding.futureCategories.isEmpty || !encoding.staticCategories.isEmpty else { return }
    let columns = try StepColumns(encoding, of: windows.table)
    let (batch, steps) = batch(0..<min(Self.batchSize, drawn.count), columns)
    let cells = batch.cells
    let horizon = windows.horizon
    encoding.futureCategories = encoding.futureCategories.enumerated().map { place, category in
      means(category.column, of: steps) {
        cells.futureCode($0.window * horizon + $0.step, place)
      }
    }
    encoding.staticCategories = encoding.staticCategories.enumerated().map { place, category in
      means(category.column, of: steps) { cells.staticCode($0.window, place) }
    }
  }

  /// Returns the means of the targets of each category of a column.
  ///
  /// Ten further examples with the mean of all categories shrink the means of rare ones.
  private func means(
    _ column: String, of steps: [(place: StepBatch.Place, target: Float)],
    code: (StepBatch.Place) -> Int32
  ) -> CategoryMeans {
    let names = windows.table.column(column).vocabulary?.names ?? []
    let mean = steps.reduce(0) { $0 + $1.target } / Float(max(steps.count, 1))
    var sums = [SIMD2<Float>](repeating: [10 * mean, 10], count: names.count + 1)
    for step in steps { sums[Int(code(step.place))] += [step.target, 1] }
    let means = sums.dropFirst().map { $0.x / $0.y }
    return CategoryMeans(
      column: column, means: Dictionary(uniqueKeysWithValues: zip(names, means)))
  }
}

extension Panel {
  /// A Boolean value that indicates whether negative values, such as returns, are at most a hundredth of the
  /// sum of the sizes of all values, so that they can count as 0.
  fileprivate var isAlmostNonnegative: Bool {
    var (negative, all) = (0.0, 0.0)
    for series in eachSeries {
      for value in series.values {
        all += abs(value)
        negative += max(-value, 0)
      }
    }
    return negative <= all / 100
  }
}

extension WindowSpecification {
  /// Returns the layout of the windows of boosted trees.
  fileprivate func treeLayout(for panel: Panel, isForNonnegativeValues: Bool) -> WindowLayout {
    var specification = self
    if features == nil {
      specification.features = .trees(
        for: panel, seasonLength: seasonLengths(for: panel)[0], horizon: horizon,
        inputLength: inputLength(for: panel))
    }
    return specification.layout(for: panel, isForNonnegativeValues: isForNonnegativeValues)
  }
}
