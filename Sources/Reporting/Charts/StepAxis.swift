import Forecasts

/// The steps of the horizontal axis of a line chart.
enum StepAxis: Sendable {
  case calendar(RegularCalendar)
  /// Numbered steps, such as epochs.
  case numbers(Range<Int>)

  /// The number of steps, at least 1.
  var count: Int {
    switch self {
    case .calendar(let calendar): calendar.count
    case .numbers(let numbers): numbers.count
    }
  }

  /// Returns the label of a step.
  func label(_ step: Int) -> String {
    switch self {
    case .calendar(let calendar): calendar.label(at: step)
    case .numbers(let numbers): "\(numbers.lowerBound + step)"
    }
  }

  /// Returns the name of a step in the read-out: the date of a day by ISO 8601, which the script
  /// formats, or the label of another step.
  func dateText(_ step: Int) -> String {
    if case .calendar(let calendar) = self, [.day, .businessDay].contains(calendar.frequency) {
      return calendar.date(at: step).description
    }
    return label(step)
  }

  /// The steps that have a tick, with their texts.
  var ticks: [(step: Int, text: String)] {
    switch self {
    case .calendar(let calendar): return calendar.ticks
    case .numbers(let numbers):
      let axis = ValueAxis(
        lowest: Double(numbers.lowerBound), highest: Double(numbers.upperBound - 1), count: 8,
        hasZero: false)
      let stride = max(1, Int(axis.step))
      return numbers.filter { $0.isMultiple(of: stride) || numbers.count == 1 }.map {
        ($0 - numbers.lowerBound, $0.formattedForTick)
      }
    }
  }
}

extension Int {
  fileprivate var formattedForTick: String { Double(self).grouped(0) }
}

extension RegularCalendar {
  /// The unit whose first steps have a tick. For days it is the month or, if the chart has at most 70
  /// steps, the week.
  private var tickUnit: Frequency {
    switch frequency {
    case .hour: .day
    case .day, .businessDay: count > 70 ? .month : .week()
    case .week: .month
    case .month, .quarter, .year: frequency
    }
  }

  /// The steps that have a tick, with their texts. The year is part of the first one in it.
  fileprivate var ticks: [(step: Int, text: String)] {
    let unit = tickUnit
    let steps = (0..<count).filter { step in
      let date = date(at: step)
      let before = step > 0 ? self.date(at: step - 1) : date.advanced(by: -1)
      return unit.steps(from: before, to: date) > 0 && (step > 0 || startHour == 0)
    }
    let stride = steps.count / 13 + 1
    var labeledYear: Int?
    return steps.enumerated().filter { $0.offset.isMultiple(of: stride) }.map { _, step in
      let date = date(at: step)
      let text = tickText(date, unit)
      let label =
        date.year == labeledYear ? text : text.isEmpty ? "\(date.year)" : "\(text) \(date.year)"
      labeledYear = date.year
      return (step, label)
    }
  }

  /// Returns the text of a tick without the year.
  private func tickText(_ date: CalendarDate, _ unit: Frequency) -> String {
    let month = Self.months[date.month - 1]
    return switch unit {
    case .month, .quarter: month
    case .year: ""
    default: "\(date.day) \(month)"
    }
  }

  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
}
