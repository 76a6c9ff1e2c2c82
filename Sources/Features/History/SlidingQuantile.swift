/// Writes the quantile of the window that ends at each position, NaN if the window has fewer than
/// `minimumCount` numbers.
///
/// The window is kept sorted. A number is inserted or removed by moving those above it, which is
/// faster than a tree for windows of a few hundred numbers.
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
