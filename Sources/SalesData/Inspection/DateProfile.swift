/// The possible date formats of a column that may not contain dates.
struct DateProfile {
  /// The formats that match every value so far, each with the first and the last day.
  private var spans: [(form: DateFormat, first: Int, last: Int)]
  private(set) var hasTimeOfDay = false
  private let readsDigits: Bool

  /// Creates a profile that starts with all formats.
  ///
  /// - Parameter name: The name of the column. Plain digits only count as dates if the name
  ///   indicates dates, because any number could be a year or a count of days since 1900.
  init(columnNamed name: String) {
    spans = DateFormat.forms.map { ($0, .max, .min) }
    readsDigits = TableGuess.isTimeName(name)
  }

  /// A Boolean value that indicates whether no format matches all values.
  var isEmpty: Bool { spans.isEmpty }

  /// The formats that match all values. If ISO 8601 does, its less strict variant is omitted,
  /// because it gives the same dates.
  var formats: [DateFormat] {
    let forms = spans.map(\.form)
    return forms.contains(.iso) ? forms.filter { $0 != .yearMonthDay } : forms
  }

  /// The first and the last day, according to the first of the formats.
  var span: (first: CalendarDate, last: CalendarDate)? {
    spans.first.map { (CalendarDate(dayNumber: $0.first), CalendarDate(dayNumber: $0.last)) }
  }

  mutating func add(_ text: UnsafeBufferPointer<UInt8>) {
    guard readsDigits || DecimalNumber(text, mark: DecimalMark.point.byte) == nil else {
      return spans.removeAll()
    }
    let all = spans
    spans.removeAll(keepingCapacity: true)
    for var span in all {
      guard case .success(let time) = span.form.parseTime(text), span.form.isPlausible(time)
      else { continue }
      span.first = min(span.first, time.day)
      span.last = max(span.last, time.day)
      if !time.isMidnight { hasTimeOfDay = true }
      spans.append(span)
    }
  }
}
