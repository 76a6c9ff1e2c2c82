extension KnownCovariate {
  /// Returns the numbers of a series over any steps, nil where they are missing and beyond the
  /// column's end. Stops the program if the column contains categories.
  package func paddedNumbers(of index: Int, over steps: Range<Int>) -> [Double?] {
    guard kind == .numeric else { fatalError("paddedNumbers: \"\(name)\" contains categories") }
    // All steps up to the end are accessible.
    let (values, missing) = try! numberWindow(of: index, over: steps.clamped(to: .min..<end))
    return zip(values, missing).map { $1 ? nil : $0 }
      + Array(repeating: nil, count: steps.count - values.count)
  }

  /// Returns the category codes of a series over any steps, unknown beyond the column's end. Stops
  /// the program if the column contains numbers.
  package func paddedCodes(of index: Int, over steps: Range<Int>) -> [Int32] {
    guard kind == .categorical else { fatalError("paddedCodes: \"\(name)\" contains numbers") }
    // All steps up to the end are accessible.
    let known = try! codes(of: index, over: steps.clamped(to: .min..<end))
    return known + Array(repeating: Vocabulary.unknown, count: steps.count - known.count)
  }
}
