/// A split of rows into a training set and a test set.
public struct RowSplit: Hashable, Sendable {
  /// The indices of the training rows, in ascending order.
  public let training: [Int]
  /// The indices of the test rows, in ascending order.
  public let test: [Int]

  /// Creates a split from a mask of the test rows.
  init(isTest: [Bool]) {
    training = isTest.indices.filter { !isTest[$0] }
    test = isTest.indices.filter { isTest[$0] }
  }

  /// Returns a split for each of `count` folds, with the rows of the fold as the test set.
  static func each(of count: Int, folds: [Int]) -> [RowSplit] {
    (0..<count).map { fold in RowSplit(isTest: folds.map { $0 == fold }) }
  }
}

/// A random hold-out of a share of the rows.
///
/// Do not use it for rows that follow one another in time: ``HoldOut`` and ``Backtest`` split a
/// panel by time.
public struct RowHoldOut: Hashable, Sendable {
  /// The share of test rows, above 0 and below 1.
  public let testShare: Double

  /// Creates a hold-out. Stops the program if the share is not above 0 and below 1.
  public init(testShare: Double) {
    guard testShare > 0, testShare < 1 else {
      fatalError("RowHoldOut: expected a share above 0 and below 1, got \(testShare)")
    }
    self.testShare = testShare
  }

  /// Splits `count` rows. As in scikit-learn's `train_test_split`, the number of test rows is
  /// rounded up.
  ///
  /// - Throws: `SplitError.tooFewRows` if one part would be empty.
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

  /// Splits rows so that both parts have equal proportions of each class, to within one row.
  ///
  /// - Parameters:
  ///   - classes: The class of each row.
  ///   - generator: The random number generator.
  /// - Throws: `SplitError.tooFewRows` if one part would be empty.
  public func split(
    stratifiedBy classes: [some Hashable], using generator: inout some RandomNumberGenerator
  ) throws(SplitError) -> RowSplit {
    var isTest = [Bool](repeating: false, count: classes.count)
    var due = 0.0
    var taken = 0
    for rows in rowsByGroup(classes).rows {
      // Rounding the cumulative share makes the counts of the classes add up to that of all rows.
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

/// Returns the groups and the rows of each, in the order of their first rows.
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
