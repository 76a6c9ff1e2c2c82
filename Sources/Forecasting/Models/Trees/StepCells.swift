/// The cells of the columns of a batch of windows.
struct StepCells: Sendable {
  let targets, targetMask: [Float]
  private let past, future, futureMask, statics, staticMask: [Float]
  private let pastCodes, futureCodes, staticCodes: [Int32]
  private let pastWidth, futureWidth, staticWidth: Int
  private let pastCodeWidth, futureCodeWidth, staticCodeWidth: Int

  init(_ batch: FeatureBatch) {
    targets = batch.targets.scalars
    targetMask = batch.targetMask.scalars
    past = batch.history.scalars
    future = batch.future.scalars
    futureMask = batch.futureMask.scalars
    statics = batch.statics.scalars
    staticMask = batch.staticMask.scalars
    pastCodes = batch.historyCodes
    futureCodes = batch.futureCodes
    staticCodes = batch.staticCodes
    pastWidth = batch.history.shape[2]
    futureWidth = batch.future.shape[2]
    staticWidth = batch.statics.shape[1]
    let count = max(batch.series.count, 1)
    pastCodeWidth = pastCodes.count / (count * batch.history.shape[1])
    futureCodeWidth = futureCodes.count / (count * batch.future.shape[1])
    staticCodeWidth = staticCodes.count / count
  }

  /// Returns a number of a future step, or NaN if it is missing.
  ///
  /// - Parameters:
  ///   - row: The index of the step among those of all windows.
  ///   - column: The index of the column among the numeric ones.
  func future(_ row: Int, _ column: Int) -> Float {
    let cell = row * futureWidth + column
    return futureMask[cell] != 0 ? future[cell] : .nan
  }

  /// Returns the code of a category of a future step.
  func futureCode(_ row: Int, _ column: Int) -> Int32 {
    futureCodes[row * futureCodeWidth + column]
  }

  /// Returns a number of the series of a window, or NaN if it is missing.
  func `static`(_ window: Int, _ column: Int) -> Float {
    let cell = window * staticWidth + column
    return staticMask[cell] != 0 ? statics[cell] : .nan
  }

  /// Returns the code of a category of the series of a window.
  func staticCode(_ window: Int, _ column: Int) -> Int32 {
    staticCodes[window * staticCodeWidth + column]
  }

  /// Returns a mark of a future step.
  func mark(_ mark: StepColumns.Mark, future row: Int) -> Float {
    mark.isCategorical
      ? Float(futureCodes[row * futureCodeWidth + mark.future])
      : future[row * futureWidth + mark.future]
  }

  /// Returns a mark of a past step.
  func mark(_ mark: StepColumns.Mark, past row: Int) -> Float {
    mark.isCategorical
      ? Float(pastCodes[row * pastCodeWidth + mark.past]) : past[row * pastWidth + mark.past]
  }
}
