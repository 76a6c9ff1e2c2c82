/// Numbers in double precision, stored in single precision as long as that holds each of them exactly.
///
/// Counts of units take half of the memory so, and a number such as 123,456,782 or 8.26 keeps all of
/// its digits.
package struct CompactNumbers: Sendable {
  // One of the two is empty. An enumeration would copy an array that it appends to.
  private var singles: [Float] = []
  private var doubles: [Double] = []
  /// A Boolean value that indicates whether the numbers are stored in single precision.
  private(set) var isSingle = true

  /// No numbers.
  package init() {}

  /// The numbers of an array. The array itself is stored where single precision does not hold them.
  package init(_ values: [Double]) {
    if values.withUnsafeBufferPointer(Self.fitSingle) {
      singles = values.map { Float($0) }
    } else {
      (doubles, isSingle) = (values, false)
    }
  }

  /// Numbers of single precision, which are not copied.
  package init(singles: [Float]) { self.singles = singles }

  /// The number of numbers.
  package var count: Int { isSingle ? singles.count : doubles.count }

  /// The places of the numbers.
  package var indices: Range<Int> { 0..<count }

  /// The number at a place.
  package subscript(place: Int) -> Double {
    get { isSingle ? Double(singles[place]) : doubles[place] }
    set {
      if isSingle, !Self.fitsSingle(newValue) { widen() }
      if isSingle { singles[place] = Float(newValue) } else { doubles[place] = newValue }
    }
  }

  /// The numbers at some places, from index 0. Copies them.
  package subscript(places: Range<Int>) -> [Double] {
    guard isSingle else { return Array(doubles[places]) }
    return [Double](unsafeUninitializedCapacity: places.count) { buffer, count in
      if let target = buffer.baseAddress { copy(places, to: target) }
      count = places.count
    }
  }

  /// All numbers. Shares the memory where they are stored in double precision.
  package var values: [Double] { isSingle ? singles.map { Double($0) } : doubles }

  /// The nearest numbers of single precision, all finite if the numbers are. Shares the memory where
  /// they are stored so.
  package var nearestSingles: [Float] { isSingle ? singles : doubles.map { Float(saturating: $0) } }

  /// Makes room for so many numbers of single precision.
  package mutating func reserveCapacity(_ count: Int) {
    if isSingle { singles.reserveCapacity(count) } else { doubles.reserveCapacity(count) }
  }

  /// Adds a number. NaN can be stored in single precision.
  package mutating func append(_ value: Double) {
    if isSingle, !Self.fitsSingle(value) { widen() }
    if isSingle { singles.append(Float(value)) } else { doubles.append(value) }
  }

  /// Removes some numbers from the end.
  package mutating func removeLast(_ count: Int = 1) {
    if isSingle { singles.removeLast(count) } else { doubles.removeLast(count) }
  }

  /// Adds several numbers.
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

  /// Adds several numbers.
  package mutating func append(contentsOf values: ArraySlice<Double>) {
    values.withUnsafeBufferPointer { append(contentsOf: $0) }
  }

  /// Adds the numbers of another list.
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

  /// The numbers at some places, in their order.
  package func selecting(_ places: [Int]) -> CompactNumbers {
    var selected = CompactNumbers()
    selected.reserveCapacity(places.count)
    for place in places { selected.append(self[place]) }
    return selected
  }

  /// So many numbers: each of these, if it is not NaN, at a place of its own, and 0 elsewhere.
  ///
  /// - Parameter target: The place that a number goes to; nil to leave it out.
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

  /// Copies some of the numbers into memory that has room for them.
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

  /// Returns whether single precision holds a number, or it is NaN.
  @inline(__always)
  private static func fitsSingle(_ value: Double) -> Bool {
    Double(Float(value)) == value || value.isNaN
  }

  /// Returns whether single precision holds each of the numbers, or they are NaN. Looks at several at
  /// once, without a branch.
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
