/// A partition of series into groups.
struct SeriesGroups: Sendable {
  /// The index of the group of each series, [N].
  let owner: [Int]
  /// The number of groups, G.
  let count: Int

  /// - Parameter members: The indices of the series of each group, in which each series occurs once.
  init(_ members: [[Int]], of seriesCount: Int) {
    var owner = [Int](repeating: -1, count: seriesCount)
    for (group, members) in members.enumerated() {
      for member in members where owner.indices.contains(member) { owner[member] = group }
    }
    guard members.joined().count == seriesCount, !owner.contains(-1) else {
      fatalError(
        "DemandSimulation: expected groups that contain each of \(seriesCount) series once, got "
          + "\(members.count) groups of \(members.joined().count)")
    }
    (self.owner, count) = (owner, members.count)
  }

  /// Returns the sums over the members of each group, `[N, C]` → `[G, C]`.
  func sums(of values: [Double], width: Int) -> [Double] {
    var sums = [Double](repeating: 0, count: count * width)
    for cell in values.indices { sums[owner[cell / width] * width + cell % width] += values[cell] }
    return sums
  }
}
