extension Array {
  /// The place of the first element that belongs to the second part of an array whose elements of
  /// the first part all come before; its count if there is none.
  @inline(__always)
  func partitionPoint(where belongsToSecondPart: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if belongsToSecondPart(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
