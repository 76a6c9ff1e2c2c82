extension [Double] {
  /// The element that would stand at `place` if the array were sorted; then no larger ones stand
  /// before it, and no smaller ones after. Hoare's quickselect, with the median of three as pivot.
  mutating func select(_ place: Int) -> Double {
    withUnsafeMutableBufferPointer { buffer in
      var (low, high) = (0, buffer.count - 1)
      while low < high {
        let (a, b, c) = (buffer[low], buffer[(low + high) / 2], buffer[high])
        let pivot = Swift.max(Swift.min(a, b), Swift.min(Swift.max(a, b), c))
        var (left, right) = (low, high)
        while left <= right {
          while buffer[left] < pivot { left += 1 }
          while buffer[right] > pivot { right -= 1 }
          if left <= right {
            buffer.swapAt(left, right)
            left += 1
            right -= 1
          }
        }
        // Up to `right` none is above the pivot, from `left` on none below; between stands the
        // pivot.
        if place <= right {
          high = right
        } else if place >= left {
          low = left
        } else {
          break
        }
      }
      return buffer[place]
    }
  }

  /// A quantile by linear interpolation between order statistics, as NumPy's by default (type 7 of
  /// Hyndman & Fan 1996), `level` in 0...1; nil where the array is empty. Reorders the array.
  package mutating func quantile(_ level: Double) -> Double? {
    guard !isEmpty else { return nil }
    let position = level * Double(count - 1)
    let place = Int(position)
    let lower = select(place)
    let share = position - Double(place)
    guard share > 0 else { return lower }
    // After the selection the next larger one is the least of those behind.
    return lower + share * (self[(place + 1)...].min()! - lower)
  }

  /// The median, nil where the array is empty. Reorders the array.
  package mutating func median() -> Double? { quantile(0.5) }
}
