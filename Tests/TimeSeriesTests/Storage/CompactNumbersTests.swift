import Testing
import TimeSeries

@Suite struct CompactNumbersTests {
  /// Whole numbers, which single precision holds, and more of them than are narrowed at once.
  private static let whole = (0..<600).map { Double($0 % 97) }

  @Test func numbersThatSinglePrecisionHoldsAreStoredInIt() {
    var numbers = CompactNumbers()
    numbers.append(contentsOf: Self.whole[...])
    #expect(numbers == CompactNumbers(singles: Self.whole.map { Float($0) }))
    #expect(CompactNumbers(Self.whole) == numbers)
    #expect(numbers.nearestSingles.count == 600)
  }

  @Test(arguments: [0, 255, 256, 300, 599])
  func oneNumberOfMoreDigitsKeepsThemAll(place: Int) {
    var values = Self.whole
    values[place] = 123_456_789
    var numbers = CompactNumbers([5, 7])
    numbers.append(contentsOf: values[...])
    #expect(numbers.values == [5, 7] + values)
    #expect(CompactNumbers(values).values == values)
  }

  @Test func anyNaNFitsSinglePrecision() {
    // A payload whose lowest bit single precision has not.
    let odd = Double(nan: 1, signaling: false)
    var numbers = CompactNumbers()
    numbers.append(contentsOf: [3, odd, .nan, 4][...])
    #expect(numbers.nearestSingles.map(\.isNaN) == [false, true, true, false])
    #expect(numbers.replacingNaN().values == [3, 0, 0, 4])
  }

  @Test func partsOfAnotherListAreAppended() {
    let (single, double) = (CompactNumbers([1, 2, 3, 4]), CompactNumbers([0.1, 5, 6, 0.2]))
    var numbers = CompactNumbers([9])
    numbers.append(1..<3, of: single)
    numbers.append(1..<3, of: double)
    #expect(numbers == CompactNumbers(singles: [9, 2, 3, 5, 6]))
    numbers.append(2..<4, of: double)
    numbers.append(0..<1, of: single)
    #expect(numbers.values == [9, 2, 3, 5, 6, 6, 0.2, 1])
  }

  @Test func sumsAreThoseOfThePlaces() {
    #expect(CompactNumbers(Self.whole).sum(3..<600) == Self.whole[3...].reduce(0, +))
    #expect(CompactNumbers([0.1, 123_456_789, 2, 4, 8, 16, 32]).sum(1..<7) == 123_456_851)
    #expect(CompactNumbers([1, 2]).sum(1..<1) == 0)
  }

  @Test func missingNumbersOfAColumnAreZero() {
    let numbers = CompactNumbers([7, .nan, 0.1])
    let column = NumberColumn(numbers, at: [2, 1, -1, 0, 0])
    #expect(column.values == [0.1, 0, 0, 7, 7])
    #expect(column.missing == [false, true, true, false, false])
    #expect(NumberColumn(numbers, at: [0, 2]).missing.isEmpty)
  }
}
