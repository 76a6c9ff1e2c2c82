/// The indices of windows, series by series, each from its first end of history to its last.
struct WindowIndex: Sendable {
  /// The windows of series `i` are numbered from `firstNumbers[i]` up to `firstNumbers[i + 1]`.
  private let firstNumbers: [Int]
  /// The first step at which a window's history may end, for each series.
  private let firstEnds: [Int]

  /// Creates windows for a range of ends of history of each series.
  init(ends: [Range<Int>]) {
    firstEnds = ends.map(\.lowerBound)
    firstNumbers = ends.reduce(into: [0]) { $0.append($0.last! + $1.count) }
  }

  /// The number of windows.
  var count: Int { firstNumbers.last! }

  /// Returns the indices of the windows of a series.
  func numbers(ofSeries index: Int) -> Range<Int> { firstNumbers[index]..<firstNumbers[index + 1] }

  /// Returns the series of a window, and the step at which its history ends.
  subscript(number: Int) -> (series: Int, end: Int) {
    guard number >= 0, number < count else {
      fatalError("windows: expected numbers in 0..<\(count), got \(number)")
    }
    let series = firstNumbers.partitionPoint { $0 > number } - 1
    return (series, firstEnds[series] + number - firstNumbers[series])
  }
}
