/// Rows in two parts: to learn from, and to judge by.
public struct RowSplit: Hashable, Sendable {
  /// The numbers of the rows to learn from, ascending.
  public let training: [Int]
  /// The numbers of the rows to judge by, ascending.
  public let test: [Int]

  /// The split of rows of which those to judge by are marked.
  init(isTest: [Bool]) {
    training = isTest.indices.filter { !isTest[$0] }
    test = isTest.indices.filter { isTest[$0] }
  }

  /// A split for each of `count` folds, in which the rows of the fold are those to judge by.
  static func each(of count: Int, folds: [Int]) -> [RowSplit] {
    (0..<count).map { fold in RowSplit(isTest: folds.map { $0 == fold }) }
  }
}

/// A random part of the rows held out.
///
/// Rows that follow one another in time are not to be split so: ``HoldOut`` and ``Backtest`` split a
/// panel by time.
public struct RowHoldOut: Hashable, Sendable {
  /// The share of rows to judge by, above 0 and below 1.
  public let testShare: Double

  /// Holds out a share of the rows; one that is not above 0 and below 1 stops the program.
  public init(testShare: Double) {
    guard testShare > 0, testShare < 1 else {
      fatalError("RowHoldOut: expected a share above 0 and below 1, got \(testShare)")
    }
    self.testShare = testShare
  }

  /// Splits `count` rows. As scikit-learn's `train_test_split`, the share is rounded up to whole
  /// rows.
  ///
  /// - Throws: `SplitError.tooFewRows` where a part would be empty.
  public func split(
    of count: Int, using generator: inout some RandomNumberGenerator
  ) throws(SplitError) -> RowSplit {
    let testCount = Int((testShare * Double(count)).rounded(.up))
    guard testCount >= 1, testCount < count else {
      throw .tooFewRows(rows: count, needed: max(2, Int((1 / (1 - testShare)).rounded(.up))))
    }
    var isTest = [Bool](repeating: false, count: count)
    for row in (0..<count).shuffled(using: &generator).prefix(testCount) { isTest[row] = true }
    return RowSplit(isTest: isTest)
  }

  /// Splits rows so that every class has its share in both parts, to within a row.
  ///
  /// - Parameters:
  ///   - classes: The class of each row.
  ///   - generator: What decides.
  /// - Throws: `SplitError.tooFewRows` where a part would be empty.
  public func split(
    stratifiedBy classes: [some Hashable], using generator: inout some RandomNumberGenerator
  ) throws(SplitError) -> RowSplit {
    var isTest = [Bool](repeating: false, count: classes.count)
    var due = 0.0
    var taken = 0
    for rows in rowsByGroup(classes).rows {
      // The classes' shares are rounded so that they add up to that of all rows.
      due += testShare * Double(rows.count)
      let wanted = Int(due.rounded()) - taken
      taken += wanted
      for row in rows.shuffled(using: &generator).prefix(wanted) { isTest[row] = true }
    }
    guard taken >= 1, taken < classes.count else {
      throw .tooFewRows(
        rows: classes.count, needed: Int(0.5 / min(testShare, 1 - testShare)) + 1)
    }
    return RowSplit(isTest: isTest)
  }
}

/// The rows of each group, and the groups, in the order of their first rows.
func rowsByGroup<Group: Hashable>(_ groups: [Group]) -> (names: [Group], rows: [[Int]]) {
  var places: [Group: Int] = [:]
  var names: [Group] = []
  var rows: [[Int]] = []
  for (row, group) in groups.enumerated() {
    if let place = places[group] {
      rows[place].append(row)
    } else {
      places[group] = rows.count
      names.append(group)
      rows.append([row])
    }
  }
  return (names, rows)
}
