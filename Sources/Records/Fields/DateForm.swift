/// The date format of a column, which is detected as its dates are read.
///
/// The candidates are all formats that match every date so far. A date that they interpret
/// differently is undecided until a later date leaves only candidates that agree on it.
package final class DateForm {
  /// A date as interpreted by the candidates.
  enum Reading {
    case time(WrittenTime)
    /// The candidates disagree on the date.
    case undecided
    case fault(DateFault)
  }

  /// The format that was declared for the table.
  let declared: DateFormat
  private(set) var candidates: [DateFormat]
  /// The line of the first date, which narrowed down the candidates.
  private(set) var firstLine: Int?
  /// The shortest and longest texts, from which the pattern for writing dates is derived.
  private(set) var shortest: [UInt8] = []
  private(set) var longest: [UInt8] = []

  init(_ declared: DateFormat) {
    self.declared = declared
    candidates = declared == .automatic ? DateFormat.forms : [declared]
  }

  /// The format of the dates read so far, if the candidates agree on them.
  package var form: DateFormat { candidates[0] }

  /// Reads a date and drops the candidates that do not match it.
  func read(_ bytes: UnsafeBufferPointer<UInt8>, line: Int) -> Reading {
    // The most common format needs no list of candidates.
    if candidates[0] == .iso, case .success(let time) = DateFormat.iso.parseTime(bytes) {
      if candidates.count > 2 { candidates = [.iso, .yearMonthDay] }
      keep(bytes, line: line)
      return .time(time)
    }
    let readings = readings(of: bytes)
    guard let first = readings.first else {
      let isOutOfRange = candidates.contains { candidate in
        guard declared != .automatic || !candidate.mayBeNumber,
          case .failure(.yearOutOfRange) = candidate.parseTime(bytes)
        else { return false }
        return true
      }
      return .fault(isOutOfRange ? .yearOutOfRange : .unparsable)
    }
    guard readings.allSatisfy({ $0.time == first.time }) else { return .undecided }
    if readings.count < candidates.count { candidates = readings.map(\.form) }
    keep(bytes, line: line)
    return .time(first.time)
  }

  /// Drops the candidates that do not match a date after an undecided one. A date that no candidate
  /// matches is ignored.
  ///
  /// - Returns: A Boolean value that indicates whether the remaining candidates agree on the
  ///   undecided date.
  func narrow(by bytes: UnsafeBufferPointer<UInt8>, deciding undecided: [UInt8]) -> Bool {
    let readings = readings(of: bytes)
    if readings.isEmpty || readings.count == candidates.count { return false }
    candidates = readings.map(\.form)
    return undecided.withUnsafeBufferPointer { undecided in
      let times = self.readings(of: undecided).map(\.time)
      return times.allSatisfy { $0 == times[0] }
    }
  }

  /// Returns the candidates that match a date, and their interpretations.
  func readings(
    of bytes: UnsafeBufferPointer<UInt8>
  ) -> [(form: DateFormat, time: WrittenTime)] {
    candidates.compactMap { form in
      guard case .success(let time) = form.parseTime(bytes),
        declared != .automatic || form.isPlausible(time)
      else { return nil }
      return (form, time)
    }
  }

  private func keep(_ bytes: UnsafeBufferPointer<UInt8>, line: Int) {
    if firstLine == nil { firstLine = line }
    if shortest.isEmpty || bytes.count < shortest.count { shortest = Array(bytes.trimmed) }
    if bytes.count > longest.count { longest = Array(bytes.trimmed) }
  }
}

extension DateFormat {
  /// Returns a Boolean value that indicates whether a date without a declared format is plausible
  /// in this format. Any number can count days or moments, but only those near the present are
  /// probably dates.
  package func isPlausible(_ time: WrittenTime) -> Bool {
    switch self {
    case .epochSeconds, .epochMilliseconds, .epochMicroseconds, .epochNanoseconds, .excel:
      // From 1980-01-01 up to, but not including, 2100-01-01.
      (3_652..<47_482).contains(time.day)
    default: true
    }
  }
}

extension DateForm {
  /// Returns the pattern for writing dates in the same way, or `nil` for ISO 8601 and for texts that
  /// differ in more than their numbers.
  ///
  /// - Parameter hasHours: A Boolean value that indicates whether the dates have hours, which differ.
  package func pattern(hasHours: Bool) -> DatePattern? {
    DatePattern(
      form, samples: [shortest, longest].map { String(decoding: $0, as: UTF8.self) },
      hasHours: hasHours)
  }
}

// MARK: - Reports

extension DateForm {
  /// Returns a Boolean value that indicates whether a text is a date in a format that is not a
  /// candidate.
  func readsOtherwise(_ text: String) -> Bool {
    !DateFormat.reading(text).isEmpty
  }

  /// The description of the format in a report, or `nil` if it is ISO 8601 or no date was read.
  package var description: String? {
    guard !longest.isEmpty, form != .iso else { return nil }
    let example = excerpt(String(decoding: longest, as: UTF8.self))
    return "dates are read as \(form.pattern) (\(form.rawValue)), such as \(example)"
  }
}
