/// A day of the week. Raw values follow ISO 8601, as in ``CalendarDate/weekday``.
public enum Weekday: Int, Sendable, CaseIterable {
  case monday = 1
  case tuesday, wednesday, thursday, friday, saturday, sunday
}
