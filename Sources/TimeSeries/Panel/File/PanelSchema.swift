import Safetensors

/// What a panel file says of itself beside its arrays, as JSON in the metadata.
struct PanelSchema: Codable, Equatable, Sendable {
  /// The first day of step 0, in days since 1970-01-01.
  var startDay: Int
  /// The hour of that day at which step 0 begins, or `nil` unless steps are hours.
  var startHour: Int?
  /// The number of steps.
  package var count: Int
  /// `hour`, `day`, `business-day`, `week`, `month`, `quarter` or `year`.
  var frequency: String
  /// The weekday that weeks start on, as ISO 8601 counts: Monday is 1.
  var weekStart: Int?
  /// The day that names a step, such as `month 0 last`; nil for the first.
  var labelDay: String?
  /// The way that day is written, such as `{year}-{mm}`; nil for ISO 8601.
  var labelPattern: String?
  /// Static ones, then past-only ones, then known-future ones, each in the order of the panel.
  var columns: [Column]
  /// What the values are; nil where that is not known.
  var target: String?
  /// The days on which the shop is closed; nil where it is always open.
  var closing: ClosingCalendar?
  /// Whether series begin with their first sale; nil if not.
  var startsAtLaunch: Bool?
  /// The places of the series that are not sold any more, each with the first step without a sale to
  /// come; nil where there are none.
  var saleEnds: [[Int]]?

  struct Column: Codable, Equatable, Sendable {
    var name: String
    var role: CovariateRoleName
    var kind: CovariateKind
    /// Of static columns: whether it is a level of the hierarchy.
    var isLevel: Bool?
    /// Of known-future columns: whether all series share it, and how far it reaches.
    var isShared: Bool?
    var futureSteps: Int?

    /// The name of one of the column's arrays: `past/visits`, `past.missing/visits`.
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

  /// The arrays that are not of a column.
  enum ArrayName {
    static let values = "values"
    static let states = "states"
    static let starts = "starts"
    static let offsets = "offsets"
    package static let dates = "dates"
    /// The hour of the day of each step, in a calendar of hours.
    static let hours = "hours"
    static let ids = "ids"
    static let idOffsets = "idOffsets"
  }

  /// Version 2 has numbers of double precision, closed days, series that are not sold any more, hours, and
  /// business days. A panel without these is written in version 1, which earlier programs read.
  static let kind = ModelKind("panel", version: 2)

  /// What counts of steps and days may be: those of arrays in files.
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

  /// The calendar that the description tells; nil where it contradicts itself.
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

  /// The names of the steps; nil if there are no such names.
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
  /// The name of the frequency in files, such as `business-day`, and the weekday on which weeks start.
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
