extension CalendarDate {
  /// The English names of the months in lowercase, starting with January.
  package static let monthNames = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
  ]
}
