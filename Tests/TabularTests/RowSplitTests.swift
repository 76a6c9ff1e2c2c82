import Safetensors
import Tabular
import Tensor
import Testing

@Suite struct RowSplitTests {
  private static let classes = [2, 0, 1, 0, 2, 2, 0, 0, 1, 2, 0, 0, 1, 0, 2, 0, 1]
  private static let groups = "dbacbaddcabeddbae".map(String.init)

  /// ```python
  /// [list(test) for _, test in KFold(3).split(np.zeros(17))]
  /// ```
  @Test func foldsAreThoseOfScikitLearn() throws {
    let splits = try KFold(count: 3).splits(of: 17)
    #expect(splits.map(\.test) == [Array(0..<6), Array(6..<12), Array(12..<17)])
    #expect(splits[1].training == Array(0..<6) + Array(12..<17))
  }

  /// ```python
  /// y = [2, 0, 1, 0, 2, 2, 0, 0, 1, 2, 0, 0, 1, 0, 2, 0, 1]
  /// [list(test) for _, test in StratifiedKFold(3).split(np.zeros(17), y)]
  /// ```
  @Test func stratifiedFoldsAreThoseOfScikitLearn() throws {
    let splits = try StratifiedKFold(count: 3).splits(of: Self.classes)
    #expect(
      splits.map(\.test) == [
        [0, 1, 2, 3, 4, 6], [5, 7, 8, 9, 10, 12], [11, 13, 14, 15, 16],
      ])
  }

  /// ```python
  /// [list(test) for _, test in GroupKFold(3).split(np.zeros(17), groups=list("dbacbaddcabeddbae"))]
  /// ```
  @Test func groupFoldsAreThoseOfScikitLearn() throws {
    let splits = try GroupKFold(count: 3).splits(of: Self.groups)
    #expect(
      splits.map(\.test) == [
        [0, 6, 7, 12, 13], [1, 4, 10, 11, 14, 16], [2, 3, 5, 8, 9, 15],
      ])
  }

  @Test(arguments: [2, 3, 17, 65]) func shuffledFoldsAreDisjointAndCoverAll(count: Int) throws {
    var generator = Xoshiro256(seed: UInt64(count))
    for rows in [count, 65, 131] {
      let splits = try KFold(count: count).splits(of: rows, using: &generator)
      expectPartition(splits, rows: rows)
      let sizes = splits.map(\.test.count)
      #expect(sizes.max()! - sizes.min()! <= 1)
    }
    let twice = try (0..<2).map { _ in
      var generator = Xoshiro256(seed: 9)
      return try KFold(count: 3).splits(of: 65, using: &generator)
    }
    #expect(twice[0] == twice[1])
    #expect(twice[0] != (try KFold(count: 3).splits(of: 65)))
  }

  @Test(arguments: [2, 3, 7]) func stratifiedFoldsHaveEqualShares(count: Int) throws {
    var generator = Xoshiro256(seed: 5)
    let classes = (0..<131).map { _ in Int.random(in: 0..<4, using: &generator) % 3 }
    let splits = try StratifiedKFold(count: count).splits(of: classes, using: &generator)
    expectPartition(splits, rows: 131)
    #expect(splits != (try StratifiedKFold(count: count).splits(of: classes)))
    for name in 0..<3 {
      let counts = splits.map { split in split.test.count { classes[$0] == name } }
      #expect(counts.max()! - counts.min()! <= 1, "class \(name)")
    }
    let sizes = splits.map(\.test.count)
    #expect(sizes.max()! - sizes.min()! <= 1)
  }

  @Test(arguments: [2, 3, 7]) func groupsStayTogether(count: Int) throws {
    var generator = Xoshiro256(seed: 11)
    let groups = (0..<131).map { _ in Int.random(in: 0..<17, using: &generator) }
    let splits = try GroupKFold(count: count).splits(of: groups, using: &generator)
    expectPartition(splits, rows: 131)
    for split in splits {
      #expect(
        Set(split.test.map { groups[$0] }).isDisjoint(with: split.training.map { groups[$0] }))
    }
    let largest = Dictionary(grouping: groups, by: { $0 }).values.map(\.count).max()!
    let sizes = splits.map(\.test.count)
    #expect(sizes.max()! - sizes.min()! <= largest)
  }

  @Test func holdOutsHaveTheirShare() throws {
    var generator = Xoshiro256(seed: 2)
    let split = try RowHoldOut(testShare: 0.2).split(of: 17, using: &generator)
    // train_test_split(range(17), test_size=0.2) has 4 rows to test.
    #expect(split.test.count == 4)
    #expect(Set(split.test + split.training) == Set(0..<17))
    #expect(split.training.count == 13)
    let classes = (0..<131).map { $0 % 13 < 2 ? "few" : $0 % 13 < 3 ? "fewer" : "many" }
    let stratified = try RowHoldOut(testShare: 0.3).split(
      stratifiedBy: classes, using: &generator)
    #expect(Set(stratified.test + stratified.training) == Set(0..<131))
    #expect(stratified.test.count == 39)
    for name in ["few", "fewer", "many"] {
      let share = 0.3 * Double(classes.count { $0 == name })
      let count = stratified.test.count { classes[$0] == name }
      #expect(abs(Double(count) - share) <= 1, "\(name)")
    }
  }

  @Test func tooFewRowsAreAnError() throws {
    var generator = Xoshiro256(seed: 2)
    #expect(throws: SplitError.tooFewRows(rows: 2, needed: 3)) { try KFold(count: 3).splits(of: 2) }
    #expect(throws: SplitError.tooFewRows(rows: 2, needed: 3)) {
      try StratifiedKFold(count: 3).splits(of: ["a", "b"])
    }
    #expect(throws: SplitError.tooFewGroups(groups: 2, needed: 3)) {
      try GroupKFold(count: 3).splits(of: ["a", "b", "a", "b"])
    }
    #expect(throws: SplitError.tooFewRows(rows: 9, needed: 20)) {
      try RowHoldOut(testShare: 0.95).split(of: 9, using: &generator)
    }
    #expect(throws: SplitError.tooFewRows(rows: 1, needed: 2)) {
      try RowHoldOut(testShare: 0.5).split(stratifiedBy: ["a"], using: &generator)
    }
  }

  /// Expects that each row is in the test part of one split, and in the training part of all others.
  private func expectPartition(_ splits: [RowSplit], rows: Int) {
    #expect(splits.flatMap(\.test).sorted() == Array(0..<rows))
    for split in splits {
      #expect((split.training + split.test).sorted() == Array(0..<rows))
      #expect(split.test == split.test.sorted())
    }
  }
}
