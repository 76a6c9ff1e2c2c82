import ArgumentParser
import Forecasting

/// A date on the command line, such as `2016-04-24`.
struct CalendarDateArgument: ExpressibleByArgument {
  let date: CalendarDate

  init?(argument: String) {
    guard let date = CalendarDate(iso: argument) else { return nil }
    self.date = date
  }
}
