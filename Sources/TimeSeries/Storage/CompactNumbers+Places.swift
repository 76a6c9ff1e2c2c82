#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

// Operations on many numbers at once, however they are stored.
extension CompactNumbers {
  /// Copies a range of the numbers to memory that has room for them.
  package func copy(_ places: Range<Int>, to target: UnsafeMutablePointer<Double>) {
    if isSingle {
      singles[places].withUnsafeBufferPointer { singles in
        for place in singles.indices { target[place] = Double(singles[place]) }
      }
    } else {
      doubles[places].withUnsafeBufferPointer { doubles in
        for place in doubles.indices { target[place] = doubles[place] }
      }
    }
  }

  /// Returns the sum of the numbers in a range of positions. Four partial sums are computed side by
  /// side, because each addition in a single sum would wait for the one before it.
  package func sum(_ places: Range<Int>) -> Double {
    isSingle ? Self.sum(singles[places]) { Double($0) } : Self.sum(doubles[places]) { $0 }
  }

  @inline(__always)
  private static func sum<Scalar>(
    _ numbers: ArraySlice<Scalar>, _ double: (Scalar) -> Double
  ) -> Double {
    numbers.withUnsafeBufferPointer { numbers in
      var sums = SIMD4<Double>()
      var place = 0
      while place + 4 <= numbers.count {
        sums += SIMD4(
          double(numbers[place]), double(numbers[place + 1]), double(numbers[place + 2]),
          double(numbers[place + 3]))
        place += 4
      }
      return numbers[place...].reduce(sums.sum()) { $0 + double($1) }
    }
  }

  /// Returns the numbers at the given positions, with 0 for NaN and for negative positions.
  func gathered(at places: [Int32]) -> CompactNumbers {
    isSingle
      ? CompactNumbers(singles: Self.gathered(singles, places))
      : CompactNumbers(Self.gathered(doubles, places))
  }

  @inline(__always)
  private static func gathered<Scalar: BinaryFloatingPoint>(
    _ numbers: [Scalar], _ places: [Int32]
  ) -> [Scalar] {
    places.map { place in
      let number = place < 0 ? .nan : numbers[Int(place)]
      return number.isNaN ? 0 : number
    }
  }

  /// A Boolean value that indicates whether one of the numbers is NaN.
  package var containsNaN: Bool {
    isSingle ? singles.contains(where: \.isNaN) : doubles.contains(where: \.isNaN)
  }

  /// Returns the numbers with NaN replaced by 0. Shares the storage if no number is NaN and all are
  /// exact in single precision.
  package func replacingNaN() -> CompactNumbers {
    guard isSingle else { return CompactNumbers(doubles.map { $0.isNaN ? 0 : $0 }) }
    return containsNaN ? CompactNumbers(singles: singles.map { $0.isNaN ? 0 : $0 }) : self
  }

  /// Returns a Boolean value that indicates whether the numbers in a range of positions are bitwise
  /// equal to those of another list.
  func hasSameBits(
    _ places: Range<Int>, as other: CompactNumbers, _ otherPlaces: Range<Int>
  ) -> Bool {
    if isSingle, other.isSingle {
      return singles[places].hasSameBits(as: other.singles[otherPlaces])
    }
    if !isSingle, !other.isSingle {
      return doubles[places].hasSameBits(as: other.doubles[otherPlaces])
    }
    return zip(places, otherPlaces).allSatisfy { self[$0].bitPattern == other[$1].bitPattern }
  }

  /// Calls a closure with the offset of each number in a range of positions that is not bitwise
  /// equal to the corresponding number of another list, or for which `isOther` returns true.
  @inline(__always)
  func forEachDifference(
    _ places: Range<Int>, from other: CompactNumbers, _ otherPlaces: Range<Int>,
    or isOther: (Int) -> Bool, _ body: (Int) -> Void
  ) {
    if isSingle, other.isSingle {
      singles[places].forEachOffset(with: other.singles[otherPlaces], body) {
        $1.bitPattern != $2.bitPattern || isOther($0)
      }
    } else {
      self[places][...].forEachOffset(with: other[otherPlaces][...], body) {
        $1.bitPattern != $2.bitPattern || isOther($0)
      }
    }
  }

  /// Returns a Boolean value that indicates whether one of the numbers in a range of positions is
  /// below 0.
  package func containsNegative(_ places: Range<Int>) -> Bool {
    isSingle ? singles[places].contains { $0 < 0 } : doubles[places].contains { $0 < 0 }
  }
}

extension ArraySlice where Element: BitwiseCopyable {
  /// Returns a Boolean value that indicates whether two slices of the same length are bitwise
  /// equal.
  func hasSameBits(as other: Self) -> Bool {
    withUnsafeBytes { own in
      other.withUnsafeBytes { other in
        own.count == other.count
          && (own.isEmpty || own.baseAddress == other.baseAddress
            || memcmp(own.baseAddress!, other.baseAddress!, own.count) == 0)
      }
    }
  }
}

extension ArraySlice {
  /// Calls a closure with each offset at which the elements of this slice and of another one of the
  /// same length satisfy a condition.
  @inline(__always)
  fileprivate func forEachOffset(
    with other: Self, _ body: (Int) -> Void,
    where isIncluded: (_ offset: Int, Element, Element) -> Bool
  ) {
    withUnsafeBufferPointer { own in
      other.withUnsafeBufferPointer { other in
        for offset in own.indices where isIncluded(offset, own[offset], other[offset]) {
          body(offset)
        }
      }
    }
  }
}
