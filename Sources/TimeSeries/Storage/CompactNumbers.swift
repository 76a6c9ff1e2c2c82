/// Double-precision numbers that are stored in single precision as long as it represents each of
/// them exactly.
///
/// Counts of units thus take half of the memory, and numbers such as 123,456,782 or 8.26 keep all
/// of their digits.
package struct CompactNumbers: Sendable {
  // One of the two is empty. An enumeration would copy an array on appending to it.
  private(set) var singles: [Float] = []
  private(set) var doubles: [Double] = []
  /// A Boolean value that indicates whether the numbers are stored in single precision.
  private(set) var isSingle = true

  /// Creates an empty list.
  package init() {}

  /// Creates a list of numbers. Shares the array if single precision does not represent them
  /// exactly.
  package init(_ values: [Double]) {
    singles = [Float](unsafeUninitializedCapacity: values.count) { buffer, count in
      isSingle = values.withUnsafeBufferPointer { Self.narrow($0, to: buffer.baseAddress) }
      count = isSingle ? values.count : 0
    }
    if !isSingle { (singles, doubles) = ([], values) }
  }

  /// Creates a list of single-precision numbers, without copying them.
  package init(singles: [Float]) { self.singles = singles }

  /// The number of elements.
  package var count: Int { isSingle ? singles.count : doubles.count }

  /// The positions of the numbers.
  package var indices: Range<Int> { 0..<count }

  /// Accesses the number at a position.
  package subscript(place: Int) -> Double {
    get { isSingle ? Double(singles[place]) : doubles[place] }
    set {
      if isSingle, !Self.fitsSingle(newValue) { widen() }
      if isSingle { singles[place] = Float(newValue) } else { doubles[place] = newValue }
    }
  }

  /// Copies the numbers in a range of positions.
  package subscript(places: Range<Int>) -> [Double] {
    guard isSingle else { return Array(doubles[places]) }
    return [Double](unsafeUninitializedCapacity: places.count) { buffer, count in
      if let target = buffer.baseAddress { copy(places, to: target) }
      count = places.count
    }
  }

  /// All numbers. Shares the storage if they are stored in double precision.
  package var values: [Double] { isSingle ? singles.map { Double($0) } : doubles }

  /// The nearest single-precision numbers, all finite if the numbers are. Shares the storage if
  /// they are stored in single precision.
  package var nearestSingles: [Float] { isSingle ? singles : doubles.map { Float(saturating: $0) } }

  /// Reserves storage for a number of elements.
  package mutating func reserveCapacity(_ count: Int) {
    if isSingle { singles.reserveCapacity(count) } else { doubles.reserveCapacity(count) }
  }

  /// Appends a number. NaN can be stored in single precision.
  package mutating func append(_ value: Double) {
    if isSingle, !Self.fitsSingle(value) { widen() }
    if isSingle { singles.append(Float(value)) } else { doubles.append(value) }
  }

  /// Removes elements from the end.
  package mutating func removeLast(_ count: Int = 1) {
    if isSingle { singles.removeLast(count) } else { doubles.removeLast(count) }
  }

  /// Appends several numbers.
  package mutating func append(contentsOf values: UnsafeBufferPointer<Double>) {
    var place = 0
    while isSingle, place < values.count {
      let end = min(place + Self.blockLength, values.count)
      if appendSingles(UnsafeBufferPointer(rebasing: values[place..<end])) {
        place = end
      } else {
        widen()
      }
    }
    if !isSingle { doubles.append(contentsOf: UnsafeBufferPointer(rebasing: values[place...])) }
  }

  /// Appends several numbers.
  package mutating func append(contentsOf values: ArraySlice<Double>) {
    values.withUnsafeBufferPointer { append(contentsOf: $0) }
  }

  /// Appends the numbers of another list.
  package mutating func append(contentsOf other: CompactNumbers) {
    if isSingle, !other.isSingle { widen() }
    append(other.indices, of: other)
  }

  /// Appends the numbers in a range of positions of another list.
  package mutating func append(_ places: Range<Int>, of other: CompactNumbers) {
    if !other.isSingle {
      append(contentsOf: other.doubles[places])
    } else if isSingle {
      singles.append(contentsOf: other.singles[places])
    } else {
      doubles.append(contentsOf: other[places])
    }
  }

  /// Returns the numbers at the given positions, in that order.
  package func selecting(_ places: [Int]) -> CompactNumbers {
    var selected = CompactNumbers()
    selected.reserveCapacity(places.count)
    for place in places { selected.append(self[place]) }
    return selected
  }

  /// Returns a list of `count` numbers that has each number of this list, if it is not NaN, at its
  /// target position, and 0 elsewhere.
  ///
  /// - Parameter target: Returns the target position of a number, or `nil` to skip it.
  package func scattered(over count: Int, to target: (_ place: Int) -> Int?) -> CompactNumbers {
    var result = CompactNumbers()
    if isSingle {
      result.singles = [Float](repeating: 0, count: count)
      for place in indices where !singles[place].isNaN {
        if let target = target(place) { result.singles[target] = singles[place] }
      }
    } else {
      result.isSingle = false
      result.doubles = [Double](repeating: 0, count: count)
      for place in indices where !doubles[place].isNaN {
        if let target = target(place) { result.doubles[target] = doubles[place] }
      }
    }
    return result
  }

  private mutating func widen() {
    doubles.reserveCapacity(singles.capacity)
    doubles.append(contentsOf: values)
    singles = []
    isSingle = false
  }

  /// Returns a Boolean value that indicates whether a number is exact in single precision, or NaN.
  @inline(__always)
  private static func fitsSingle(_ value: Double) -> Bool {
    Double(Float(value)) == value || value.isNaN
  }
}

// MARK: - Blocks

extension CompactNumbers {
  /// The number of elements that are converted before checking that single precision represents
  /// them.
  private static var blockLength: Int { 256 }

  /// Appends a block of numbers. Returns false if single precision does not represent each of them
  /// exactly.
  private mutating func appendSingles(_ block: UnsafeBufferPointer<Double>) -> Bool {
    withUnsafeTemporaryAllocation(of: Float.self, capacity: Self.blockLength) { narrowed in
      guard Self.narrow(block, to: narrowed.baseAddress) else { return false }
      singles.append(contentsOf: UnsafeBufferPointer(rebasing: narrowed[..<block.count]))
      return true
    }
  }

  /// Converts numbers to single precision. Returns false if it does not represent each of them
  /// exactly. NaN is supported.
  private static func narrow(
    _ values: UnsafeBufferPointer<Double>, to target: UnsafeMutablePointer<Float>?
  ) -> Bool {
    guard let target else { return true }
    for start in stride(from: 0, to: values.count, by: blockLength) {
      // The loop has no branch for each number, so that it is vectorized.
      let block = start..<min(start + blockLength, values.count)
      var difference: UInt64 = 0
      for place in block {
        let single = Float(values[place])
        target[place] = single
        difference |= Double(single).bitPattern ^ values[place].bitPattern
      }
      // NaN can have different bits.
      if difference != 0, !values[block].allSatisfy(fitsSingle) { return false }
    }
    return true
  }
}

extension CompactNumbers: Equatable {
  package static func == (left: CompactNumbers, right: CompactNumbers) -> Bool {
    if left.isSingle, right.isSingle { return left.singles == right.singles }
    if !left.isSingle, !right.isSingle { return left.doubles == right.doubles }
    return left.count == right.count && left.indices.allSatisfy { left[$0] == right[$0] }
  }
}
