/// The numbers of windows: series after series, each from its first end of history to its last.
struct WindowIndex: Sendable {
  /// The windows of series `i` are numbered from `firstNumbers[i]` up to `firstNumbers[i + 1]`.
  private let firstNumbers: [Int]
  /// The least step at which a window's history ends, a series.
  private let firstEnds: [Int]

  /// Windows for some ends of history of each series.
  init(ends: [Range<Int>]) {
    firstEnds = ends.map(\.lowerBound)
    firstNumbers = ends.reduce(into: [0]) { $0.append($0.last! + $1.count) }
  }

  /// The number of windows.
  var count: Int { firstNumbers.last! }

  /// The numbers of the windows of a series.
  func numbers(ofSeries index: Int) -> Range<Int> { firstNumbers[index]..<firstNumbers[index + 1] }

  /// The series of a window, and the step at which its history ends.
  subscript(number: Int) -> (series: Int, end: Int) {
    guard number >= 0, number < count else {
      fatalError("windows: expected numbers in 0..<\(count), got \(number)")
    }
    let series = firstNumbers.partitionPoint { $0 > number } - 1
    return (series, firstEnds[series] + number - firstNumbers[series])
  }
}
