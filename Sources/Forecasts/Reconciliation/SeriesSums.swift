/// A sums over N series, at one or more levels of a hierarchy.
///
/// ```swift
/// let sums = try SeriesSums(of: panel, groupings: [[], ["state"], ["state", "department"]])
/// let coherent = sums.sums(of: forecast.values, width: forecast.horizon)
/// ```
///
/// Together with an identity for the series, the sums are the rows of the summing matrix S of the
/// literature (Hyndman et al. 2011). It is stored as the members of each sum.
public struct SeriesSums: Sendable {
  /// The number of series, N.
  public let seriesCount: Int
  /// The indices of the series of each of A sums.
  public let members: [[Int]]

  /// Creates sums. Stops the program if a member is not an index of a series.
  public init(seriesCount: Int, members: [[Int]]) {
    for (sum, members) in members.enumerated() {
      if let member = members.first(where: { !(0..<seriesCount).contains($0) }) {
        fatalError(
          "SeriesSums: expected members below \(seriesCount) in sum \(sum), got \(member)")
      }
    }
    self.seriesCount = seriesCount
    self.members = members
  }

  /// Creates the sums of consecutive steps: a temporal hierarchy (Athanasopoulos et al. 2017), whose
  /// series are the steps.
  ///
  /// - Parameters:
  ///   - stepCount: The number of steps, such as 28 days.
  ///   - lengths: The lengths of the sums, such as 7 and 28 days. Each must divide the number of steps.
  public init(ofSteps stepCount: Int, lengths: [Int]) {
    for length in lengths where length < 1 || stepCount % length != 0 {
      fatalError("SeriesSums: expected lengths that divide \(stepCount) steps, got \(length)")
    }
    self.init(
      seriesCount: stepCount,
      members: lengths.flatMap { length in
        stride(from: 0, to: stepCount, by: length).map { Array($0..<$0 + length) }
      })
  }

  /// The number of sums, A.
  public var count: Int { members.count }

  /// Returns the sums of values of the series.
  ///
  /// - Parameters:
  ///   - values: The values, row-major [N, C].
  ///   - width: The number of columns, C, such as the steps of a horizon.
  /// - Returns: The sums, row-major [A, C].
  public func sums(of values: [Double], width: Int) -> [Double] {
    guard values.count == seriesCount * width else {
      fatalError(
        "SeriesSums.sums: expected values of \(seriesCount) × \(width), got \(values.count)")
    }
    return members.flatMap { members in
      (0..<width).map { column in members.reduce(0) { $0 + values[$1 * width + column] } }
    }
  }

  /// Returns the sums of one value of each series, [N] → [A].
  func sums(of values: [Double]) -> [Double] { sums(of: values, width: 1) }

  /// Returns, for each series, the total of the values of its sums: the product with the transposed
  /// matrix, [A] → [N].
  func spread(_ values: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: seriesCount)
    for (value, members) in zip(values, members) {
      for member in members { result[member] += value }
    }
    return result
  }
}

extension SeriesSums {
  /// Returns the levels among some that are nested, from the one with the fewest sums on: each contains
  /// each series once, and is a refinement of the one before it.
  ///
  /// Levels that cross the ones before them, such as departments after states, are left out.
  ///
  /// - Parameter levels: The range of the sums of each level.
  public func nestedLevels(_ levels: [Range<Int>]) -> [Range<Int>] {
    var nested: [Range<Int>] = []
    for (_, level) in levels.enumerated().sorted(by: {
      ($0.element.count, $0.offset) < ($1.element.count, $1.offset)
    }) {
      let isComplete = level.flatMap { members[$0] }.sorted() == Array(0..<seriesCount)
      guard isComplete, nested.last.map({ owners(of: level, in: $0) != nil }) ?? true else {
        continue
      }
      nested.append(level)
    }
    return nested
  }

  /// Returns the offset of the sum above that each sum of a level is a part of, or nil if one of them is
  /// not a part of any.
  func owners(of level: Range<Int>, in above: Range<Int>) -> [Int]? {
    var owner = [Int](repeating: -1, count: seriesCount)
    for (place, sum) in above.enumerated() { for member in members[sum] { owner[member] = place } }
    let owners = level.map { sum in
      let found = Set(members[sum].map { owner[$0] })
      return found.count == 1 ? found.first! : -1
    }
    return owners.contains(-1) ? nil : owners
  }

  /// Returns the sums over some of the series, which are numbered anew in their order. Sums without a
  /// series remain, and are 0.
  ///
  /// - Parameter series: Indices of series, ascending.
  func selecting(_ series: [Int]) -> SeriesSums {
    guard series.count < seriesCount else { return self }
    var places = [Int](repeating: -1, count: seriesCount)
    for (place, index) in series.enumerated() { places[index] = place }
    return SeriesSums(
      seriesCount: series.count,
      members: members.map { $0.compactMap { places[$0] < 0 ? nil : places[$0] } })
  }

  /// Creates the sums of a panel's series at the levels of a hierarchy.
  ///
  /// - Parameters:
  ///   - panel: The series.
  ///   - groupings: For each level, the static columns of categories that the members of a sum share,
  ///     or none for the sum of all series.
  /// - Throws: `CovariateError` if a column doesn't exist or contains numbers.
  public init(of panel: Panel, groupings: [[String]]) throws(CovariateError) {
    var members: [[Int]] = []
    for grouping in groupings { members += try panel.aggregated(by: grouping).members }
    self.init(seriesCount: panel.seriesCount, members: members)
  }
}
