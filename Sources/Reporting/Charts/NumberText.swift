import Forecasts

extension Double {
  /// Returns the number with a fixed count of decimals and commas between groups of three digits,
  /// such as `-1,234.5`.
  func grouped(_ decimals: Int) -> String {
    let plain = fixed(decimals)
    let whole = plain.drop { $0 == "-" }.prefix { $0.isNumber }
    guard whole.count > 3, !plain.contains("e") else { return plain }
    var grouped = ""
    for (place, digit) in whole.enumerated() {
      if place > 0, (whole.count - place).isMultiple(of: 3) { grouped += "," }
      grouped.append(digit)
    }
    return plain.prefix { $0 == "-" } + grouped + plain[whole.endIndex...]
  }
}

extension Double {
  /// The number as a quantity on a page: without decimals if it is whole, with as many decimals as
  /// it takes to show three digits if it is small, and with one decimal otherwise.
  var quantity: String {
    if rounded() == self { return grouped(0) }
    return magnitude < 0.1 ? fixed(1, leastDigits: 1) : grouped(1)
  }
}
