/// Rows in k parts as equal as can be, each of which is held out once; as scikit-learn's `KFold`.
public struct KFold: Hashable, Sendable {
  /// k, the number of parts.
  public let count: Int

  /// k folds; k below 2 stops the program.
  public init(count: Int) {
    checkFolds(count, "KFold")
    self.count = count
  }

  /// The splits of rows in their order: each fold is a run of rows, and the first are a row longer
  /// where they cannot be equal.
  ///
  /// - Throws: `SplitError.tooFewRows` where there are fewer rows than folds.
  public func splits(of rows: Int) throws(SplitError) -> [RowSplit] {
    try splits(ofOrder: Array(0..<max(0, rows)))
  }

  /// The splits of rows in a random order.
  ///
  /// - Throws: As ``splits(of:)``.
  public func splits(
    of rows: Int, using generator: inout some RandomNumberGenerator
  ) throws(SplitError) -> [RowSplit] {
    try splits(ofOrder: (0..<max(0, rows)).shuffled(using: &generator))
  }

  private func splits(ofOrder order: [Int]) throws(SplitError) -> [RowSplit] {
    guard order.count >= count else { throw .tooFewRows(rows: order.count, needed: count) }
    var folds = order
    var first = 0
    for fold in 0..<count {
      let length = order.count / count + (fold < order.count % count ? 1 : 0)
      for row in order[first..<first + length] { folds[row] = fold }
      first += length
    }
    return RowSplit.each(of: count, folds: folds)
  }
}

/// Rows in k parts in each of which every class has its share, to within a row; as scikit-learn's
/// `StratifiedKFold`.
public struct StratifiedKFold: Hashable, Sendable {
  /// k, the number of parts.
  public let count: Int

  /// k folds; k below 2 stops the program.
  public init(count: Int) {
    checkFolds(count, "StratifiedKFold")
    self.count = count
  }

  /// The splits of rows by the class of each: the first rows of a class are in the first folds.
  ///
  /// - Throws: `SplitError.tooFewRows` where there are fewer rows than folds.
  public func splits(of classes: [some Hashable]) throws(SplitError) -> [RowSplit] {
    try splits(of: classes) { _ in }
  }

  /// The splits of rows by the class of each, in a random order within the class.
  ///
  /// - Throws: As ``splits(of:)``.
  public func splits(
    of classes: [some Hashable], using generator: inout some RandomNumberGenerator
  ) throws(SplitError) -> [RowSplit] {
    try splits(of: classes) { $0.shuffle(using: &generator) }
  }

  private func splits(
    of classes: [some Hashable], _ arrange: (inout [Int]) -> Void
  ) throws(SplitError) -> [RowSplit] {
    guard classes.count >= count else { throw .tooFewRows(rows: classes.count, needed: count) }
    var folds = [Int](repeating: 0, count: classes.count)
    // Dealing out the rows class after class gives each fold as many of all rows, too.
    var dealt = 0
    for rows in rowsByGroup(classes).rows {
      var foldsOfClass = rows.indices.map { (dealt + $0) % count }.sorted()
      dealt += rows.count
      arrange(&foldsOfClass)
      for (row, fold) in zip(rows, foldsOfClass) { folds[row] = fold }
    }
    return RowSplit.each(of: count, folds: folds)
  }
}

/// Rows in k parts such that no group is in two: the orders of a customer, the days of a product; as
/// scikit-learn's `GroupKFold`.
public struct GroupKFold: Hashable, Sendable {
  /// k, the number of parts.
  public let count: Int

  /// k folds; k below 2 stops the program.
  public init(count: Int) {
    checkFolds(count, "GroupKFold")
    self.count = count
  }

  /// The splits of rows by the group of each. The groups are dealt out from the largest on, each to
  /// the fold with the fewest rows; of groups of one size the greatest comes first.
  ///
  /// - Throws: `SplitError.tooFewGroups` where there are fewer groups than folds.
  public func splits(of groups: [some Hashable & Comparable]) throws(SplitError) -> [RowSplit] {
    let (names, rows) = rowsByGroup(groups)
    let order = names.indices.sorted { names[$0] > names[$1] }
    return try splits(rows, order, rowCount: groups.count)
  }

  /// The splits of rows by the group of each, where of groups of one size any may come first.
  ///
  /// - Throws: As ``splits(of:)``.
  public func splits(
    of groups: [some Hashable], using generator: inout some RandomNumberGenerator
  ) throws(SplitError) -> [RowSplit] {
    let (names, rows) = rowsByGroup(groups)
    return try splits(
      rows, names.indices.shuffled(using: &generator), rowCount: groups.count)
  }

  private func splits(
    _ rows: [[Int]], _ order: [Int], rowCount: Int
  ) throws(SplitError) -> [RowSplit] {
    guard rows.count >= count else { throw .tooFewGroups(groups: rows.count, needed: count) }
    var folds = [Int](repeating: 0, count: rowCount)
    var loads = [Int](repeating: 0, count: count)
    // Swift's sort keeps the order of what is equal.
    for group in order.sorted(by: { rows[$0].count > rows[$1].count }) {
      let fold = loads.indices.min { loads[$0] < loads[$1] }!
      loads[fold] += rows[group].count
      for row in rows[group] { folds[row] = fold }
    }
    return RowSplit.each(of: count, folds: folds)
  }
}

/// Stops the program at a number of folds that leaves nothing to learn from.
private func checkFolds(_ count: Int, _ operation: String) {
  guard count >= 2 else { fatalError("\(operation): expected a count of at least 2, got \(count)") }
}
