/// Writes the quantile of the window of numbers that ends at each place, NaN where it has fewer than
/// `minimumCount`.
///
/// The window is kept sorted: a number comes in and another goes out by moving those above it, which
/// for windows of some hundred numbers is faster than a tree.
func slideQuantile(
  _ row: [Float], window: Int, level: Double, minimumCount: Int,
  _ result: UnsafeMutablePointer<Float>
) {
  var sorted: [Float] = []
  sorted.reserveCapacity(min(window, row.count))
  func place(of value: Float) -> Int { sorted.partitionPoint { $0 >= value } }
  for end in row.indices {
    if end >= window, !row[end - window].isNaN { sorted.remove(at: place(of: row[end - window])) }
    if !row[end].isNaN { sorted.insert(row[end], at: place(of: row[end])) }
    guard sorted.count >= minimumCount else {
      result[end] = .nan
      continue
    }
    let position = level * Double(sorted.count - 1)
    let below = Int(position)
    let above = min(below + 1, sorted.count - 1)
    let low = Double(sorted[below])
    result[end] = Float(low + (position - Double(below)) * (Double(sorted[above]) - low))
  }
}
