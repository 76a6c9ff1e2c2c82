/// The way a table writes its dates, such as `{day}.{month}.{year}`.
///
/// Names in braces stand for the parts of a date, and all else for itself. Those of two letters are
/// padded to their length with zeros.
public struct DatePattern: Hashable, Sendable {
  /// The text with its names in braces.
  public let text: String
  private let pieces: [Piece]

  private enum Piece: Hashable {
    case literal(String)
    case part(Part)
  }

  /// A part of a date, by its name.
  fileprivate enum Part: String, CaseIterable {
    case year, month, day, week, quarter, weekday
    case paddedMonth = "mm"
    case paddedDay = "dd"
    case paddedWeek = "ww"
    case weekYear = "week-year"
    case monthName = "Month"
    case upperMonthName = "MONTH"
    case lowerMonthName = "month-name"
    case shortMonthName = "Mon"
    case upperShortMonthName = "MON"
    case lowerShortMonthName = "mon"
    case weekdayName = "Weekday"
    case shortWeekdayName = "Wkd"
    case epochSeconds = "epoch-seconds"
    case epochMilliseconds = "epoch-milliseconds"
    case epochMicroseconds = "epoch-microseconds"
    case epochNanoseconds = "epoch-nanoseconds"
    case excel
  }

  /// Returns the pattern of a text; nil if a name in it is none of a part.
  public init?(_ text: String) {
    var pieces: [Piece] = []
    var rest = Substring(text)
    while let start = rest.firstIndex(of: "{") {
      if start > rest.startIndex { pieces.append(.literal(String(rest[..<start]))) }
      guard let end = rest[start...].firstIndex(of: "}"),
        let part = Part(rawValue: String(rest[rest.index(after: start)..<end]))
      else { return nil }
      pieces.append(.part(part))
      rest = rest[rest.index(after: end)...]
    }
    if !rest.isEmpty { pieces.append(.literal(String(rest))) }
    self.text = text
    self.pieces = pieces
  }

  /// Returns a date as the pattern writes it.
  public func text(of date: CalendarDate) -> String {
    pieces.map { piece in
      switch piece {
      case .literal(let text): text
      case .part(let part): part.text(of: date)
      }
    }.joined()
  }

  /// Returns the way in which the dates of a column are written; nil for ISO 8601, and for texts that
  /// no pattern writes again.
  ///
  /// - Parameters:
  ///   - form: The form of the dates.
  ///   - samples: Dates of the column, of which the first is as short as any.
  init?(_ form: DateFormat, samples: [String]) {
    guard let sample = samples.first, !sample.contains("{"),
      let text = Self.patternText(form, sample, longest: samples.last!), text != "{year}-{mm}-{dd}",
      let pattern = DatePattern(text)
    else { return nil }
    for sample in samples {
      guard let date = form.date(sample), pattern.text(of: date) == sample else { return nil }
    }
    self = pattern
  }
}

extension DatePattern.Part {
  fileprivate func text(of date: CalendarDate) -> String {
    let (year, month, day) = date.components
    let monthName = DateScanner.monthNames[month - 1]
    let weekdayName = "\(Weekday(rawValue: date.weekday)!)".capitalizedByLetter
    return switch self {
    case .year: Self.padded(year, to: 4)
    case .month: "\(month)"
    case .paddedMonth: Self.padded(month, to: 2)
    case .day: "\(day)"
    case .paddedDay: Self.padded(day, to: 2)
    case .weekYear: Self.padded(date.week.year, to: 4)
    case .week: "\(date.week.week)"
    case .paddedWeek: Self.padded(date.week.week, to: 2)
    case .weekday: "\(date.weekday)"
    case .quarter: "\((month + 2) / 3)"
    case .monthName: monthName.capitalizedByLetter
    case .upperMonthName: monthName.uppercased()
    case .lowerMonthName: monthName
    case .shortMonthName: String(monthName.capitalizedByLetter.prefix(3))
    case .upperShortMonthName: String(monthName.uppercased().prefix(3))
    case .lowerShortMonthName: String(monthName.prefix(3))
    case .weekdayName: weekdayName
    case .shortWeekdayName: String(weekdayName.prefix(3))
    case .epochSeconds: "\(date.dayNumber * 86_400)"
    case .epochMilliseconds: "\(date.dayNumber * 86_400_000)"
    case .epochMicroseconds: "\(date.dayNumber * 86_400_000_000)"
    case .epochNanoseconds: "\(date.dayNumber * 86_400_000_000_000)"
    case .excel: "\(date.dayNumber + 25_569)"
    }
  }

  private static func padded(_ number: Int, to width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}

extension String {
  fileprivate var capitalizedByLetter: String { prefix(1).uppercased() + dropFirst() }
}

// MARK: - Patterns of samples

extension DatePattern {
  /// A run of digits or letters of a text, or what stands between two.
  fileprivate struct Run {
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
    _ form: DateFormat, _ sample: String, longest: String
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
        // All parts without separators.
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

  /// The names of parts that are padded.
  private static let short = ["month": "mm", "day": "dd", "week": "ww"]

  /// The numbers of a form in their order.
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

  /// The part that a name of a month or of a weekday is; nil for other words.
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
