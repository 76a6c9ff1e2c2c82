/// The form of the dates in a column, which is found as they are read.
///
/// All forms that read every date so far are candidates. A date that they read differently is
/// undecided until a later date leaves only candidates that agree on it.
package final class DateForm {
  /// A date as the candidates read it.
  enum Reading {
    case time(WrittenTime)
    /// Two candidates read two dates.
    case undecided
    case fault(DateFault)
  }

  /// The form that the table was said to have.
  let declared: DateFormat
  private(set) var candidates: [DateFormat]
  /// The line of the first date, from which on the candidates are fewer than all forms.
  private(set) var firstLine: Int?
  /// The texts of the fewest and of the most bytes, by which the form is written out again.
  private(set) var shortest: [UInt8] = []
  private(set) var longest: [UInt8] = []

  init(_ declared: DateFormat) {
    self.declared = declared
    candidates = declared == .automatic ? DateFormat.forms : [declared]
  }

  /// The form of the dates read so far, where the candidates agree on them.
  package var form: DateFormat { candidates[0] }

  /// Reads a date, and drops the candidates that read none.
  func read(_ bytes: UnsafeBufferPointer<UInt8>, line: Int) -> Reading {
    // What most tables have needs no list of candidates.
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

  /// Drops the candidates that cannot read a date that follows an undecided one; one that none can
  /// read says nothing.
  ///
  /// - Returns: Whether the candidates that are left agree on the undecided date.
  func narrow(by bytes: UnsafeBufferPointer<UInt8>, deciding undecided: [UInt8]) -> Bool {
    let readings = readings(of: bytes)
    if readings.isEmpty || readings.count == candidates.count { return false }
    candidates = readings.map(\.form)
    return undecided.withUnsafeBufferPointer { undecided in
      let times = self.readings(of: undecided).map(\.time)
      return times.allSatisfy { $0 == times[0] }
    }
  }

  /// The candidates that read a date, and the dates that they read.
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
  /// A Boolean value that indicates whether a date that was not declared to have this form may have
  /// it. Any number counts days or moments from some day: only those of our time are dates.
  package func isPlausible(_ time: WrittenTime) -> Bool {
    switch self {
    case .epochSeconds, .epochMilliseconds, .epochMicroseconds, .epochNanoseconds, .excel:
      // 1980-01-01 until before 2100-01-01.
      (3_652..<47_482).contains(time.day)
    default: true
    }
  }
}

extension DateForm {
  /// The way the dates are written; nil for ISO 8601, and for texts that differ in more than their
  /// numbers.
  package var pattern: DatePattern? {
    DatePattern(form, samples: [shortest, longest].map { String(decoding: $0, as: UTF8.self) })
  }
}

// MARK: - Reports

extension DateForm {
  /// Returns a Boolean value that indicates whether a text is a date of a form that is no candidate.
  func readsOtherwise(_ text: String) -> Bool {
    !DateFormat.reading(text).isEmpty
  }

  /// The form as a report describes it; nil if it is the usual one, or no date was read.
  package var description: String? {
    guard !longest.isEmpty, form != .iso else { return nil }
    let example = excerpt(String(decoding: longest, as: UTF8.self))
    return "dates are read as \(form.pattern) (\(form.rawValue)), such as \(example)"
  }
}
