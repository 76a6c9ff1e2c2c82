import NeuralNetwork

/// The future steps of some windows as rows of numbers.
struct StepBatch: Sendable {
  /// A future step of a window of the batch.
  struct Place: Sendable {
    let window, step: Int
  }

  /// The cells of the columns of the windows.
  let cells: StepCells
  private let columns: StepColumns
  private let summaries: [WindowSummary]

  /// Creates the rows of windows.
  ///
  /// - Parameters:
  ///   - source: All windows.
  ///   - numbers: The indices of the windows of the batch.
  ///   - columns: The columns of their table.
  init(_ source: FeatureWindows, _ numbers: [Int], _ columns: StepColumns) {
    let batch = source.batch(numbers[...])
    self.columns = columns
    cells = StepCells(batch)
    let targets = batch.pastTargets(columns.encoding.layout, of: source.table.panel)
    summaries = parallelMap(targets.count) { WindowSummary(targets[$0], columns.encoding) }
  }

  /// Returns the target that trees are fitted to, or nil if it isn't observed.
  func target(at place: Place) -> Float? {
    let cell = place.window * columns.encoding.layout.horizon + place.step
    guard cells.targetMask[cell] != 0 else { return nil }
    let summary = summaries[place.window]
    let target = (cells.targets[cell] - summary.level) / summary.scale - start(at: place)
    return columns.encoding.isNonnegative ? max(target, 0) : target
  }

  /// Returns the value that a prediction of trees means.
  func value(of prediction: Float, at place: Place) -> Float {
    let summary = summaries[place.window]
    return summary.level + summary.scale * (start(at: place) + prediction)
  }

  /// Returns the value in units of the window that counts as 0.
  private func start(at place: Place) -> Float {
    columns.encoding.isNonnegative ? 0 : summaries[place.window].profile[place.step]
  }

  /// Returns the rows of steps, [N, F], NaN where missing.
  func rows(of places: [Place]) -> Tensor<Float> {
    let width = columns.width
    return Tensor([places.count, width]) { rows in
      let rows = SendablePointer(rows)
      parallelFor(places.count) { write(places[$0], to: rows.pointer + $0 * width) }
    }
  }

  private func write(_ place: Place, to row: UnsafeMutablePointer<Float>) {
    var next = row
    func add(_ number: Float) {
      next.pointee = number
      next += 1
    }
    let summary = summaries[place.window]
    let futureRow = place.window * columns.encoding.layout.horizon + place.step
    for (column, isInTargetUnits) in columns.areInTargetUnits.enumerated() {
      let number = cells.future(futureRow, column)
      add(isInTargetUnits ? (number - summary.level) / summary.scale : number)
    }
    for (column, means) in columns.futureMeans.enumerated() {
      add(means[Int(cells.futureCode(futureRow, column))])
    }
    for column in columns.encoding.staticNumbers.indices {
      add(cells.static(place.window, column))
    }
    for (column, means) in columns.staticMeans.enumerated() {
      add(means[Int(cells.staticCode(place.window, column))])
    }
    summary.write(place.step, to: add)
    writeMarkedMeans(place, to: add)
  }

  /// Passes the means of past values on steps with the same marks as a future step to a function: for each mark,
  /// on the same position in a season; for all marks together, on any position and on the same one.
  private func writeMarkedMeans(_ place: Place, to add: (Float) -> Void) {
    let marks = columns.marks
    guard !marks.isEmpty else { return }
    let layout = columns.encoding.layout
    let futureRow = place.window * layout.horizon + place.step
    let ofStep = marks.map { cells.mark($0, future: futureRow) }
    var sums = [SIMD2<Float>](repeating: .zero, count: marks.count + 2)
    for (past, value) in summaries[place.window].values.enumerated() {
      guard let value else { continue }
      let term = SIMD2(value, 1)
      // The first future step follows the last past one.
      let distance = layout.inputLength + place.step - past
      let isSamePosition = distance.isMultiple(of: layout.seasonLength)
      var areAllSame = true
      for (number, mark) in marks.enumerated() {
        let isSame =
          cells.mark(mark, past: place.window * layout.inputLength + past) == ofStep[number]
        areAllSame = areAllSame && isSame
        if isSame, isSamePosition { sums[number] += term }
      }
      if areAllSame { sums[marks.count] += term }
      if areAllSame, isSamePosition { sums[marks.count + 1] += term }
    }
    for sum in sums { add(sum.y > 0 ? sum.x / sum.y : .nan) }
  }
}
