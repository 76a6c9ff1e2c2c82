extension [Double] {
  /// Moves the element that has index `place` in sorted order to that index, with no larger
  /// elements before it and no smaller ones after it, and returns it. Uses Hoare's quickselect with
  /// the median of three as pivot.
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
        // Elements up to `right` are at most the pivot, and those from `left` on are at least the
        // pivot. Any element between them equals the pivot.
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

  /// Returns a quantile by linear interpolation between order statistics, like NumPy's default
  /// (type 7 of Hyndman & Fan 1996), or `nil` if the array is empty. `level` is in 0...1. Reorders
  /// the array.
  package mutating func quantile(_ level: Double) -> Double? {
    guard !isEmpty else { return nil }
    let position = level * Double(count - 1)
    let place = Int(position)
    let lower = select(place)
    let share = position - Double(place)
    guard share > 0 else { return lower }
    // After the selection, the next larger element is the minimum of those after it.
    return lower + share * (self[(place + 1)...].min()! - lower)
  }

  /// Returns the median, or `nil` if the array is empty. Reorders the array.
  package mutating func median() -> Double? { quantile(0.5) }
}
