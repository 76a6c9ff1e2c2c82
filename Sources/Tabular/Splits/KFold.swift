/// A split of rows into k parts of nearly equal size, each of which is held out once, as in
/// scikit-learn's `KFold`.
public struct KFold: Hashable, Sendable {
  /// The number of parts, k.
  public let count: Int

  /// Creates a k-fold split. Stops the program if `count` is below 2.
  public init(count: Int) {
    checkFolds(count, "KFold")
    self.count = count
  }

  /// Returns the splits of rows in their given order. Each fold is a contiguous range of rows. If
  /// the folds cannot be equal, the first ones have one more row.
  ///
  /// - Throws: `SplitError.tooFewRows` if there are fewer rows than folds.
  public func splits(of rows: Int) throws(SplitError) -> [RowSplit] {
    try splits(ofOrder: Array(0..<max(0, rows)))
  }

  /// Returns the splits of rows in random order.
  ///
  /// - Throws: `SplitError.tooFewRows` if there are fewer rows than folds.
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

/// A split of rows into k parts with equal proportions of each class, to within one row, as in
/// scikit-learn's `StratifiedKFold`.
public struct StratifiedKFold: Hashable, Sendable {
  /// The number of parts, k.
  public let count: Int

  /// Creates a stratified k-fold split. Stops the program if `count` is below 2.
  public init(count: Int) {
    checkFolds(count, "StratifiedKFold")
    self.count = count
  }

  /// Returns the splits of rows by their classes. The first rows of a class are in the first folds.
  ///
  /// - Throws: `SplitError.tooFewRows` if there are fewer rows than folds.
  public func splits(of classes: [some Hashable]) throws(SplitError) -> [RowSplit] {
    try splits(of: classes) { _ in }
  }

  /// Returns the splits of rows by their classes, in random order within each class.
  ///
  /// - Throws: `SplitError.tooFewRows` if there are fewer rows than folds.
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
    // Assigning the rows class by class also gives the folds nearly equal numbers of rows.
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

/// A split of rows into k parts that never divides a group, such as the orders of a customer or the
/// days of a product, as in scikit-learn's `GroupKFold`.
public struct GroupKFold: Hashable, Sendable {
  /// The number of parts, k.
  public let count: Int

  /// Creates a grouped k-fold split. Stops the program if `count` is below 2.
  public init(count: Int) {
    checkFolds(count, "GroupKFold")
    self.count = count
  }

  /// Returns the splits of rows by their groups. Each group, from the largest to the smallest, is
  /// assigned to the fold with the fewest rows. Of groups of equal size, the greatest comes first.
  ///
  /// - Throws: `SplitError.tooFewGroups` if there are fewer groups than folds.
  public func splits(of groups: [some Hashable & Comparable]) throws(SplitError) -> [RowSplit] {
    let (names, rows) = rowsByGroup(groups)
    let order = names.indices.sorted { names[$0] > names[$1] }
    return try splits(rows, order, rowCount: groups.count)
  }

  /// Returns the splits of rows by their groups, with groups of equal size in random order.
  ///
  /// - Throws: `SplitError.tooFewGroups` if there are fewer groups than folds.
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
    // Swift's sort is stable.
    for group in order.sorted(by: { rows[$0].count > rows[$1].count }) {
      let fold = loads.indices.min { loads[$0] < loads[$1] }!
      loads[fold] += rows[group].count
      for row in rows[group] { folds[row] = fold }
    }
    return RowSplit.each(of: count, folds: folds)
  }
}

/// Stops the program if there are too few folds to leave any training rows.
private func checkFolds(_ count: Int, _ operation: String) {
  guard count >= 2 else { fatalError("\(operation): expected a count of at least 2, got \(count)") }
}
