extension DatePattern {
  /// Creates the pattern of a column's dates, or returns `nil` for ISO 8601 and for texts that no
  /// pattern reproduces.
  ///
  /// - Parameters:
  ///   - form: The format of the dates.
  ///   - samples: Dates of the column. The first is as short as any.
  ///   - hasHours: A Boolean value that indicates whether the dates have hours, which differ.
  package init?(_ form: DateFormat, samples: [String], hasHours: Bool = false) {
    guard let sample = samples.first, !sample.contains("{"),
      let text = Self.patternText(form, sample, longest: samples.last!, hasHours: hasHours),
      text != "{year}-{mm}-{dd}", let pattern = DatePattern(text)
    else { return nil }
    for sample in samples {
      guard let time = form.time(sample),
        pattern.text(of: CalendarDate(dayNumber: time.day), hour: hasHours ? time.hour : nil)
          == sample
      else { return nil }
    }
    self = pattern
  }

  /// A run of digits, of letters, or of other characters in a text.
  private struct Run {
    enum Kind { case digits, letters, other }
    let kind: Kind
    let text: String
  }

  private static func runs(_ text: String) -> [Run] {
    var runs: [(kind: Run.Kind, text: String)] = []
    for character in text {
      let kind: Run.Kind =
        character.isASCII && character.isNumber
        ? .digits : character.isASCII && character.isLetter ? .letters : .other
      if runs.last?.kind == kind {
        runs[runs.count - 1].text.append(character)
      } else {
        runs.append((kind, String(character)))
      }
    }
    return runs.map { Run(kind: $0.kind, text: $0.text) }
  }

  private static func patternText(
    _ form: DateFormat, _ sample: String, longest: String, hasHours: Bool
  ) -> String? {
    if hasHours, form == .excel { return "{excel}" }
    guard hasHours, !form.countsMoments else { return datePatternText(form, sample, longest) }
    guard let start = timeStart(sample),
      let date = datePatternText(form, String(sample[..<start]), longest)
    else { return nil }
    let isDatePadded = !runs(String(sample[..<start])).contains {
      $0.kind == .digits && $0.text.count == 1
    }
    return date + timePatternText(sample[start...], isDatePadded: isDatePadded)
  }

  /// Returns the place at which the hour begins: the digits before the first colon or, without one, those
  /// behind the eight digits of a date.
  private static func timeStart(_ sample: String) -> String.Index? {
    if let colon = sample.firstIndex(of: ":") {
      let digits = sample[..<colon].reversed().prefix { $0.isNumber }.count
      return sample.index(colon, offsetBy: -digits)
    }
    guard let end = sample.index(sample.startIndex, offsetBy: 8, limitedBy: sample.endIndex)
    else { return nil }
    return sample[end...].firstIndex(where: \.isNumber)
  }

  /// Returns the pattern of a full hour: its digits, zeros as they stand, and perhaps AM or PM.
  ///
  /// Hours from 10 do not show whether shorter ones are padded; the date decides then.
  private static func timePatternText(_ time: Substring, isDatePadded: Bool) -> String {
    let colon = time.firstIndex(of: ":")
    let hour = colon.map { time[..<$0] } ?? time.prefix(2)
    let rest = time[hour.endIndex...]
    let isPadded = hour.count == 2 && (hour.hasPrefix("0") || isDatePadded)
    guard let half = ["AM", "PM", "am", "pm"].first(where: rest.contains) else {
      return (isPadded ? "{HH}" : "{H}") + rest
    }
    let part = half == half.uppercased() ? "{AM}" : "{am}"
    return (isPadded ? "{hh}" : "{h}") + rest.replacing(half, with: part)
  }

  private static func datePatternText(
    _ form: DateFormat, _ sample: String, _ longest: String
  ) -> String? {
    let runs = runs(sample)
    let isPadded = !runs.contains { $0.kind == .digits && $0.text.count == 1 }
    var order = Self.order(form, sample)
    let hasLongNames = Self.runs(longest).contains { run in
      run.kind == .letters && run.text.count > 3
        && DateScanner.month(named: run.text.lowercased()) != nil
    }
    var text = ""
    for run in runs {
      guard !order.isEmpty, run.kind != .other else {
        text += run.text
        continue
      }
      if run.kind == .letters {
        text += Self.name(run.text, isLong: hasLongNames) ?? run.text
        if DateScanner.month(named: run.text.lowercased()) != nil {
          order.removeAll { $0 == "month" }
        }
      } else if order.count > 1,
        run.text.count == order.reduce(0, { $0 + ($1.hasSuffix("year") ? 4 : 2) })
      {
        // All parts, without separators.
        text += order.map { $0.hasSuffix("year") ? "{\($0)}" : "{\(Self.short[$0]!)}" }.joined()
        order = []
      } else {
        let place = order.firstIndex { $0.hasSuffix("year") == (run.text.count == 4) } ?? 0
        let part = order.remove(at: place)
        text += isPadded && run.text.count == 2 ? "{\(Self.short[part] ?? part)}" : "{\(part)}"
      }
    }
    return order.isEmpty ? text : nil
  }

  /// The names of padded parts.
  private static let short = ["month": "mm", "day": "dd", "week": "ww"]

  /// Returns the parts of a format in order.
  private static func order(_ form: DateFormat, _ sample: String) -> [String] {
    switch form {
    case .automatic: []
    case .iso, .yearMonthDay, .compact: ["year", "month", "day"]
    case .dayMonthYear, .monthName: ["day", "month", "year"]
    case .monthDayYear: ["month", "day", "year"]
    case .yearMonth:
      sample.prefix(4).allSatisfy(\.isNumber) ? ["year", "month"] : ["month", "year"]
    case .week: ["week-year", "week"]
    case .weekDay: ["week-year", "week", "weekday"]
    case .quarter: ["year", "quarter"]
    case .year: ["year"]
    case .epochSeconds, .epochMilliseconds, .epochMicroseconds, .epochNanoseconds, .excel:
      [form.rawValue]
    }
  }

  /// Returns the part for the name of a month or weekday, or `nil` for other words.
  private static func name(_ word: String, isLong: Bool) -> String? {
    let lower = word.lowercased()
    if DateScanner.month(named: lower) != nil, lower != "sept" {
      if word == lower { return isLong ? "{month-name}" : "{mon}" }
      if word == word.uppercased() { return isLong ? "{MONTH}" : "{MON}" }
      return isLong ? "{Month}" : "{Mon}"
    }
    guard
      let day = Weekday.allCases.first(where: { "\($0)" == lower || "\($0)".prefix(3) == lower })
    else { return nil }
    return "\(day)" == lower ? "{Weekday}" : "{Wkd}"
  }
}
