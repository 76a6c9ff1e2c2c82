import Forecasts

/// Numbers as one text, which the page's script reads when a chart shows them: separated by blanks,
/// with `-` for a missing one. A page with thousands of series opens fast because of it.
struct PackedNumbers: Encodable, Equatable {
  private let text: String

  init(_ values: some Sequence<Double?>) {
    var text = ""
    for value in values {
      if !text.isEmpty { text += " " }
      text += value.map(\.packed) ?? "-"
    }
    self.text = text
  }

  init(_ values: ArraySlice<Double>) { self.init(values.lazy.map { Optional($0) }) }

  /// The numbers, without the missing ones.
  var numbers: [Double] { text.split(separator: " ").compactMap { Double($0) } }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}

extension Double {
  /// The number with six significant digits, which no chart or shop needs more of.
  fileprivate var packed: String {
    guard isFinite else { return "-" }
    if rounded() == self, magnitude < 1e15 { return String(Int64(self)) }
    let rounded = roundedToSixDigits
    if rounded.rounded() == rounded, rounded.magnitude < 1e15 { return String(Int64(rounded)) }
    return rounded.description
  }

  /// The number rounded to six significant digits.
  var roundedToSixDigits: Double {
    guard isFinite, self != 0 else { return self }
    var power = 1.0
    var scaled = magnitude
    while scaled < 99_999.5, power < 1e12 {
      scaled *= 10
      power *= 10
    }
    return power > 1 ? (self * power).rounded() / power : rounded()
  }
}
