/// Double-precision numbers that are stored in single precision as long as it represents each of
/// them exactly.
///
/// Counts of units thus take half of the memory, and numbers such as 123,456,782 or 8.26 keep all
/// of their digits.
package struct CompactNumbers: Sendable {
  // One of the two is empty. An enumeration would copy an array on appending to it.
  private var singles: [Float] = []
  private var doubles: [Double] = []
  /// A Boolean value that indicates whether the numbers are stored in single precision.
  private(set) var isSingle = true

  /// Creates an empty list.
  package init() {}

  /// Creates a list of numbers. Shares the array if single precision does not represent them
  /// exactly.
  package init(_ values: [Double]) {
    if values.withUnsafeBufferPointer(Self.fitSingle) {
      singles = values.map { Float($0) }
    } else {
      (doubles, isSingle) = (values, false)
    }
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
    if isSingle {
      if Self.fitSingle(values) {
        singles.append(contentsOf: values.lazy.map { Float($0) })
        return
      }
      widen()
    }
    doubles.append(contentsOf: values)
  }

  /// Appends several numbers.
  package mutating func append(contentsOf values: ArraySlice<Double>) {
    values.withUnsafeBufferPointer { append(contentsOf: $0) }
  }

  /// Appends the numbers of another list.
  package mutating func append(contentsOf other: CompactNumbers) {
    if isSingle, other.isSingle {
      singles.append(contentsOf: other.singles)
    } else {
      if isSingle { widen() }
      if other.isSingle {
        doubles.append(contentsOf: other.singles.lazy.map { Double($0) })
      } else {
        doubles.append(contentsOf: other.doubles)
      }
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

  /// Copies a range of the numbers to memory that has room for them.
  package func copy(_ places: Range<Int>, to target: UnsafeMutablePointer<Double>) {
    if isSingle {
      singles.withUnsafeBufferPointer { singles in
        for place in places { target[place - places.lowerBound] = Double(singles[place]) }
      }
    } else {
      doubles.withUnsafeBufferPointer { doubles in
        for place in places { target[place - places.lowerBound] = doubles[place] }
      }
    }
  }

  private mutating func widen() {
    doubles.reserveCapacity(singles.capacity)
    doubles.append(contentsOf: singles.lazy.map { Double($0) })
    singles = []
    isSingle = false
  }

  /// Returns a Boolean value that indicates whether a number is exact in single precision, or NaN.
  @inline(__always)
  private static func fitsSingle(_ value: Double) -> Bool {
    Double(Float(value)) == value || value.isNaN
  }

  /// Returns a Boolean value that indicates whether each number is exact in single precision, or
  /// NaN. Checks several numbers at a time, without a branch.
  static func fitSingle(_ values: UnsafeBufferPointer<Double>) -> Bool {
    var place = 0
    while place < values.count {
      let end = min(place + 256, values.count)
      var faults: UInt8 = 0
      while place < end {
        let value = values[place]
        faults |= Double(Float(value)) == value || value != value ? 0 : 1
        place += 1
      }
      if faults != 0 { return false }
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
