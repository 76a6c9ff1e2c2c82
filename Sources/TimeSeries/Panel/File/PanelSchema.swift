import Safetensors

/// The description of a panel file, stored as JSON in its metadata.
struct PanelSchema: Codable, Equatable, Sendable {
  /// The first day of step 0, in days since 1970-01-01.
  var startDay: Int
  /// The hour at which step 0 starts, or `nil` unless steps are hours.
  var startHour: Int?
  /// The number of steps.
  package var count: Int
  /// The frequency: `hour`, `day`, `business-day`, `week`, `month`, `quarter`, or `year`.
  var frequency: String
  /// The ISO 8601 number of the weekday on which weeks start: Monday is 1.
  var weekStart: Int?
  /// The day that labels a step, such as `month 0 last`, or nil for the first day.
  var labelDay: String?
  /// The format of that day, such as `{year}-{mm}`, or nil for ISO 8601.
  var labelPattern: String?
  /// The static, then the past-only, and then the known-future columns, each in the panel's order.
  var columns: [Column]
  /// The meaning of the values, or nil if it isn't known.
  var target: String?
  /// The days on which the shop is closed, or nil if it is always open.
  var closing: ClosingCalendar?
  /// A Boolean value that indicates whether series start with their first sale. Nil means false.
  var startsAtLaunch: Bool?
  /// The indices of the series that are no longer sold, each with the first step without further
  /// sales, or nil if there are none.
  var saleEnds: [[Int]]?

  struct Column: Codable, Equatable, Sendable {
    var name: String
    var role: CovariateRoleName
    var kind: CovariateKind
    /// For static columns, whether the column is a level of the hierarchy.
    var isLevel: Bool?
    /// For known-future columns, whether all series share the column, and the number of future
    /// steps.
    var isShared: Bool?
    var futureSteps: Int?

    /// Returns the name of one of the column's arrays, such as `past/visits` or
    /// `past.missing/visits`.
    func array(_ part: Part = .values) -> String {
      "\(role.rawValue)\(part.rawValue)/\(name)"
    }

    enum Part: String {
      case values = ""
      case missing = ".missing"
      case offsets = ".offsets"
      case names = ".names"
      case nameOffsets = ".nameOffsets"
    }
  }

  /// The names of the arrays that don't belong to a column.
  enum ArrayName {
    static let values = "values"
    static let states = "states"
    static let starts = "starts"
    static let offsets = "offsets"
    package static let dates = "dates"
    /// The array with the hour of the day of each step, in a calendar of hours.
    static let hours = "hours"
    static let ids = "ids"
    static let idOffsets = "idOffsets"
  }

  /// Version 2 adds double-precision numbers, closed days, series that are no longer sold, hours,
  /// and business days. A panel without these is written as version 1, which earlier programs can
  /// read.
  static let kind = ModelKind("panel", version: 2)

  /// The valid range of counts of steps and days, which is that of array sizes in files.
  static let extents = 0...Int(Int32.max)
}

extension PanelSchema {
  init(of panel: Panel) {
    startDay = panel.calendar.start.dayNumber
    startHour = panel.calendar.hour(at: 0)
    count = panel.calendar.count
    (frequency, weekStart) = panel.calendar.frequency.inFiles
    let labels = panel.calendar.labels
    labelDay = labels.day == .first ? nil : labels.day.fileName
    labelPattern = labels.pattern?.text
    target = panel.target
    closing = panel.closing.isEmpty ? nil : panel.closing
    startsAtLaunch = panel.startsAtLaunch ? true : nil
    let ends = panel.ids.indices.compactMap { index in
      panel.saleEnds[panel.ids[index]].map { [index, $0 - panel.origin] }
    }
    saleEnds = ends.isEmpty ? nil : ends
    columns =
      panel.staticCovariates.map {
        Column(name: $0.name, role: .static, kind: $0.kind, isLevel: $0.isLevel)
      }
      + panel.pastCovariates.map { Column(name: $0.name, role: .past, kind: $0.kind) }
      + panel.knownCovariates.map {
        Column(
          name: $0.name, role: .known, kind: $0.kind, isShared: $0.isShared,
          futureSteps: $0.futureSteps)
      }
  }

  /// The calendar in the description, or nil if the description contradicts itself.
  var calendar: RegularCalendar? {
    let start = CalendarDate(dayNumber: startDay)
    guard Self.extents.contains(abs(startDay)), Self.extents.contains(count),
      let frequency = Frequency(inFiles: frequency, weekStart: weekStart),
      frequency.start(of: start) == start, let labels = labels(in: frequency),
      frequency == .hour ? (0..<24).contains(startHour ?? -1) : startHour == nil
    else { return nil }
    return RegularCalendar(
      start: start, startHour: startHour ?? 0, count: count, frequency: frequency, labels: labels)
  }

  /// Returns the labels of the steps, or nil if the description of the labels is invalid.
  private func labels(in frequency: Frequency) -> StepLabels? {
    var labels = StepLabels()
    if let labelDay {
      guard let day = StepLabels.Day(fileName: labelDay, in: frequency) else { return nil }
      labels.day = day
    }
    if let labelPattern {
      guard let pattern = DatePattern(labelPattern) else { return nil }
      labels.pattern = pattern
    }
    return labels
  }
}

extension Frequency {
  /// The name of the frequency in files, such as `business-day`, and the weekday on which weeks
  /// start.
  package var inFiles: (unit: String, weekStart: Int?) {
    switch self {
    case .week(let weekday): (unit, weekday.rawValue)
    case .businessDay: ("business-day", nil)
    default: (unit, nil)
    }
  }

  package init?(inFiles unit: String, weekStart: Int?) {
    let all =
      [.hour, .day, .businessDay, .month, .quarter, .year]
      + Weekday.allCases.map { Self.week(startingOn: $0) }
    guard let found = all.first(where: { $0.inFiles == (unit, weekStart) }) else { return nil }
    self = found
  }
}
