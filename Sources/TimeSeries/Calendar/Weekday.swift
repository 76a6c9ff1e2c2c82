/// A day of the week; the raw values are those of ISO 8601, as of ``CalendarDate/weekday``.
public enum Weekday: Int, Sendable, CaseIterable {
  case monday = 1
  case tuesday, wednesday, thursday, friday, saturday, sunday
}
