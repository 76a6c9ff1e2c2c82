import ArgumentParser

/// A time on the command line: hours, minutes, and seconds in this order, such as `90s`, `10m`, or
/// `1h30m`.
struct DurationArgument: ExpressibleByArgument {
  let duration: Duration

  init?(argument: String) {
    let form = /(?:([0-9]{1,4})h)?(?:([0-9]{1,6})m)?(?:([0-9]{1,7})s)?/
    guard let match = try? form.wholeMatch(in: argument) else { return nil }
    func number(_ digits: Substring?) -> Int { digits.flatMap { Int($0) } ?? 0 }
    let seconds = 3_600 * number(match.1) + 60 * number(match.2) + number(match.3)
    guard seconds > 0 else { return nil }
    duration = .seconds(seconds)
  }
}
