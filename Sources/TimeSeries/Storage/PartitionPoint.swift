extension Array {
  /// Returns the index of the first element that satisfies the predicate, or the count if none
  /// does. All elements that don't satisfy it must come first.
  @inlinable
  package func partitionPoint(where belongsToSecondPart: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if belongsToSecondPart(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
