internal import RealModule

/// The interval on which a numeric dimension is sampled: logarithms, if the dimension is logarithmic. A
/// whole number is a cell from a half below to a half above it.
struct NumberInterval {
  let isInteger: Bool
  let isLogarithmic: Bool
  private let range: ClosedRange<Double>

  /// Creates the interval of a domain, or nil for categories.
  init?(_ domain: SearchDimension.Domain) {
    switch domain {
    case .categories: return nil
    case .integers(let range, let isLogarithmic):
      isInteger = true
      self.isLogarithmic = isLogarithmic
      self.range = Double(range.lowerBound)...Double(range.upperBound)
    case .reals(let range, let isLogarithmic):
      isInteger = false
      self.isLogarithmic = isLogarithmic
      self.range = range
    }
  }

  private var half: Double { isInteger ? 0.5 : 0 }

  var low: Double { position(of: range.lowerBound - half) }
  var high: Double { position(of: range.upperBound + half) }

  /// Returns the position of a number on the interval.
  func position(of number: Double) -> Double { isLogarithmic ? .log(number) : number }

  /// Returns the number at a position.
  func number(at position: Double) -> Double {
    let number = isLogarithmic ? Double.exp(position) : position
    return min(max(isInteger ? number.rounded() : number, range.lowerBound), range.upperBound)
  }

  /// Returns the bounds of the cell of a whole number.
  func cell(of number: Double) -> (low: Double, high: Double) {
    (position(of: number - 0.5), position(of: number + 0.5))
  }
}
