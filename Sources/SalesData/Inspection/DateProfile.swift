/// The forms of the dates in a column that may hold none.
struct DateProfile {
  /// The forms that read every value so far, each with the first and the last day.
  private var spans: [(form: DateFormat, first: Int, last: Int)]
  private(set) var hasTimeOfDay = false
  private let readsDigits: Bool

  /// - Parameter name: The name of the column. Digits alone are dates only in a column whose name says
  ///   so: any number might be a year or days since 1900.
  init(columnNamed name: String) {
    spans = DateFormat.forms.map { ($0, .max, .min) }
    readsDigits = TableGuess.isTimeName(name)
  }

  /// A Boolean value that indicates whether no form reads all values.
  var isEmpty: Bool { spans.isEmpty }

  /// The forms that read all values. Where ISO 8601 does, the less strict form reads the same.
  var formats: [DateFormat] {
    let forms = spans.map(\.form)
    return forms.contains(.iso) ? forms.filter { $0 != .yearMonthDay } : forms
  }

  /// The first and the last day as the first of the forms reads them.
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
