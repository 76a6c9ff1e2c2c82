extension [Int32] {
  /// Moves the rows of a range whose bin is at most `bin` before the others, keeping their order.
  ///
  /// - Returns: The place of the first one of the others.
  mutating func partitionStably(_ range: Range<Int>, by bins: [UInt8], upTo bin: UInt8) -> Int {
    var others: [Int32] = []
    var end = range.lowerBound
    bins.withUnsafeBufferPointer { bins in
      withUnsafeMutableBufferPointer { rows in
        for place in range {
          let row = rows[place]
          if bins[Int(row)] <= bin {
            rows[end] = row
            end += 1
          } else {
            others.append(row)
          }
        }
        for (offset, row) in others.enumerated() { rows[end + offset] = row }
      }
    }
    return end
  }
}
